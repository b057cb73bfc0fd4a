package fr.relais.notification.channel;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody's software that receives webhooks, on this machine; it answers as a test says. */
public final class Receiver implements AutoCloseable {

    /** A request as it came. */
    public record Received(String path, String delivery, String timestamp, String signature, byte[] body) {}

    /** How to answer. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour = status(204);

    public Receiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                received.add(new Received(
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders().getFirst("Relais-Delivery"),
                        exchange.getRequestHeaders().getFirst("Relais-Timestamp"),
                        exchange.getRequestHeaders().getFirst("Relais-Signature"),
                        exchange.getRequestBody().readAllBytes()));
                behaviour.answer(exchange);
            }
        });
        server.start();
    }

    public URI url(String path) {
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    public void behaves(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    public static Behaviour status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
