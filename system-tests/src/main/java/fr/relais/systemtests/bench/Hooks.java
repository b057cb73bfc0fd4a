package fr.relais.systemtests.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** The receivers' software: takes notices by webhook and says to whoever waits for one when it came. */
final class Hooks implements AutoCloseable {

    private static final String OFFER = "OFFER";
    private static final byte[] TAKEN = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final Map<String, LongConsumer> waiting = new ConcurrentHashMap<>();
    private final Map<String, Boolean> seen = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> kinds = new ConcurrentHashMap<>();
    private final AtomicLong repeats = new AtomicLong();

    private Hooks(ServerSocket server) {
        this.server = server;
        Thread.ofVirtual().name("hooks").start(this::accept);
    }

    static Hooks start() {
        try {
            return new Hooks(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of a receiver of that name. */
    String url(String receiver) {
        return "http://127.0.0.1:" + server.getLocalPort() + "/" + receiver;
    }

    /** Calls back with the moment ({@code System.nanoTime()}) at which a receiver is told of an offer next. */
    void nextOffer(String receiver, LongConsumer told) {
        waiting.put(receiver, told);
    }

    /** Deliveries so far, each counted once, by kind of notice. */
    Map<String, Long> notices() {
        Map<String, Long> all = new TreeMap<>();
        kinds.forEach((kind, number) -> all.put(kind, number.get()));
        return all;
    }

    /** Offers so far. */
    long offers() {
        return notices().getOrDefault(OFFER, 0L);
    }

    /** Deliveries that came again under the same id. */
    long repeats() {
        return repeats.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // Closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 4096);
            OutputStream out = socket.getOutputStream();
            while (true) {
                int first = in.read();
                if (first < 0) {
                    return;
                }
                String request = (char) first + Lines.next(in);
                int length = 0;
                String delivery = "";
                boolean last = false;
                for (String line = Lines.next(in); !line.isEmpty(); line = Lines.next(in)) {
                    String lower = line.toLowerCase(Locale.ROOT);
                    if (lower.startsWith("content-length:")) {
                        length = Integer.parseInt(lower.substring(15).strip());
                    } else if (lower.startsWith("relais-delivery:")) {
                        delivery = line.substring(16).strip();
                    } else if (lower.startsWith("connection:")) {
                        last = lower.contains("close");
                    }
                }
                String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                long now = System.nanoTime();
                out.write(TAKEN);
                out.flush();
                tell(request.substring(request.indexOf('/') + 1, request.lastIndexOf(' ')), delivery, kind(body), now);
                if (last) {
                    return;
                }
            }
        } catch (IOException e) {
            // The sender went away: it comes again.
        }
    }

    private static String kind(String body) {
        int begins = body.indexOf("\"notice\":\"") + 10;
        return body.substring(begins, body.indexOf('"', begins));
    }

    private void tell(String receiver, String delivery, String kind, long at) {
        if (seen.putIfAbsent(delivery, true) != null) {
            repeats.incrementAndGet();
            return;
        }
        kinds.computeIfAbsent(kind, any -> new AtomicLong()).incrementAndGet();
        if (!kind.equals(OFFER)) {
            return;
        }
        LongConsumer waits = waiting.remove(receiver);
        if (waits != null) {
            waits.accept(at);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
