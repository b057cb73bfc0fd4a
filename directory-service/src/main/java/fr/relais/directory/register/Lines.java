package fr.relais.directory.register;

import fr.relais.directory.application.Line;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Lines of a file, one at a time; a file that cannot be read on ends with a line that says why. */
abstract class Lines implements Iterator<Line> {

    private final Queue<Line> ready = new ArrayDeque<>(1);
    private boolean ended;

    /** The next line, or null at the end. */
    abstract @Nullable Line read();

    /** The last line: why nothing after it was read. */
    final Line stop(long number, String code, String message) {
        ended = true;
        return new Line.Unusable(number, code, message);
    }

    @Override
    public final boolean hasNext() {
        if (ready.isEmpty() && !ended) {
            Line line = read();
            if (line == null) {
                ended = true;
            } else {
                ready.add(line);
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public final Line next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the file has ended: ask hasNext() first");
        }
        return ready.remove();
    }
}
