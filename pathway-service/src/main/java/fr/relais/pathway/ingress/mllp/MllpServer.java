package fr.relais.pathway.ingress.mllp;

import fr.relais.pathway.application.Sender;
import fr.relais.pathway.ingress.IngressConfiguration.Mllp;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Listens for MLLP: a virtual thread for each sender, each message answered before the next is read. */
public final class MllpServer implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(MllpServer.class);
    private static final int LARGE_AT_A_TIME = 8;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(10);

    private final Mllp configuration;
    private final @Nullable Tls tls;
    private final int limit;
    private final MllpReceiver receiver;
    private final MeterRegistry meters;
    private final InetAddress address;
    private final Semaphore connections;
    private final Semaphore large = new Semaphore(LARGE_AT_A_TIME);
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ServerSocket listening;

    /** A sender, and whether we are between its question and our answer. */
    private static final class Connection {
        private final Socket socket;
        private volatile boolean answering;

        private Connection(Socket socket) {
            this.socket = socket;
        }
    }

    /** How the channel is protected, and who may speak on it. */
    record Tls(SSLContext context, Certificates certificates) {}

    /**
     * Checks where it is to listen.
     *
     * @param tls null where it listens in clear
     * @param limit largest message in bytes
     * @throws IllegalStateException when it would carry identities in clear beyond this machine
     */
    MllpServer(
            Mllp configuration,
            @Nullable Tls tls,
            long limit,
            boolean production,
            MllpReceiver receiver,
            MeterRegistry meters) {
        this.configuration = configuration;
        this.tls = tls;
        this.limit = Math.toIntExact(limit);
        this.receiver = receiver;
        this.meters = meters;
        this.connections = new Semaphore(configuration.maxConnections());
        this.address = checked(configuration, tls != null, production);
        meters.gauge("relais.mllp.connections", open, Set::size);
    }

    private static InetAddress checked(Mllp configuration, boolean isProtected, boolean production) {
        InetAddress address;
        try {
            address = InetAddress.getByName(configuration.address());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "relais.ingress.mllp.address is '" + configuration.address()
                            + "', which is no address of this machine: give an IP address such as 127.0.0.1",
                    e);
        }
        if (address.isLoopbackAddress() || isProtected) {
            return address;
        }
        String clear = "relais.ingress.mllp.address is " + configuration.address()
                + ", beyond loopback, and MLLP without TLS carries identities in clear";
        if (production || !configuration.plainBeyondLoopback()) {
            throw new IllegalStateException(
                    clear + ": give it TLS with client certificates (relais.ingress.mllp.ssl-bundle and"
                            + " certificates of relais.ingress.facilities), or listen on 127.0.0.1"
                            + (production
                                    ? " (the production profile refuses plain-beyond-loopback)"
                                    : ", or, on a development machine only, set relais.ingress.mllp.plain-beyond-loopback"));
        }
        log.warn("{}; plain-beyond-loopback allows it, never with real data", clear);
        return address;
    }

    @Override
    public void start() {
        if (!configuration.enabled()) {
            log.info("MLLP is disabled by relais.ingress.mllp.enabled");
            return;
        }
        try {
            ServerSocket socket = serverSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(address, configuration.port()));
            } catch (IOException e) {
                socket.close();
                throw e;
            }
            listening = socket;
            Thread.ofVirtual().name("mllp-listener").start(() -> accept(socket));
            log.info(
                    "MLLP listens on {}:{}, {}{}",
                    address.getHostAddress(),
                    socket.getLocalPort(),
                    tls == null ? "plain (no TLS)" : "TLS with client certificates",
                    address.isLoopbackAddress() ? ", loopback only" : "");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "MLLP cannot listen on " + configuration.address() + ":" + configuration.port()
                            + ": free the port, or set relais.ingress.mllp.port",
                    e);
        }
    }

    private ServerSocket serverSocket() throws IOException {
        if (tls == null) {
            return new ServerSocket();
        }
        ServerSocket socket = tls.context().getServerSocketFactory().createServerSocket();
        if (socket instanceof SSLServerSocket protectedSocket) {
            SSLParameters parameters = protectedSocket.getSSLParameters();
            parameters.setNeedClientAuth(true);
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            protectedSocket.setSSLParameters(parameters);
        }
        return socket;
    }

    /** The port it listens on; -1 when it does not. */
    public int port() {
        ServerSocket socket = listening;
        return socket == null ? -1 : socket.getLocalPort();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket sender = socket.accept();
                if (connections.tryAcquire()) {
                    Thread.ofVirtual().name("mllp-", 0).start(() -> serve(new Connection(sender)));
                } else {
                    meters.counter("relais.mllp.connections.turned.away").increment();
                    log.warn(
                            "{} MLLP connections are open, one more was turned away: see relais.ingress.mllp.max-connections",
                            configuration.maxConnections());
                    sender.close();
                }
            } catch (SocketException e) {
                if (!socket.isClosed()) {
                    log.warn("MLLP could not accept a connection: {}", e.getMessage());
                    pause();
                }
            } catch (IOException e) {
                log.warn("MLLP could not accept a connection: {}", e.getMessage());
                pause();
            }
        }
    }

    /** Out of file descriptors, say: going round without a pause would take the processor too. */
    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Connection connection) {
        open.add(connection);
        try (Socket socket = connection.socket) {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            Sender sender = sender(socket);
            OutputStream out = socket.getOutputStream();
            MllpFrames frames =
                    new MllpFrames(socket, limit, configuration.idleTimeout(), configuration.frameTimeout(), large);
            try {
                Optional<MllpFrames.Frame> frame = frames.next();
                while (frame.isPresent() && listening != null) {
                    connection.answering = true;
                    answer(frame.get(), sender, out);
                    frames.answered();
                    connection.answering = false;
                    frame = listening == null ? Optional.empty() : frames.next();
                }
            } finally {
                frames.answered();
            }
        } catch (SSLException e) {
            dropped("tls", "no TLS with a client certificate came about: " + e.getMessage());
        } catch (SocketTimeoutException e) {
            dropped("timeout", "a frame was not whole in time and was not acknowledged");
        } catch (IOException e) {
            dropped("broken", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // No acknowledgement: the sender sends it again. The failure's text may quote the message.
            dropped("failed", e.getClass().getName());
        } finally {
            open.remove(connection);
            connections.release();
        }
    }

    /** Who sends. In clear only this machine, or a development machine's containers, can. */
    private Sender sender(Socket socket) throws IOException, InterruptedException {
        if (tls == null || !(socket instanceof SSLSocket protectedSocket)) {
            return Sender.THIS_MACHINE;
        }
        CountDownLatch agreed = new CountDownLatch(1);
        // A time-out of the socket runs anew with every byte: this one bounds the whole.
        Thread.ofVirtual().name("mllp-handshake-timeout").start(() -> {
            try {
                if (!agreed.await(configuration.handshakeTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
                    socket.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                log.debug("closing a connection that agreed on nothing", e);
            }
        });
        try {
            protectedSocket.startHandshake();
        } finally {
            agreed.countDown();
        }
        if (protectedSocket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
            return tls.certificates().sender(certificate);
        }
        throw new SSLException("the client certificate is not X.509");
    }

    private void dropped(String why, String words) {
        if (listening != null) {
            meters.counter("relais.mllp.connections.dropped", "why", why).increment();
            log.info("an MLLP connection was closed: {}", words);
        }
    }

    private void answer(MllpFrames.Frame frame, Sender sender, OutputStream out) throws IOException {
        if (frame.content().length == 0) {
            return; // some senders keep the connection alive this way
        }
        byte[] answer = frame.tooLarge()
                ? receiver.tooLarge(frame.content(), limit, sender)
                : receiver.receive(frame.content(), sender);
        byte[] framed = new byte[answer.length + 3];
        framed[0] = 0x0B;
        System.arraycopy(answer, 0, framed, 1, answer.length);
        framed[framed.length - 2] = 0x1C;
        framed[framed.length - 1] = 0x0D;
        out.write(framed);
        out.flush();
    }

    /** Hangs up on silent senders at once, and on the others as soon as they have their answer. */
    @Override
    public void stop() {
        ServerSocket socket = listening;
        listening = null;
        try {
            if (socket != null) {
                socket.close();
            }
            for (Connection connection : open) {
                if (!connection.answering) {
                    connection.socket.close();
                }
            }
            if (connections.tryAcquire(configuration.maxConnections(), STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                connections.release(configuration.maxConnections());
            }
            for (Connection connection : open) {
                connection.socket.close();
            }
        } catch (IOException e) {
            log.debug("closing MLLP", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return listening != null;
    }
}
