package fr.relais.notification.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.application.Webhook;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.Webhooks;
import fr.relais.notification.domain.Priority;
import fr.relais.notification.domain.PublicNotice;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
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
    private final WebhookProperties properties;
    private final AddressGuard guard;
    private final NoticeTexts texts;
    private final JsonMapper json;
    private final InstantSource realTime;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    /** The body, as documented in {@code docs/howto/verify-a-webhook.md}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Body(
            String delivery,
            Notice notice,
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
            WebhookProperties properties,
            NoticeTexts texts,
            JsonMapper json,
            InstantSource realTime) {
        this.webhooks = webhooks;
        this.properties = properties;
        this.guard = new AddressGuard(properties.allowLoopback(), properties.allowPrivateNetworks());
        this.texts = texts;
        this.json = json;
        this.realTime = realTime;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .executor(threads)
                .build();
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
    public boolean reaches(Party recipient) {
        return webhooks.addressOf(recipient).isPresent();
    }

    @Override
    public Optional<String> lane(Party recipient) {
        return Optional.of(webhooks.addressOf(recipient).map(URI::getHost).orElse("no address"));
    }

    @Override
    public Handover deliver(String delivery, Party recipient, PublicNotice notice) {
        Optional<Webhook> webhook = webhooks.find(recipient);
        if (webhook.isEmpty()) {
            return new Handover.Refused("the recipient has no webhook any more");
        }
        Optional<String> refusal = guard.refuses(webhook.get().url());
        if (refusal.isPresent()) {
            return new Handover.Failed(refusal.get(), null);
        }
        return post(request(delivery, webhook.get(), notice));
    }

    private HttpRequest request(String delivery, Webhook webhook, PublicNotice notice) {
        byte[] body = json.writeValueAsBytes(body(delivery, notice));
        String timestamp = Long.toString(realTime.instant().getEpochSecond());
        return HttpRequest.newBuilder(webhook.url())
                .timeout(properties.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "Relais")
                .header(DELIVERY, delivery)
                .header(TIMESTAMP, timestamp)
                .header(SIGNATURE, Signature.of(webhook.secret(), timestamp, delivery, body))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private Body body(String delivery, PublicNotice notice) {
        Map<String, String> text = new TreeMap<>();
        for (Locale language : NoticeTexts.LANGUAGES) {
            text.put(language.getLanguage(), texts.text(notice, language));
        }
        return new Body(
                delivery,
                notice.notice(),
                notice.priority(),
                notice.count(),
                notice.answerBy(),
                notice.link().uri(),
                text);
    }

    private Handover post(HttpRequest request) {
        AtomicReference<HttpResponse.@Nullable ResponseInfo> head = new AtomicReference<>();
        CompletableFuture<HttpResponse<Void>> answer = client.sendAsync(request, info -> {
            head.set(info);
            return new FirstBytes();
        });
        try {
            // The request's own time-out ends with the headers; this one ends the whole, dripping bodies included.
            HttpResponse<Void> whole = answer.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return verdict(whole.statusCode(), whole.headers());
        } catch (TimeoutException e) {
            answer.cancel(true);
            HttpResponse.ResponseInfo seen = head.get();
            return seen == null
                    ? new Handover.Failed("no answer within " + properties.timeout(), null)
                    : verdict(seen.statusCode(), seen.headers());
        } catch (ExecutionException e) {
            return new Handover.Failed(inWords(e.getCause()), null);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return new Handover.Failed("this service was being stopped", null);
        }
    }

    private String inWords(@Nullable Throwable cause) {
        return switch (cause) {
            case HttpTimeoutException e -> "no answer within " + properties.timeout();
            case ConnectException e -> "nobody accepts connections there";
            case SSLException e -> "no secure connection: its certificate or TLS version is not acceptable";
            case IOException e -> "the connection broke";
            case null, default -> "the request could not be sent";
        };
    }

    private static Handover verdict(int status, HttpHeaders headers) {
        if (status >= 200 && status < 300) {
            return new Handover.Arrived();
        }
        if (status == GONE) {
            return new Handover.Refused("answered 410: the receiver is gone for good");
        }
        String hint = status >= 300 && status < 400 ? "; redirects are not followed, register the final address" : "";
        return new Handover.Failed("answered " + status + hint, retryAfter(headers));
    }

    /** Seconds, or a date that is measured against the receiver's own clock. */
    private static @Nullable Duration retryAfter(HttpHeaders headers) {
        String value = headers.firstValue("Retry-After").orElse("").strip();
        try {
            if (value.matches("\\d{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(value));
            }
            String date = headers.firstValue("Date").orElse("");
            if (!value.isEmpty() && !date.isEmpty()) {
                Duration wait = Duration.between(httpDate(date), httpDate(value));
                return wait.isPositive() ? wait : null;
            }
            return null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Instant httpDate(String value) {
        return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    /** Reads a short body so that the connection can be used again, and hangs up on a long one. */
    private static final class FirstBytes implements HttpResponse.BodySubscriber<Void> {

        private static final int ENOUGH = 16 * 1024;

        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;
        private int read;

        @Override
        public CompletionStage<Void> getBody() {
            return done;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            subscription.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            buffers.forEach(buffer -> read += buffer.remaining());
            Flow.Subscription source = subscription;
            if (source == null) {
                return;
            }
            if (read > ENOUGH) {
                source.cancel();
                done.complete(null);
            } else {
                source.request(1);
            }
        }

        @Override
        public void onError(Throwable cause) {
            // The status line was read, and that is what counts.
            done.complete(null);
        }

        @Override
        public void onComplete() {
            done.complete(null);
        }
    }
}
