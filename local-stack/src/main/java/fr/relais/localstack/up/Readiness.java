package fr.relais.localstack.up;

import fr.relais.localstack.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks over HTTP whether something is ready. */
public final class Readiness {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private Readiness() {}

    /** Whether it answers 200 now. */
    public static boolean answers(String url) {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(url))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits until it answers 200, and fails at once when its process dies. */
    public static void await(ChildProcess process, String url, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!answers(url)) {
            if (System.nanoTime() > deadline) {
                throw new UpFailed(process.name() + " is not ready after " + patience.toSeconds() + " s (" + url
                        + "); see " + process.log());
            }
            try {
                process.onExit().get(100, TimeUnit.MILLISECONDS);
                throw new UpFailed(obituary(process));
            } catch (TimeoutException e) {
                // It lives: ask again.
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UpFailed("Interrupted while waiting for " + process.name());
            }
        }
    }

    /** One line about a process that died. */
    static String obituary(ChildProcess process) {
        int status = process.onExit().join();
        return process.name() + " died " + (status > 128 ? "of signal " + (status - 128) : "with exit status " + status)
                + "; see " + process.log();
    }
}
