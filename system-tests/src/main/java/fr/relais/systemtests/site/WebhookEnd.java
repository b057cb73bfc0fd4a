package fr.relais.systemtests.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.relais.systemtests.audit.Ledger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The software of many professionals, told by webhook at a path each; how it answers is chosen while it runs. */
public final class WebhookEnd implements AutoCloseable {

    private static final String PREFIX = "/hook/";

    /**
     * How a path answers.
     *
     * @param status what it answers
     * @param after how long it thinks first
     * @param retryAfter seconds of {@code Retry-After}; none when zero
     * @param takes whether the receiver has it: what was refused never counts as told
     */
    public record Behaviour(int status, Duration after, int retryAfter, boolean takes) {

        /** Takes it at once. */
        public static final Behaviour OK = new Behaviour(204, Duration.ZERO, 0, true);

        /** Is broken. */
        public static final Behaviour BROKEN = new Behaviour(500, Duration.ZERO, 0, false);

        /** Never answers; the caller hangs up. */
        public static final Behaviour HANGING = new Behaviour(204, Duration.ofMinutes(5), 0, false);

        /** Asks to be left alone for so long. */
        public static Behaviour busy(Duration time) {
            return new Behaviour(429, Duration.ZERO, (int) time.toSeconds(), false);
        }

        /** Takes it, and says so after so long. */
        public static Behaviour slow(Duration time) {
            return new Behaviour(200, time, 0, true);
        }
    }

    private final HttpServer server;
    private final Ledger ledger;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile Behaviour usual = Behaviour.OK;

    private WebhookEnd(HttpServer server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
        server.createContext(PREFIX, this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    static WebhookEnd start(Ledger ledger) {
        try {
            return new WebhookEnd(
                    HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 512), ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    static String path(String person) {
        return PREFIX + person;
    }

    /** Everybody's answer from now on. */
    public void behave(Behaviour behaviour) {
        behaviours.clear();
        usual = behaviour;
    }

    /** One person's answer from now on, by RPPS number. */
    public void behave(String person, Behaviour behaviour) {
        behaviours.put(person, behaviour);
    }

    /** How many were taken. */
    public long taken() {
        return taken.get();
    }

    /** How many were not. */
    public long refused() {
        return refused.get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            String person = exchange.getRequestURI().getPath().substring(PREFIX.length());
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String delivery = String.valueOf(exchange.getRequestHeaders().getFirst("Relais-Delivery"));
            Behaviour now = behaviours.getOrDefault(person, usual);
            if (now.takes()) {
                taken.incrementAndGet();
                ledger.receipt(Ledger.Way.WEBHOOK, "person:" + person, delivery, null, Instant.now(), body);
            } else {
                refused.incrementAndGet();
            }
            TimeUnit.MILLISECONDS.sleep(now.after().toMillis());
            if (now.retryAfter() > 0) {
                exchange.getResponseHeaders().set("Retry-After", Integer.toString(now.retryAfter()));
            }
            exchange.sendResponseHeaders(now.status(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
