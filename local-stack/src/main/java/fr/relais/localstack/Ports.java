package fr.relais.localstack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The loopback ports of MongoDB, Kafka and Kafka's controller.
 *
 * @param mongo MongoDB's
 * @param kafka where Kafka's clients connect
 * @param kafkaController where the broker talks to itself as its own controller
 */
public record Ports(int mongo, int kafka, int kafkaController) {

    // Below the range from which Linux and macOS take the ports of outgoing connections, so that nobody gets one of
    // ours between our look and our child's bind.
    private static final int LOWEST = 20_000;
    private static final int BEYOND_HIGHEST = 32_000;

    /** Three ports that nobody listens on just now. */
    public static Ports free() {
        List<Integer> ports = free(3);
        return new Ports(ports.get(0), ports.get(1), ports.get(2));
    }

    /** Different ports that nobody listens on just now. */
    public static List<Integer> free(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        for (int tries = 0; ports.size() < count; tries++) {
            if (tries > 10_000) {
                throw new IllegalStateException("No free port between " + LOWEST + " and " + BEYOND_HIGHEST);
            }
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BEYOND_HIGHEST);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(Collections.unmodifiableCollection(ports));
    }

    /** Whether a server could listen on this loopback port now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
