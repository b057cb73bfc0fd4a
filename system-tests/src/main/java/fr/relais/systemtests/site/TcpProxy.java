package fr.relais.systemtests.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server of this machine and hurts what passes: slows it, holds it, loses it, cuts it, turns
 * clients away. What is asked for holds for open and new connections until {@link #heal()}.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int CHUNK = 64 * 1024;

    private final String name;
    private final int port;
    private final int target;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final Set<Pair> forgotten = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong cuts = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final Object door = new Object();
    private volatile Slowness slowness = Slowness.NONE;
    private volatile boolean stalled;
    private volatile boolean closed;
    private @Nullable ServerSocket server;
    private @Nullable Thread scissors;

    /** What each piece waits before it goes on, and how many bytes pass in a second at most; 0 means no limit. */
    private record Slowness(Duration latency, long bytesPerSecond) {
        private static final Slowness NONE = new Slowness(Duration.ZERO, 0);
    }

    private TcpProxy(String name, int port, int target) {
        this.name = name;
        this.port = port;
        this.target = target;
        open();
    }

    /**
     * Listens at once; the server need not be there yet.
     *
     * @param name what threads and messages call it
     * @param port where clients come
     * @param target the server's port
     */
    public static TcpProxy start(String name, int port, int target) {
        return new TcpProxy(name, port, target);
    }

    /** Where clients come. */
    public int port() {
        return port;
    }

    /** How many connections are open now. */
    public int connections() {
        return pairs.size();
    }

    /** How many connections were taken since the start. */
    public long accepted() {
        return accepted.get();
    }

    /** How many connections were cut since the start. */
    public long cuts() {
        return cuts.get();
    }

    /** How many bytes passed since the start, both ways. */
    public long bytes() {
        return bytes.get();
    }

    /** Each piece of up to 64 KiB, either way, waits so long, and no more than this passes in a second; 0 for no limit. */
    public void slow(Duration latency, long bytesPerSecond) {
        slowness = new Slowness(latency, bytesPerSecond);
    }

    /** Takes connections and bytes and hands nothing on, as a network does that loses everything. */
    public void stall() {
        stalled = true;
    }

    /**
     * Open connections stay open and lead nowhere from now on, for good: what is sent on them is lost, as behind a
     * firewall that has forgotten them. New ones are served.
     */
    public void forget() {
        pairs.forEach(pair -> {
            forgotten.add(pair);
            if (!pairs.contains(pair)) {
                forgotten.remove(pair);
            }
        });
    }

    /** Breaks every open connection; new ones are served. */
    public void cut() {
        pairs.forEach(this::cut);
    }

    /** Breaks open connections by lot, one at a time, until healed: the same seed, the same lot. */
    public void cutAtRandom(long seed, Duration every) {
        Random random = new Random(seed);
        synchronized (door) {
            if (scissors != null) {
                scissors.interrupt();
            }
            scissors = Thread.ofVirtual().name(name + "-scissors").start(() -> cutByLot(random, every));
        }
    }

    /** Breaks every open connection, and nobody listens any more. */
    public void refuse() {
        synchronized (door) {
            if (server != null) {
                closeQuietly(server);
                server = null;
            }
        }
        cut();
    }

    /** As good as new; connections that were held go on. */
    public void heal() {
        slowness = Slowness.NONE;
        stalled = false;
        synchronized (door) {
            if (scissors != null) {
                scissors.interrupt();
                scissors = null;
            }
            if (server == null && !closed) {
                open();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        heal();
        refuse();
    }

    private void open() {
        synchronized (door) {
            try {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 512);
                server = socket;
                Thread.ofVirtual().name(name + "-door").start(() -> accept(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot listen on port " + port, e);
            }
        }
    }

    private void accept(ServerSocket listening) {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Thread.ofVirtual().name(name + "-connect").start(() -> connect(client));
            } catch (IOException e) {
                // Closed, or a client that went away before it was taken: the loop's condition tells which.
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        Pair pair = new Pair(client, upstream);
        try {
            upstream.connect(new InetSocketAddress("127.0.0.1", target), 5_000);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
        } catch (IOException e) {
            // As if the client had reached the server itself and found nobody.
            pair.reset();
            return;
        }
        pairs.add(pair);
        accepted.incrementAndGet();
        Thread.ofVirtual().name(name + "-there").start(() -> pump(pair, client, upstream));
        Thread.ofVirtual().name(name + "-back").start(() -> pump(pair, upstream, client));
    }

    private void pump(Pair pair, Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                hold(read);
                if (forgotten.contains(pair)) {
                    continue;
                }
                out.write(chunk, 0, read);
                bytes.addAndGet(read);
            }
            to.shutdownOutput();
            if (from.isOutputShutdown()) {
                end(pair);
            }
        } catch (IOException e) {
            end(pair);
        } catch (InterruptedException e) {
            end(pair);
            Thread.currentThread().interrupt();
        }
    }

    private void hold(int read) throws InterruptedException {
        while (stalled && !closed) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        Slowness now = slowness;
        long nanos = now.latency().toNanos();
        if (now.bytesPerSecond() > 0) {
            nanos += TimeUnit.SECONDS.toNanos(1) * read / now.bytesPerSecond();
        }
        if (nanos > 0) {
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    private void cutByLot(Random random, Duration every) {
        try {
            while (!closed) {
                TimeUnit.NANOSECONDS.sleep(every.toNanos());
                pairs.stream()
                        .skip(random.nextInt(Math.max(1, pairs.size())))
                        .findFirst()
                        .ifPresent(this::cut);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cut(Pair pair) {
        forgotten.remove(pair);
        if (pairs.remove(pair)) {
            cuts.incrementAndGet();
            pair.reset();
        }
    }

    private void end(Pair pair) {
        pairs.remove(pair);
        forgotten.remove(pair);
        closeQuietly(pair.client());
        closeQuietly(pair.upstream());
    }

    private static void closeQuietly(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            // It is being thrown away in any case.
        }
    }

    private record Pair(Socket client, Socket upstream) {

        /** Ends both ways with a reset, so that neither side takes it for a polite goodbye. */
        void reset() {
            for (Socket socket : new Socket[] {client, upstream}) {
                try {
                    socket.setSoLinger(true, 0);
                } catch (SocketException e) {
                    // Closed already.
                }
                closeQuietly(socket);
            }
        }
    }
}
