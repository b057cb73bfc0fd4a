package fr.relais.notification.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import fr.relais.events.EventJson;
import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.application.Preferences;
import fr.relais.notification.application.Webhook;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.Webhooks;
import fr.relais.notification.channel.AddressGuard.Look;
import fr.relais.notification.domain.PublicNotice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookChannelTest extends ChannelContract<PublicNotice> {

    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final String SECRET = "whsec_test";

    private final Receiver receiver = new Receiver();
    private final Register register = new Register();
    private final Preferred preferred = new Preferred();
    private final CountDownLatch over = new CountDownLatch(1);
    private final WebhookChannel channel = channel(Duration.ofSeconds(5), true);

    @BeforeEach
    void the_nurse_has_registered_her_software() {
        register.save(new Webhook(NURSE, receiver.url("/relais"), SECRET));
    }

    @AfterEach
    void close() {
        over.countDown();
        channel.close();
        receiver.close();
    }

    @Override
    Channel<PublicNotice> channel() {
        return channel;
    }

    @Override
    List<String> arrived() {
        return receiver.received().stream().map(Receiver.Received::delivery).toList();
    }

    @Override
    void otherEndBreaks() {
        receiver.behaves(Receiver.status(500));
    }

    @Test
    void the_signature_verifies_as_documented() throws Exception {
        deliver();

        Receiver.Received request = receiver.received().getFirst();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        mac.update((request.timestamp() + "." + request.delivery() + ".").getBytes(UTF_8));
        assertThat(request.signature()).isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(request.body())));
        assertThat(request.timestamp()).isEqualTo(Long.toString(AT.getEpochSecond()));
    }

    @Test
    void the_body_holds_what_is_public_and_nothing_else() {
        deliver();

        var body = EventJson.mapper().readTree(receiver.received().getFirst().body());
        assertThat(body.propertyNames())
                .containsExactlyInAnyOrder("delivery", "notice", "priority", "count", "answerBy", "link", "text");
        assertThat(body.path("link").asString()).isEqualTo("https://relais.example/n/" + DELIVERY);
        assertThat(body.path("text").path("fr").asString()).contains("avant le 22 novembre à 14:00");
        assertThat(body.path("answerBy").asString()).isEqualTo("2026-11-22T13:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void any_2xx_means_arrived(int status) {
        receiver.behaves(Receiver.status(status));
        assertThat(deliver()).isEqualTo(new Handover.Arrived());
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 404, 429, 500, 502, 503})
    void what_may_be_mended_is_tried_again(int status) {
        receiver.behaves(exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
        });

        assertThat(deliver()).isInstanceOf(Handover.Failed.class);
        assertThat(receiver.received()).extracting(Receiver.Received::path).containsExactly("/relais");
    }

    @Test
    void a_receiver_that_is_gone_is_given_up() {
        receiver.behaves(Receiver.status(410));
        assertThat(deliver()).isInstanceOf(Handover.Refused.class);
    }

    @Test
    void an_address_that_is_taken_away_or_replaced_while_it_is_asked_is_not_given_up() {
        receiver.behaves(exchange -> {
            register.remove(NURSE);
            exchange.sendResponseHeaders(410, -1);
        });
        assertThat(deliver()).isInstanceOf(Handover.Moot.class);

        register.save(new Webhook(NURSE, receiver.url("/relais"), SECRET));
        receiver.behaves(exchange -> {
            register.save(new Webhook(NURSE, receiver.url("/another"), SECRET));
            exchange.sendResponseHeaders(410, -1);
        });
        assertThat(deliver()).isInstanceOf(Handover.Failed.class);
    }

    @Test
    void a_webhook_that_was_removed_bothers_no_operator() {
        register.remove(NURSE);
        assertThat(deliver()).isInstanceOf(Handover.Moot.class);
        assertThat(channel.reaches(NURSE)).isFalse();
    }

    @Test
    void what_a_busy_receiver_asks_for_is_reported_in_seconds_or_as_a_date() {
        receiver.behaves(busy("120"));
        assertThat(deliver()).isEqualTo(new Handover.Failed("answered 503", Duration.ofSeconds(120)));

        receiver.behaves(busy("Fri, 31 Dec 9999 23:59:59 GMT"));
        assertThat(((Handover.Failed) deliver()).retryAfter()).isGreaterThan(Duration.ofDays(1000));

        receiver.behaves(busy("soon"));
        assertThat(deliver()).isEqualTo(new Handover.Failed("answered 503", null));
    }

    @Test
    void a_receiver_that_says_nothing_is_left_after_the_time_out() {
        receiver.behaves(exchange -> await());
        try (WebhookChannel hasty = channel(Duration.ofMillis(200), true)) {
            assertThat(hasty.deliver(DELIVERY, NURSE, PUBLIC))
                    .isEqualTo(new Handover.Failed("no answer within PT0.2S", null));
        }
    }

    @Test
    void a_body_that_drips_does_not_hold_up_what_the_status_said() {
        receiver.behaves(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('.');
            exchange.getResponseBody().flush();
            await();
        });
        try (WebhookChannel hasty = channel(Duration.ofMillis(500), true)) {
            assertThat(hasty.deliver(DELIVERY, NURSE, PUBLIC)).isEqualTo(new Handover.Arrived());
        }
    }

    @Test
    void a_body_without_end_is_not_read_to_its_end() {
        receiver.behaves(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] noise = new byte[8192];
            try (OutputStream out = exchange.getResponseBody()) {
                while (over.getCount() > 0) {
                    out.write(noise);
                }
            }
        });
        assertThat(deliver()).isEqualTo(new Handover.Arrived());
    }

    @Test
    void a_port_where_nobody_listens_is_tried_again() {
        URI closed = receiver.url("/");
        receiver.close();
        register.save(new Webhook(NURSE, closed, SECRET));

        assertThat(deliver()).isEqualTo(new Handover.Failed("nobody accepts connections there", null));
    }

    @Test
    void nothing_is_sent_to_this_machine_unless_allowed() {
        try (WebhookChannel strict = channel(Duration.ofSeconds(5), false)) {
            assertThat(strict.deliver(DELIVERY, NURSE, PUBLIC)).isInstanceOf(Handover.Failed.class);
        }
        assertThat(receiver.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.5/", "https://192.168.1.9/", "https://172.16.3.4/", "https://100.64.0.1/",
                "https://169.254.169.254/", "https://[fd00::1]/", "https://[fe80::1]/", "https://0.0.0.0/",
                "https://[::ffff:10.0.0.5]/", "https://[64:ff9b::a00:5]/", "https://127.0.0.1/"
            })
    void addresses_of_private_networks_are_not_called(String url) {
        assertThat(new AddressGuard(false, false).look(URI.create(url))).isInstanceOf(Look.Bad.class);
    }

    @Test
    void configuration_opens_private_networks_and_never_the_neighbourhood_of_clouds() {
        AddressGuard open = new AddressGuard(true, true);

        assertThat(open.look(URI.create("https://10.0.0.5/"))).isInstanceOf(Look.Good.class);
        assertThat(open.look(URI.create("https://127.0.0.1/"))).isInstanceOf(Look.Good.class);
        assertThat(open.look(URI.create("https://169.254.169.254/"))).isInstanceOf(Look.Bad.class);
        assertThat(new AddressGuard(false, false).look(URI.create("https://203.0.114.9/")))
                .isInstanceOf(Look.Good.class);
    }

    @Test
    void a_name_is_asked_once_for_each_delivery_and_the_connection_goes_where_it_was_looked_at() {
        AtomicInteger asked = new AtomicInteger();
        // Good the first time, this machine's own network from the second on.
        AddressGuard.Names rebinding = host -> {
            assertThat(host).isEqualTo("logiciel.example");
            return new InetAddress[] {
                InetAddress.getByName(asked.incrementAndGet() == 1 ? "127.0.0.1" : "169.254.169.254")
            };
        };
        register.save(new Webhook(
                NURSE,
                URI.create(receiver.url("/relais").toString().replace("localhost", "logiciel.example")),
                SECRET));
        try (WebhookChannel pinned = channel(new AddressGuard(true, false, rebinding), trusted())) {
            assertThat(pinned.deliver(DELIVERY, NURSE, PUBLIC)).isEqualTo(new Handover.Arrived());
            assertThat(asked).hasValue(1);
            assertThat(pinned.deliver(DELIVERY, NURSE, PUBLIC))
                    .as("looked at again at each delivery")
                    .isInstanceOf(Handover.Failed.class);
        }
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void one_bad_address_among_good_ones_is_enough() {
        AddressGuard guard = new AddressGuard(false, false, host ->
                new InetAddress[] {InetAddress.getByName("203.0.114.9"), InetAddress.getByName("10.0.0.5")});

        assertThat(guard.look(URI.create("https://logiciel.example/"))).isInstanceOf(Look.Bad.class);
    }

    @Test
    void the_certificate_must_bear_the_name_that_was_registered() throws Exception {
        SSLContext tls = SelfSigned.forName("logiciel.example");
        HttpsServer secure = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        secure.setHttpsConfigurator(new HttpsConfigurator(tls));
        secure.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        secure.start();
        AddressGuard guard =
                new AddressGuard(true, false, host -> new InetAddress[] {InetAddress.getLoopbackAddress()});
        String port = ":" + secure.getAddress().getPort() + "/";
        try (WebhookChannel pinned = channel(guard, tls.getSocketFactory())) {
            register.save(new Webhook(NURSE, URI.create("https://logiciel.example" + port), SECRET));
            assertThat(pinned.deliver(DELIVERY, NURSE, PUBLIC)).isEqualTo(new Handover.Arrived());

            register.save(new Webhook(NURSE, URI.create("https://another.example" + port), SECRET));
            assertThat(pinned.deliver(DELIVERY, NURSE, PUBLIC))
                    .isEqualTo(
                            new Handover.Failed("no secure connection: look at the certificate of the receiver", null));
        } finally {
            secure.stop(0);
        }
    }

    @Test
    void what_does_not_speak_http_is_said_so() {
        assertThat(answered("220 mail.example ESMTP\r\n"))
                .isEqualTo(new Handover.Failed("what answered does not speak HTTP", null));
        assertThat(answered("HTTP/1.1 200\r\nX: " + "x".repeat(40_000)))
                .isEqualTo(new Handover.Failed("what answered does not speak HTTP", null));
        assertThat(answered("")).isInstanceOf(Handover.Failed.class);
    }

    @Test
    void early_hints_are_no_answer_and_a_date_without_the_receivers_clock_is_measured_against_ours() {
        assertThat(answered("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                        + "HTTP/1.1 429 Slow down\r\nretry-after: Sun, 22 Nov 2026 08:05:00 GMT\r\n\r\n"))
                .isEqualTo(new Handover.Failed("answered 429", Duration.ofMinutes(5)));
    }

    /** What comes of a receiver that says these bytes and hangs up. */
    private Handover answered(String bytes) {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = other.accept()) {
                    socket.getOutputStream().write(bytes.getBytes(UTF_8));
                    socket.getOutputStream().flush();
                    socket.shutdownOutput();
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // the client went away
                }
            });
            register.save(new Webhook(NURSE, URI.create("http://localhost:" + other.getLocalPort() + "/"), SECRET));
            return deliver();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoever_does_not_want_webhooks_is_not_reached_by_them() {
        preferred.save(new Preferences(
                NURSE, Set.of(NotificationEvent.Channel.INBOX), null, null, LocalTime.of(7, 30), Locale.FRENCH));

        assertThat(channel.reaches(NURSE)).isFalse();
    }

    private static Receiver.Behaviour busy(String retryAfter) {
        return exchange -> {
            exchange.getResponseHeaders().add("Retry-After", retryAfter);
            exchange.sendResponseHeaders(503, -1);
        };
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SSLSocketFactory trusted() {
        return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }

    private WebhookChannel channel(AddressGuard guard, SSLSocketFactory tls) {
        return new WebhookChannel(
                register,
                preferred,
                new WebhookProperties(true, false, Duration.ofSeconds(2), Duration.ofSeconds(5), 4, 256, "unused"),
                new NoticeTexts("Coordination Trois-Vallées"),
                EventJson.mapper(),
                InstantSource.fixed(AT),
                guard,
                tls);
    }

    private WebhookChannel channel(Duration timeout, boolean allowLoopback) {
        return new WebhookChannel(
                register,
                preferred,
                new WebhookProperties(allowLoopback, false, Duration.ofSeconds(2), timeout, 4, 256, "unused"),
                new NoticeTexts("Coordination Trois-Vallées"),
                EventJson.mapper(),
                InstantSource.fixed(AT));
    }

    private static final class Register implements Webhooks {
        private final Map<Party, Webhook> webhooks = new ConcurrentHashMap<>();

        @Override
        public void save(Webhook webhook) {
            webhooks.put(webhook.owner(), webhook);
        }

        @Override
        public void remove(Party owner) {
            webhooks.remove(owner);
        }

        @Override
        public Optional<Webhook> find(Party owner) {
            return Optional.ofNullable(webhooks.get(owner));
        }

        @Override
        public Optional<URI> addressOf(Party owner) {
            return find(owner).map(Webhook::url);
        }
    }
}
