package fr.relais.directory.application;

import java.io.InputStream;
import java.util.Iterator;

/** A format of files that can be loaded. */
public interface FileFormat {

    /** Its media type, for example {@code text/csv}. */
    String mediaType();

    /** The lines of a file, read one at a time; a line that cannot be used says why. */
    Iterator<Line> lines(InputStream file);
}
