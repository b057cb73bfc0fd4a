package fr.relais.notification.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.application.PreferenceList;
import fr.relais.notification.application.Webhook;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.Webhooks;
import fr.relais.notification.domain.PublicNotice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Posts a public notice, signed, to the software of a person or a structure. Any 2xx means that it has arrived. 410 means
 * that the receiver is gone for good. Everything else is tried again: receivers are deployed, misconfigured and mended.
 */
public final class WebhookChannel implements Channel<PublicNotice>, AutoCloseable {

    static final String DELIVERY = "Relais-Delivery";
    static final String TIMESTAMP = "Relais-Timestamp";
    static final String SIGNATURE = "Relais-Signature";

    private static final int GONE = 410;

    private final Webhooks webhooks;
    private final PreferenceList preferences;
    private final WebhookProperties properties;
    private final AddressGuard guard;
    private final NoticeTexts texts;
    private final JsonMapper json;
    private final InstantSource realTime;
    private final PinnedPost client;

    /** The body, as documented in {@code docs/howto/verify-a-webhook.md}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            String delivery,
            String notice,
            Priority priority,
            int count,
            @Nullable Instant answerBy,
            URI link,
            Map<String, String> text) {}

    /**
     * A channel.
     *
     * @param realTime the real time, never a moved one: receivers compare the timestamp with their own clock
     */
    public WebhookChannel(
            Webhooks webhooks,
            PreferenceList preferences,
            WebhookProperties properties,
            NoticeTexts texts,
            JsonMapper json,
            InstantSource realTime) {
        this(
                webhooks,
                preferences,
                properties,
                texts,
                json,
                realTime,
                new AddressGuard(properties.allowLoopback(), properties.allowPrivateNetworks()),
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    WebhookChannel(
            Webhooks webhooks,
            PreferenceList preferences,
            WebhookProperties properties,
            NoticeTexts texts,
            JsonMapper json,
            InstantSource realTime,
            AddressGuard guard,
            SSLSocketFactory tls) {
        this.webhooks = webhooks;
        this.preferences = preferences;
        this.properties = properties;
        this.guard = guard;
        this.texts = texts;
        this.json = json;
        this.realTime = realTime;
        this.client = new PinnedPost(tls, properties.connectTimeout(), properties.timeout());
    }

    @Override
    public NotificationEvent.Channel kind() {
        return NotificationEvent.Channel.WEBHOOK;
    }

    @Override
    public Class<PublicNotice> carries() {
        return PublicNotice.class;
    }

    @Override
    public boolean interrupts() {
        return true;
    }

    @Override
    public boolean reaches(Party recipient) {
        return webhooks.addressOf(recipient).isPresent()
                && preferences.of(recipient).channels().contains(kind());
    }

    @Override
    public Optional<String> lane(Party recipient) {
        return Optional.of(webhooks.addressOf(recipient).map(URI::getHost).orElse("no address"));
    }

    @Override
    public Handover deliver(String delivery, Party recipient, PublicNotice notice) {
        Optional<Webhook> webhook = webhooks.find(recipient);
        if (webhook.isEmpty()) {
            return new Handover.Moot("the recipient has no webhook any more");
        }
        return switch (guard.look(webhook.get().url())) {
            case AddressGuard.Look.Bad(String why) -> new Handover.Failed(why, null);
            case AddressGuard.Look.Good(InetAddress address) ->
                stillMeant(webhook.get(), post(delivery, webhook.get(), address, notice));
        };
    }

    /** What an address says that was taken away while it was asked is not the last word. */
    private Handover stillMeant(Webhook asked, Handover answer) {
        if (!(answer instanceof Handover.Refused)) {
            return answer;
        }
        return webhooks.addressOf(asked.owner())
                .map(now -> now.equals(asked.url())
                        ? answer
                        : new Handover.Failed("the recipient registered another address meanwhile", null))
                .orElseGet(() -> new Handover.Moot("the recipient has no webhook any more"));
    }

    private Handover post(String delivery, Webhook webhook, InetAddress address, PublicNotice notice) {
        byte[] body = json.writeValueAsBytes(body(delivery, notice));
        String timestamp = Long.toString(realTime.instant().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Relais");
        headers.put(DELIVERY, delivery);
        headers.put(TIMESTAMP, timestamp);
        headers.put(SIGNATURE, Signature.of(webhook.secret(), timestamp, delivery, body));
        try {
            return verdict(client.post(webhook.url(), address, headers, body));
        } catch (TimeoutException e) {
            return new Handover.Failed("no answer within " + properties.timeout(), null);
        } catch (IOException e) {
            return new Handover.Failed(inWords(e), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Handover.Failed("this service was being stopped", null);
        }
    }

    private Body body(String delivery, PublicNotice notice) {
        Map<String, String> text = new TreeMap<>();
        for (Locale language : NoticeTexts.LANGUAGES) {
            text.put(language.getLanguage(), texts.text(notice, language));
        }
        return new Body(
                delivery,
                NoticeTexts.key(notice),
                notice.priority(),
                notice.count(),
                notice.answerBy(),
                notice.link().uri(),
                text);
    }

    private String inWords(IOException broken) {
        return switch (broken) {
            case SocketTimeoutException e -> "no answer within " + properties.timeout();
            case ConnectException e -> "nobody accepts connections there";
            case SSLException e -> "no secure connection: look at the certificate of the receiver";
            case ProtocolException e -> "what answered does not speak HTTP";
            default -> "the connection broke";
        };
    }

    private Handover verdict(PinnedPost.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return new Handover.Arrived();
        }
        if (status == GONE) {
            return new Handover.Refused("answered 410: the receiver is gone for good");
        }
        String hint = status >= 300 && status < 400 ? "; redirects are not followed, register the final address" : "";
        return new Handover.Failed("answered " + status + hint, retryAfter(answer));
    }

    /** Seconds, or a date that is measured against the receiver's own clock, or ours where it does not say its own. */
    private @Nullable Duration retryAfter(PinnedPost.Answer answer) {
        String value = answer.header("retry-after").orElse("");
        try {
            if (value.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            if (value.isEmpty()) {
                return null;
            }
            Instant now = answer.header("date").map(WebhookChannel::httpDate).orElseGet(realTime::instant);
            Duration wait = Duration.between(now, httpDate(value));
            return wait.isPositive() ? wait : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Instant httpDate(String value) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
    }

    @Override
    public void close() {
        client.close();
    }
}
