package fr.relais.notification;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import fr.relais.events.DirectoryEvent;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.view.Viewed;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.persona.TokenServer;
import fr.relais.notification.view.DeliveryView;
import fr.relais.notification.view.NotificationViews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The service itself, on a real Kafka and MongoDB, which a test may stop and start and whose clock it may move. */
public final class RunningService implements AutoCloseable {

    public static final Duration STALLED_AFTER = Duration.ofMinutes(1);

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private final String mongo = LocalStack.shared().freshMongoUri();
    private final TokenServer issuer = TokenServer.start();
    private final Path clock;
    private ConfigurableApplicationContext context;
    private Duration ahead = Duration.between(Instant.now(), tuesdayMorning(ZonedDateTime.now(PARIS)));

    /** A time at which everybody works, whenever the test runs. */
    private static Instant tuesdayMorning(ZonedDateTime now) {
        return now.with(TemporalAdjusters.next(DayOfWeek.TUESDAY))
                .withHour(10)
                .withMinute(0)
                .toInstant();
    }

    public RunningService() {
        mail.start();
        try {
            clock = Files.createTempFile("relais-clock", ".txt");
            clock.toFile().deleteOnExit();
            Files.writeString(clock, ahead.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start();
    }

    public void start() {
        context = new SpringApplicationBuilder(NotificationApplication.class)
                .profiles("development")
                .run(
                        "--spring.mongodb.uri=" + mongo,
                        "--spring.kafka.bootstrap-servers="
                                + LocalStack.shared().bootstrapServers(),
                        "--server.port=0",
                        "--management.server.port=0",
                        "--relais.access.issuer=" + issuer.issuer(),
                        "--relais.clock.offset-file=" + clock,
                        "--relais.delivery.console=https://relais.example",
                        "--relais.delivery.first-retry=100ms",
                        "--relais.delivery.stalled-after=" + STALLED_AFTER,
                        "--relais.webhook.timeout=20s",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + mail.getSmtp().getPort(),
                        "--relais.mail.from=relais@relais.example",
                        "--spring.main.banner-mode=off");
    }

    public void stop() {
        context.close();
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    public String token(String persona) {
        return issuer.tokens().token(persona);
    }

    public String url(String path) {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path;
    }

    /** The mail server that the service uses. */
    public GreenMail mail() {
        return mail;
    }

    /** Now, by the clock of the service. */
    public Instant now() {
        return Instant.now().plus(ahead);
    }

    /** Moves the clock of the service to the next time that it is so late in Paris. */
    public void letCome(LocalTime time) {
        ZonedDateTime now = now().atZone(PARIS);
        ZonedDateTime then = now.with(time);
        letPass(Duration.between(now, then.isAfter(now) ? then : then.plusDays(1)));
    }

    /** Moves the clock of the service ahead. */
    public void letPass(Duration time) {
        ahead = ahead.plus(time);
        try {
            Files.writeString(clock, ahead.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What another service says. */
    public void hears(RecordedEvent... events) {
        for (RecordedEvent event : events) {
            get(EventSender.class).send(EventCatalogue.standard(), event).join();
        }
    }

    /** The directory says where somebody works. */
    public void knows(String rpps, String profession, String structure) {
        hears(new Story("professional-" + rpps)
                .then(new DirectoryEvent.ProfessionalListed(
                        rpps, profession, "Invented", List.of(), List.of(structure), List.of(), List.of())));
    }

    /** The inbox of a person, unread first, of one pathway. */
    public List<DeliveryView> inbox(String recipient, String pathway) {
        List<DeliveryView> found = new ArrayList<>();
        String after = null;
        do {
            var page = get(NotificationViews.class).inbox(Set.of(recipient), null, false, after, 100);
            page.items().stream()
                    .map(Viewed::document)
                    .filter(view -> view.pathway().equals(pathway))
                    .forEach(found::add);
            after = page.next();
        } while (after != null);
        return found;
    }

    /** What happened to a delivery, by the names of its events. */
    public List<String> historyOf(String delivery) {
        return get(Journal.class).read(delivery, 0, 100).stream()
                .map(event -> event.event()
                        .map(known -> known.getClass().getSimpleName())
                        .orElse("?"))
                .toList();
    }

    @Override
    public void close() {
        context.close();
        issuer.close();
        mail.stop();
    }
}
