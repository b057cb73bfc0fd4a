package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.net.URI;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriBuilder;

/** What directory-service is told of whether a professional may be asked. */
@Component
public class Availability {

    private static final ParameterizedTypeReference<Professional> PROFESSIONAL = new ParameterizedTypeReference<>() {};

    private static final ParameterizedTypeReference<Page<Professional>> PROFESSIONALS =
            new ParameterizedTypeReference<>() {};
    private static final int STRUCTURES = 3;
    private static final int COLLEAGUES = 50;

    /** A professional of the directory, as far as a page of theirs needs it. */
    public record Professional(
            String id,
            String name,
            @Nullable String profession,
            List<String> structures,
            @Nullable Declared availability) {}

    /**
     * What they said themselves.
     *
     * @param room null where nothing was said
     */
    public record Declared(@Nullable Room room, @Nullable List<Absence> absences) {}

    /**
     * Whether they take patients on.
     *
     * @param state {@code FREE} or {@code FULL}
     * @param until last day on which it holds, in Europe/Paris
     */
    public record Room(String state, LocalDate until) {}

    /** Days away, both included. */
    public record Absence(
            LocalDate from, LocalDate to, @Nullable Party substitute) {}

    /** Somebody, as events name them. */
    public record Party(String kind, String id) {

        /** As handoffs name them. */
        public String key() {
            return kind.toLowerCase(java.util.Locale.ROOT) + ":" + id;
        }
    }

    private final ServiceClient service;

    Availability(ServicesProperties services) {
        this.service = new ServiceClient("directory-service", services.directory(), services.timeout());
    }

    /** The visitor, as the directory has them; empty for whoever is not in it. */
    public Optional<Professional> of(Visitor visitor, @Nullable AtLeast atLeast) {
        try {
            return Optional.of(service.get(visitor, atLeast, mine(visitor, ""), PROFESSIONAL));
        } catch (Refusal refusal) {
            if (refusal.status() == 404) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** Those of the same profession who work in the same structures. */
    public List<Professional> colleagues(Visitor visitor, Professional of) {
        String profession = of.profession();
        if (profession == null) {
            return List.of();
        }
        return of.structures().stream()
                .limit(STRUCTURES)
                .flatMap(structure -> service
                        .get(
                                visitor,
                                null,
                                address -> address.path("/api/v1/professionals")
                                        .queryParam("structure", structure)
                                        .queryParam("profession", profession)
                                        .queryParam("limit", COLLEAGUES)
                                        .build(),
                                PROFESSIONALS)
                        .items()
                        .stream())
                .filter(one -> !one.id().equals(of.id()))
                .distinct()
                .toList();
    }

    /** Full, or free, up to and with that day. */
    public AtLeast sayRoom(Visitor visitor, String state, LocalDate until, String once) {
        return service.command(
                HttpMethod.PUT,
                visitor,
                once,
                mine(visitor, "/room"),
                Map.of("state", state, "until", until.toString()));
    }

    /** As if nothing had been said of the room. */
    public AtLeast forgetRoom(Visitor visitor, String once) {
        return service.command(HttpMethod.DELETE, visitor, once, mine(visitor, "/room"), null);
    }

    /**
     * Away from one day to another, both included.
     *
     * @param substitute key of who is asked instead
     */
    public AtLeast goAway(Visitor visitor, LocalDate from, LocalDate to, @Nullable String substitute, String once) {
        Map<String, Object> body = new HashMap<>(Map.of("to", to.toString()));
        if (substitute != null) {
            body.put("substitute", substitute);
        }
        return service.command(HttpMethod.PUT, visitor, once, mine(visitor, "/absences/" + from), body);
    }

    /** Not away after all. */
    public AtLeast comeBack(Visitor visitor, LocalDate from, String once) {
        return service.command(HttpMethod.DELETE, visitor, once, mine(visitor, "/absences/" + from), null);
    }

    private static Function<UriBuilder, URI> mine(Visitor visitor, String what) {
        // Some national identifiers have a slash, and the directory takes them so.
        return address -> address.path("/api/v1/professionals/" + visitor.key().substring("person:".length()) + what)
                .build();
    }
}
