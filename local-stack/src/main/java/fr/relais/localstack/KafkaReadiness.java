package fr.relais.localstack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/** Waits until a Kafka answers. */
final class KafkaReadiness {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private KafkaReadiness() {}

    /**
     * Returns when a broker has joined and answers.
     *
     * @param obituary why it will never answer, or null while it may
     */
    static void await(String bootstrapServers, Supplier<@Nullable String> obituary, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        awaitPort(bootstrapServers, obituary, what, deadline);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "3000",
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                "5000"))) {
            while (true) {
                check(obituary, what, deadline);
                try {
                    if (!admin.describeCluster()
                            .nodes()
                            .get(10, TimeUnit.SECONDS)
                            .isEmpty()) {
                        return;
                    }
                } catch (ExecutionException | TimeoutException e) {
                    // Not yet: that is what we wait for.
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("Interrupted while waiting for " + what, e);
                }
                Pause.millis(50);
            }
        }
    }

    /** Looks with a bare socket first: Kafka's client logs a warning for every try before the port is open. */
    private static void awaitPort(
            String bootstrapServers, Supplier<@Nullable String> obituary, String what, long deadline) {
        String first = bootstrapServers.split(",", 2)[0].strip();
        int colon = first.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("A Kafka address is host:port, not " + first);
        }
        InetSocketAddress address =
                new InetSocketAddress(first.substring(0, colon), Integer.parseInt(first.substring(colon + 1)));
        while (true) {
            check(obituary, what, deadline);
            try (Socket socket = new Socket()) {
                socket.connect(address, 1_000);
                return;
            } catch (IOException e) {
                Pause.millis(50);
            }
        }
    }

    private static void check(Supplier<@Nullable String> obituary, String what, long deadline) {
        String death = obituary.get();
        if (death != null) {
            throw new IllegalStateException(death);
        }
        if (System.nanoTime() > deadline) {
            throw new IllegalStateException(what + " did not answer within " + PATIENCE.toSeconds() + " s");
        }
    }
}
