package fr.relais.systemtests.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Lines of an HTTP head. */
final class Lines {

    private Lines() {}

    /**
     * The next line, without its end.
     *
     * @throws EOFException when the connection ended
     */
    static String next(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
