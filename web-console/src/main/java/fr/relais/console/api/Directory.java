package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.net.URI;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriBuilder;

/** Who works where, whom one may ask, and how they are reached. */
@Component
public class Directory {

    private static final ParameterizedTypeReference<Entry> ENTRY = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Entry>> ENTRIES = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Open>> OPEN = new ParameterizedTypeReference<>() {};

    /** What somebody said about room ({@code FREE}, {@code FULL}), and the last day on which it holds. */
    public record Room(String state, LocalDate until) {}

    /** Days away, both included, and who is asked instead. */
    public record Absence(
            LocalDate from, LocalDate to, @Nullable Party substitute) {}

    /** Somebody: a person or a structure. */
    public record Party(String kind, String id) {

        /** As everywhere in this console: {@code structure:990000028}. */
        public String key() {
            return kind.toLowerCase(Locale.ROOT) + ":" + id;
        }
    }

    /** Whether they may be asked, as they said themselves. */
    public record Availability(
            @Nullable Room room, @Nullable List<Absence> absences) {}

    /** Since when and until when somebody belongs to a collective. */
    public record Membership(
            String collective,
            @Nullable LocalDate from,
            @Nullable LocalDate to) {}

    /** A way to reach somebody at work. */
    public record Contact(String kind, String value, String use) {}

    /**
     * A professional or a structure.
     *
     * @param type kind of structure; null for a professional
     * @param profession code of TRE_G15; null for a structure, or for whoever is no health professional
     * @param commune INSEE code of a structure's seat
     * @param communes INSEE codes of the communes they serve
     * @param memberOf collectives of a structure
     */
    public record Entry(
            String id,
            String name,
            @Nullable String type,
            @Nullable String profession,
            @Nullable String commune,
            @Nullable List<String> specialties,
            @Nullable List<String> structures,
            @Nullable List<String> communes,
            @Nullable List<String> delegateOf,
            @Nullable List<String> memberOf,
            @Nullable Availability availability,
            @Nullable List<Membership> memberships,
            @Nullable List<Contact> contacts) {

        /** The number on which calls are taken; empty where none was published. */
        public Optional<String> phone() {
            return contacts == null
                    ? Optional.empty()
                    : contacts.stream()
                            .filter(contact -> contact.kind().equals("PHONE"))
                            .min(Comparator.comparing(contact -> !contact.use().equals("CALLS")))
                            .map(Contact::value);
        }
    }

    /** A handoff that waits for somebody ({@code OFFERED}) or lies with them ({@code ACCEPTED}). */
    public record Open(String id, String status) {}

    private final ServiceClient service;

    Directory(ServicesProperties services) {
        this.service = new ServiceClient("directory-service", services.directory(), services.timeout());
    }

    /** Professionals or structures in the order of names, as {@code kind} and filters say. */
    public Page<Entry> list(
            Visitor visitor, String kind, Map<String, String> filters, @Nullable String after, int limit) {
        Map<String, Object> values = new HashMap<>(filters);
        return service.get(
                visitor,
                null,
                address -> {
                    address.path("/api/v1/" + kind).queryParam("limit", limit);
                    filters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
                    if (after != null) {
                        address.queryParam("after", "{after}");
                        values.put("after", after);
                    }
                    return address.build(values);
                },
                ENTRIES);
    }

    /** One of them. */
    public Entry entry(Visitor visitor, String kind, String id, @Nullable AtLeast atLeast) {
        return service.get(visitor, atLeast, at(kind, id, ""), ENTRY);
    }

    /** What is open with them; empty where that is none of the visitor's. */
    public Optional<Page<Open>> open(Visitor visitor, String kind, String id, int limit) {
        try {
            return Optional.of(service.get(
                    visitor,
                    null,
                    address -> at(kind, id, "/handoffs").apply(address.queryParam("limit", limit)),
                    OPEN));
        } catch (Refusal refusal) {
            if (refusal.status() == 404 || refusal.status() == 403) {
                return Optional.empty();
            }
            throw refusal;
        }
    }

    /** Full or free, up to and with that day. */
    public AtLeast sayRoom(Visitor visitor, String kind, String id, String state, LocalDate until, String once) {
        return service.command(
                HttpMethod.PUT,
                visitor,
                once,
                at(kind, id, "/room"),
                Map.of("state", state, "until", until.toString()));
    }

    /** As if nothing had been said of room. */
    public AtLeast forgetRoom(Visitor visitor, String kind, String id, String once) {
        return service.command(HttpMethod.DELETE, visitor, once, at(kind, id, "/room"), null);
    }

    /**
     * Away, both days included.
     *
     * @param substitute key of who is asked instead
     */
    public AtLeast goAway(
            Visitor visitor,
            String kind,
            String id,
            LocalDate from,
            LocalDate to,
            @Nullable String substitute,
            String once) {
        Map<String, Object> body = new HashMap<>(Map.of("to", to.toString()));
        if (substitute != null) {
            body.put("substitute", substitute);
        }
        return service.command(HttpMethod.PUT, visitor, once, at(kind, id, "/absences/" + from), body);
    }

    /** Not away after all. */
    public AtLeast comeBack(Visitor visitor, String kind, String id, LocalDate from, String once) {
        return service.command(HttpMethod.DELETE, visitor, once, at(kind, id, "/absences/" + from), null);
    }

    /** Describes them anew. */
    public AtLeast describe(Visitor visitor, String kind, String id, Map<String, Object> as, String once) {
        return service.command(HttpMethod.PUT, visitor, once, at(kind, id, ""), as);
    }

    /** Adds an entry; who stands there already is described by {@link #describe}. */
    public AtLeast add(Visitor visitor, String kind, Map<String, Object> as, String once) {
        return service.command(
                HttpMethod.POST,
                visitor,
                once,
                address -> address.path("/api/v1/" + kind).build(),
                as);
    }

    /** Takes an entry out: nobody is asked there any more, and what lies there stays until it is done or passed on. */
    public AtLeast retire(Visitor visitor, String kind, String id, String once) {
        return service.command(HttpMethod.DELETE, visitor, once, at(kind, id, ""), null);
    }

    // Some national identifiers have a slash, and the directory takes them so.
    private static Function<UriBuilder, URI> at(String kind, String id, String what) {
        return address -> address.path("/api/v1/" + kind + "/" + id + what).build();
    }
}
