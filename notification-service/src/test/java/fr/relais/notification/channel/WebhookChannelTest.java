package fr.relais.notification.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.EventJson;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.application.Webhook;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.Webhooks;
import fr.relais.notification.domain.PublicNotice;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
    void a_webhook_that_was_removed_is_given_up() {
        register.remove(NURSE);
        assertThat(deliver()).isInstanceOf(Handover.Refused.class);
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
        assertThat(new AddressGuard(false, false).refuses(URI.create(url))).isPresent();
    }

    @Test
    void configuration_opens_private_networks_and_never_the_neighbourhood_of_clouds() {
        AddressGuard open = new AddressGuard(true, true);

        assertThat(open.refuses(URI.create("https://10.0.0.5/"))).isEmpty();
        assertThat(open.refuses(URI.create("https://127.0.0.1/"))).isEmpty();
        assertThat(open.refuses(URI.create("https://169.254.169.254/"))).isPresent();
        assertThat(new AddressGuard(false, false).refuses(URI.create("https://203.0.114.9/")))
                .isEmpty();
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

    private WebhookChannel channel(Duration timeout, boolean allowLoopback) {
        return new WebhookChannel(
                register,
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
