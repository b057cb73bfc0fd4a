package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/** What the services are asked by those who keep them running. */
@Component
public class Operations {

    private static final ParameterizedTypeReference<List<View>> VIEWS = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Trial> TRIAL = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Journal> JOURNAL = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<DeadLetter>> DEAD = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Trouble>> TROUBLES = new ParameterizedTypeReference<>() {};

    /**
     * A read model.
     *
     * @param stale documents that wait for events they know of
     * @param missing documents that go on without an event that was dismissed
     * @param rebuild the last time that it was folded again; null where it never was
     */
    public record View(
            String name,
            int version,
            boolean caughtUp,
            long lagMillis,
            long stale,
            long missing,
            @Nullable Rebuild rebuild) {}

    /**
     * A view that is or was folded again beside the live one.
     *
     * @param records events that were folded so far
     * @param ended null while it goes on
     * @param differences how many it found; null where it stopped before its end
     */
    public record Rebuild(
            Instant began,
            long records,
            @Nullable Instant ended,
            @Nullable Integer differences,
            @Nullable String failure) {}

    /**
     * What would become of a record that was set aside.
     *
     * @param works null where that cannot be known without doing it
     */
    public record Trial(@Nullable Boolean works, @Nullable String why) {}

    /**
     * What is written and not yet sent to the other services.
     *
     * @param publication the last time that the whole journal was sent again; null where it never was
     */
    public record Journal(
            long unsent,
            @Nullable Instant oldestUnsent,
            @Nullable Publication publication) {}

    /**
     * The whole journal, sent again.
     *
     * @param marked commits that will be sent again, so far
     * @param ended when the last one was marked; null while it goes on
     * @param failure why it stopped; null where it did not
     */
    public record Publication(
            Instant began,
            long marked,
            @Nullable Instant ended,
            @Nullable String failure) {}

    /** A record that a view or reaction could not use. */
    public record DeadLetter(
            String id,
            String consumer,
            String topic,
            int partition,
            long offset,
            @Nullable String stream,
            String reason,
            Instant keptAt,
            boolean open) {}

    /** Somebody who could not be told. */
    public record Trouble(
            String delivery,
            String recipient,
            String channel,
            @Nullable String notice,
            String status,
            int attempts,
            @Nullable String why,
            Instant since,
            @Nullable Instant nextAttemptAt) {}

    private final Map<String, ServiceClient> services = new LinkedHashMap<>();

    Operations(ServicesProperties addresses) {
        services.put("pathway-service", new ServiceClient("pathway-service", addresses.pathway(), addresses.timeout()));
        services.put(
                "directory-service",
                new ServiceClient("directory-service", addresses.directory(), addresses.timeout()));
        services.put(
                "notification-service",
                new ServiceClient("notification-service", addresses.notification(), addresses.timeout()));
    }

    /** The services there are. */
    public List<String> services() {
        return List.copyOf(services.keySet());
    }

    /** The read models of a service. */
    public List<View> views(Visitor visitor, String name) {
        return of(name).get(
                        visitor, null, address -> address.path("/api/v1/views").build(), VIEWS);
    }

    /** The journal of a service. */
    public Journal journal(Visitor visitor, String name) {
        return of(name).get(
                        visitor,
                        null,
                        address -> address.path("/api/v1/journal").build(),
                        JOURNAL);
    }

    /** What a service set aside and nobody has looked at. */
    public Page<DeadLetter> deadLetters(Visitor visitor, String name, int limit) {
        return of(name).get(
                        visitor,
                        null,
                        address -> address.path("/api/v1/dead-letters")
                                .queryParam("limit", limit)
                                .build(),
                        DEAD);
    }

    /** Deliveries that failed and are tried again, or that were given up. */
    public Page<Trouble> troubles(Visitor visitor, String status, int limit) {
        return of("notification-service")
                .get(
                        visitor,
                        null,
                        address -> address.path("/api/v1/deliveries")
                                .queryParam("status", status)
                                .queryParam("limit", limit)
                                .build(),
                        TROUBLES);
    }

    /** Tries a record that was set aside again. */
    public void retryDeadLetter(Visitor visitor, String name, String id, String once) {
        of(name).command(
                        visitor,
                        once,
                        address -> address.path("/api/v1/dead-letters/retries")
                                .queryParam("id", "{id}")
                                .build(id),
                        null);
    }

    /** What would become of a record that was set aside if it were tried again; changes nothing. */
    public Trial trial(Visitor visitor, String name, String id) {
        return of(name).post(
                        visitor,
                        null,
                        address -> address.path("/api/v1/dead-letters/trials")
                                .queryParam("id", "{id}")
                                .build(id),
                        null,
                        TRIAL);
    }

    /** Begins to fold a view again beside the live one. */
    public void rebuild(Visitor visitor, String name, String view, String once) {
        of(name).command(
                        visitor,
                        once,
                        address -> address.path("/api/v1/views/{view}/rebuilds")
                                .queryParam("wait", false)
                                .build(view),
                        null);
    }

    /** Leaves a record that was set aside for good. */
    public void dismissDeadLetter(Visitor visitor, String name, String id, String reason, String once) {
        of(name).command(
                        visitor,
                        once,
                        address -> address.path("/api/v1/dead-letters/dismissals")
                                .queryParam("id", "{id}")
                                .build(id),
                        Map.of("reason", reason));
    }

    /** Sends again what failed. */
    public void resend(Visitor visitor, String delivery, String once) {
        of("notification-service")
                .command(
                        visitor,
                        once,
                        address ->
                                address.path("/api/v1/deliveries/{id}/resend").build(delivery),
                        null);
    }

    private ServiceClient of(String name) {
        ServiceClient service = services.get(name);
        if (service == null) {
            throw new Refusal(404, "service-unknown", name, null);
        }
        return service;
    }
}
