package fr.relais.systemtests.site;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.systemtests.audit.Ledger;
import fr.relais.systemtests.audit.Ledger.Ack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A hospital's interface engine, as its maker should have built it: each message goes on until it was acknowledged, over
 * MLLP or HTTP, and every sending is written into the ledger.
 */
public final class Hospital {

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Site site;
    private final Client client;
    private final Ledger ledger;
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong unsure = new AtomicLong();

    /** A hospital that speaks to this site. */
    public Hospital(Site site, Client client, Ledger ledger) {
        this.site = site;
        this.client = client;
        this.ledger = ledger;
    }

    /** By which way a message goes. */
    public enum By {
        MLLP,
        HTTP
    }

    /** How many were sent, repeats included. */
    public long sent() {
        return sent.get();
    }

    /** How many sendings had no answer. */
    public long unsure() {
        return unsure.get();
    }

    /**
     * Sends a message until it is taken or refused for good.
     *
     * @return empty when neither came to pass in this time
     */
    public Optional<Ack> send(String message, By way, Duration limit) {
        long until = System.nanoTime() + limit.toNanos();
        while (!Thread.currentThread().isInterrupted()) {
            Ack ack = once(message, way);
            if (ack == Ack.AA || ack == Ack.AR) {
                return Optional.of(ack);
            }
            if (System.nanoTime() - until > 0) {
                return Optional.empty();
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return Optional.empty();
    }

    /** Sends a message once, and reads how it is answered. */
    public Ack once(String message, By way) {
        Ack ack = way == By.MLLP ? byMllp(message) : byHttp(message);
        write(message, ack);
        return ack;
    }

    /** Sends a message over MLLP and hangs up before the answer, as senders do that never read it. */
    public void withoutReading(String message) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port()), 3_000);
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.write(0x0B);
            frame.writeBytes(message.getBytes(StandardCharsets.UTF_8));
            frame.write(0x1C);
            frame.write(0x0D);
            socket.getOutputStream().write(frame.toByteArray());
            socket.getOutputStream().flush();
        } catch (IOException e) {
            // It never reads the answer: it does not know the difference.
        }
        write(message, Ack.NONE);
    }

    private Ack byMllp(String message) {
        try (Mllp line = Mllp.connect(port())) {
            return Ack.valueOf(line.send(message));
        } catch (IOException e) {
            return Ack.NONE;
        }
    }

    private Ack byHttp(String message) {
        try {
            Client.Reply reply = client.once(new Client.Call(
                    Site.PATHWAY,
                    "hospital-feed",
                    "POST",
                    "/api/v1/hospital-messages",
                    null,
                    message,
                    "application/hl7-v2",
                    java.util.Map.of()));
            String code = reply.body().findPath("code").asString("");
            if (code.equals("AA") || code.equals("AE") || code.equals("AR")) {
                return Ack.valueOf(code);
            }
            return reply.status() >= 500 || reply.status() == 429 ? Ack.AE : Ack.AR;
        } catch (IOException e) {
            return Ack.NONE;
        }
    }

    private int port() {
        return site.any(Site.PATHWAY, turn.getAndIncrement()).mllpPort();
    }

    private void write(String message, Ack ack) {
        sent.incrementAndGet();
        if (ack == Ack.NONE) {
            unsure.incrementAndGet();
        }
        String[] header = message.split("\\|", 11);
        String stay = message.replaceFirst("(?s).*\\rZBE\\|([^|-]*)-.*", "$1");
        ledger.message(
                header.length > 9 ? header[9] : "none",
                header.length > 3 ? header[3] : "none",
                stay.length() < 60 ? stay : "none",
                message,
                ack,
                Instant.now());
    }
}
