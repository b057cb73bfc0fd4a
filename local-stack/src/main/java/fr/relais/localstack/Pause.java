package fr.relais.localstack;

import java.util.concurrent.TimeUnit;

/** The pause between two looks at something outside this JVM that cannot tell us when it changes. */
final class Pause {

    private Pause() {}

    static void millis(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }
}
