package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.LiveStream;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.up.FixedPort;
import fr.relais.localstack.up.Layout;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Where a story is played: the running services, the people in it, the clock, and the terminal. */
final class Stage implements AutoCloseable {

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.FRENCH).withZone(ZoneId.of("Europe/Paris"));
    private static final AtomicLong NUMBERS = new AtomicLong(System.currentTimeMillis());
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Layout layout;
    private final PrintStream out;
    private final boolean colours = System.console() != null;
    private final Map<String, String> tokens = new HashMap<>();
    private final Function<String, String> token;
    private final List<LiveStream> streams = new ArrayList<>();

    private final Duration pace;

    /**
     * @param pace how long to wait after each thing that somebody does, for those who watch
     */
    Stage(Layout layout, Function<String, String> token, PrintStream out, Duration pace) {
        this.layout = layout;
        this.token = token;
        this.out = out;
        this.pace = pace;
    }

    Layout layout() {
        return layout;
    }

    /** A chapter of the story. */
    void chapter(String title) {
        out.printf("%n%s%n", bold("── " + title));
    }

    /** Somebody does something. */
    void tell(String who, String what) {
        tellOf(now(), who, what);
        if (!pace.isZero()) {
            pause(pace);
        }
    }

    /** Somebody did something. */
    synchronized void tellOf(Instant when, String who, String what) {
        out.printf("  %s  %-26s %s%n", grey("%-16s".formatted(CLOCK.format(when))), who, what);
    }

    /** Something arrived by itself. */
    synchronized void arrives(String at, String what) {
        out.printf(
                "  %s  %s %s%n",
                grey("%-16s".formatted(CLOCK.format(now()))), grey("%-26s".formatted("  ⇠ " + at)), grey(what));
    }

    private String bold(String text) {
        return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    private String grey(String text) {
        return colours ? "\u001b[90m" + text + "\u001b[0m" : text;
    }

    Api directory(String persona) {
        return api(FixedPort.DIRECTORY, persona);
    }

    Api pathway(String persona) {
        return api(FixedPort.PATHWAY, persona);
    }

    Api notification(String persona) {
        return api(FixedPort.NOTIFICATION, persona);
    }

    private Api api(FixedPort service, String persona) {
        return Api.of(layout.url(service), token(persona));
    }

    private String token(String persona) {
        return tokens.computeIfAbsent(persona, token);
    }

    /** Follows what a persona's open page is told by pathway-service. */
    void follow(String persona) {
        Persona who = Personas.get(persona);
        streams.add(LiveStream.follow(layout.url(FixedPort.PATHWAY) + "/api/v1/live", token(persona), event -> {
            Optional<String> words = Words.ofLive(event);
            words.ifPresent(text -> arrives(who.givenName(), text));
        }));
    }

    /** Reads until something is there. */
    <T> T await(String what, Supplier<Optional<T>> look) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() - until >= 0) {
                throw new IllegalStateException(
                        "waited " + PATIENCE.toSeconds() + " s in vain for this: " + what + ". See ./relais logs");
            }
            pause(Duration.ofMillis(150));
        }
    }

    /** Gives people at the terminal the time to read. */
    void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What a story says must be so; it stops where it is not. */
    void expect(String what, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("this does not hold: " + what);
        }
    }

    /** What waits in somebody's inbox, newest first. */
    List<String> inbox(String persona) {
        List<String> notices = new ArrayList<>();
        notification(persona)
                .get("/api/v1/inbox?limit=100")
                .ok()
                .path("items")
                .forEach(item -> notices.add(item.path("notice").asString()));
        return notices;
    }

    /** A number that no story before has used. */
    long fresh() {
        return NUMBERS.incrementAndGet();
    }

    /** Now, by the services' business clock. */
    Instant now() {
        return Instant.now().plus(offset());
    }

    /** Moves the services' business clock ahead. */
    void move(Duration ahead) {
        Path file = layout.clock();
        try {
            Path fresh = file.resolveSibling("clock.new");
            Files.writeString(fresh, offset().plus(ahead).toString());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tell("l'horloge", "avance de " + Words.of(ahead));
    }

    private Duration offset() {
        try {
            return Files.exists(layout.clock())
                    ? Duration.parse(Files.readString(layout.clock()).strip())
                    : Duration.ZERO;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        streams.forEach(LiveStream::close);
    }
}
