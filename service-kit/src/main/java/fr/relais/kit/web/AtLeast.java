package fr.relais.kit.web;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far a view must have come for this read, from the header {@code Relais-At-Least: <stream>:<n>}: callers read what
 * they wrote. An argument of controller methods that read views.
 */
public final class AtLeast {

    /** The header; its value is that of {@link Answers#SEQUENCE} in the answer of the command. */
    public static final String HEADER = "Relais-At-Least";

    /** What a read without the header asks for: nothing. */
    public static final AtLeast NONE = new AtLeast(null, 0, Duration.ZERO);

    private static final long FIRST_PAUSE_MILLIS = 5;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final @Nullable String stream;
    private final long sequence;
    private final Duration patience;

    AtLeast(@Nullable String stream, long sequence, Duration patience) {
        this.stream = stream;
        this.sequence = sequence;
        this.patience = patience;
    }

    /**
     * Waits until the view's document of the stream has come so far, at most two seconds.
     *
     * @param sequenceOf reads the sequence that the view has of a stream, 0 when it has none
     * @return whether the view is still behind: answer what it has, marked stale
     */
    public boolean behind(ToLongFunction<String> sequenceOf) {
        String wanted = stream;
        return wanted != null && behind(() -> sequenceOf.applyAsLong(wanted));
    }

    /** The same for a read of one document, which is that of the stream. */
    public boolean behind(LongSupplier sequenceOfView) {
        if (stream == null) {
            return false;
        }
        long until = System.nanoTime() + patience.toNanos();
        long pause = FIRST_PAUSE_MILLIS;
        while (sequenceOfView.getAsLong() < sequence) {
            if (System.nanoTime() - until >= 0) {
                return true;
            }
            if (!Concurrency.pause(pause)) {
                return true;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
        return false;
    }
}
