package fr.relais.localstack.frontdoor;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A professional's own software that is told by webhook: keeps what it got and checks each signature. */
public final class WebhookReceiver implements AutoCloseable {

    /**
     * What came.
     *
     * @param delivery the delivery id, the same for every attempt
     * @param authentic whether the signature is that of the shared secret
     * @param answered what was answered
     */
    public record Received(String delivery, String body, boolean authentic, int answered) {}

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Consumer<Received> listener;
    private volatile String secret = "";
    private volatile IntSupplier answers = () -> 204;

    private WebhookReceiver(HttpServer server, Consumer<Received> listener) {
        this.server = server;
        this.listener = listener;
        server.createContext("/hook", this::receive);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Listens on a free port of this machine and hands on what comes. */
    public static WebhookReceiver start(Consumer<Received> listener) throws IOException {
        return new WebhookReceiver(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50), listener);
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** The secret it was given at registration. */
    public void secret(String shared) {
        this.secret = shared;
    }

    /** What it answers from now on. */
    public void answers(IntSupplier statuses) {
        this.answers = statuses;
    }

    /** All that came. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String delivery = String.valueOf(exchange.getRequestHeaders().getFirst("Relais-Delivery"));
            String timestamp = String.valueOf(exchange.getRequestHeaders().getFirst("Relais-Timestamp"));
            String signature = String.valueOf(exchange.getRequestHeaders().getFirst("Relais-Signature"));
            String text = new String(body, StandardCharsets.UTF_8);
            int status = answers.getAsInt();
            Received one = new Received(
                    delivery,
                    text,
                    MessageDigest.isEqual(
                            signature.getBytes(StandardCharsets.UTF_8),
                            ("v1=" + hmac(timestamp + "." + delivery + "." + text)).getBytes(StandardCharsets.UTF_8)),
                    status);
            received.add(one);
            listener.accept(one);
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private String hmac(String signed) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    secret.isEmpty() ? new byte[] {0} : secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
