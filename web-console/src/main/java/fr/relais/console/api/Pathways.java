package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/** What pathway-service is asked. */
@Component
public class Pathways {

    private static final ParameterizedTypeReference<Page<Handoff>> HANDOFFS = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Pathway> PATHWAY = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Pathway>> PATHWAYS = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Sheet> SHEET = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Line>> LINES = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<List<Template>> TEMPLATES = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Identity> IDENTITY = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Map<String, Object>> TEXT = new ParameterizedTypeReference<>() {};

    private static final ParameterizedTypeReference<List<Identity>> IDENTITIES = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Entry>> ENTRIES = new ParameterizedTypeReference<>() {};
    private static final int AT_ONCE = 50;

    /** An appointment that is kept or still to be made, for whoever sets it. */
    public record Entry(
            String handoff,
            String holder,
            @Nullable Instant dueAt,
            boolean late,
            Handoff.@Nullable Appointment appointment) {}

    private final ServiceClient service;

    Pathways(ServicesProperties services) {
        this.service = new ServiceClient("pathway-service", services.pathway(), services.timeout());
    }

    /** Handoffs of the visitor that stand like this, the most urgent first. */
    public Page<Handoff> handoffs(
            Visitor visitor, String status, @Nullable String after, int limit, @Nullable AtLeast atLeast) {
        return service.get(
                visitor,
                atLeast,
                address -> {
                    address.path("/api/v1/handoffs")
                            .queryParam("status", status)
                            .queryParam("limit", limit);
                    if (after != null) {
                        address.queryParam("after", "{after}");
                    }
                    return after == null ? address.build() : address.build(after);
                },
                HANDOFFS);
    }

    /** One handoff of the visitor. */
    public Handoff handoff(Visitor visitor, String id) {
        return service.get(
                visitor,
                null,
                address -> address.path("/api/v1/handoffs/{id}").build(id),
                new ParameterizedTypeReference<>() {});
    }

    /** What is done with a handoff: {@code accept}, {@code decline}, {@code complete} …; the body is the API's. */
    public AtLeast answer(
            Visitor visitor, String handoff, String action, @Nullable Map<String, Object> body, String once) {
        return service.command(
                visitor,
                once,
                address -> address.path("/api/v1/handoffs/{id}/{action}").build(handoff, action),
                body);
    }

    /** One pathway of the visitor. */
    public Pathway pathway(Visitor visitor, String id, @Nullable AtLeast atLeast) {
        return service.get(
                visitor,
                atLeast,
                address -> address.path("/api/v1/pathways/{id}").build(id),
                PATHWAY);
    }

    /** Those of the visitor that bear a code; the service answers for a part of them at a time. */
    public List<Pathway> withCode(Visitor visitor, String code) {
        List<Pathway> found = new ArrayList<>();
        String after = null;
        do {
            Map<String, Object> values = new HashMap<>(Map.of("code", code, "limit", AT_ONCE));
            boolean further = after != null;
            if (further) {
                values.put("after", after);
            }
            Page<Pathway> page = service.get(
                    visitor,
                    null,
                    address -> {
                        address.path("/api/v1/pathways")
                                .queryParam("code", "{code}")
                                .queryParam("limit", "{limit}");
                        return (further ? address.queryParam("after", "{after}") : address).build(values);
                    },
                    PATHWAYS);
            found.addAll(page.items());
            after = page.next();
        } while (after != null && found.size() < AT_ONCE);
        return found;
    }

    /** What happened on it, the last first. */
    public Page<Line> timelineBackwards(Visitor visitor, String id, @Nullable String after, int limit) {
        return timeline(visitor, id, "desc", after, limit);
    }

    /** What happened on it, the first first. */
    public Page<Line> timeline(Visitor visitor, String id, @Nullable String after, int limit) {
        return timeline(visitor, id, "asc", after, limit);
    }

    private Page<Line> timeline(Visitor visitor, String id, String order, @Nullable String after, int limit) {
        return service.get(
                visitor,
                null,
                address -> {
                    address.path("/api/v1/pathways/{id}/timeline")
                            .queryParam("order", order)
                            .queryParam("limit", limit);
                    if (after != null) {
                        address.queryParam("after", "{after}");
                    }
                    return after == null ? address.build(id) : address.build(id, after);
                },
                LINES);
    }

    /** The visitor sees everything up to this event; up to which they had seen it before, {@code -1} the first time. */
    public long look(Visitor visitor, String pathway, long seen) {
        Map<String, Object> answer = service.post(
                visitor,
                null,
                address -> address.path("/api/v1/pathways/{id}/looks").build(pathway),
                Map.of("seen", seen),
                TEXT);
        return answer.get("before") instanceof Number before ? before.longValue() : -1;
    }

    /** The sheet of paper that the patient had before, which the one that is printed now takes the place of. */
    public record Sheet(@Nullable Long before, @Nullable Instant beforeAt) {}

    /** The patient gets a sheet that says how things stand now. */
    public Sheet printed(Visitor visitor, String pathway) {
        return service.post(
                visitor,
                null,
                address -> address.path("/api/v1/pathways/{id}/looks").build(pathway),
                Map.of("of", "sheet"),
                SHEET);
    }

    /** What somebody wrote, where the visitor may read it. */
    public Optional<String> note(Visitor visitor, String pathway, String note) {
        try {
            Map<String, Object> text = service.get(
                    visitor,
                    null,
                    address ->
                            address.path("/api/v1/pathways/{id}/notes/{note}").build(pathway, note),
                    TEXT);
            return Optional.ofNullable(text.get("text")).map(Object::toString);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Writes a note. */
    public AtLeast addNote(Visitor visitor, String pathway, String text, boolean urgent, String once) {
        return service.command(
                visitor,
                once,
                address -> address.path("/api/v1/pathways/{id}/notes").build(pathway),
                Map.of("text", text, "urgent", urgent));
    }

    /** Who the patient is; empty for whoever may not know. Each look is recorded by pathway-service. */
    public Optional<Identity> identity(Visitor visitor, String patient) {
        try {
            return Optional.of(service.get(
                    visitor,
                    null,
                    address ->
                            address.path("/api/v1/patients/{patient}/identity").build(patient),
                    IDENTITY));
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /** Who several patients are, by their ids; those whom the visitor may not know are left out. Each look is recorded. */
    public Map<String, Identity> identities(Visitor visitor, Collection<String> patients) {
        Map<String, Identity> known = new HashMap<>();
        List<String> all = patients.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            service.post(
                            visitor,
                            null,
                            address -> address.path("/api/v1/patients/bulk/identities")
                                    .build(),
                            Map.of("patients", all.subList(from, Math.min(from + AT_ONCE, all.size()))),
                            IDENTITIES)
                    .forEach(identity -> known.put(identity.patient(), identity));
        }
        return known;
    }

    /** What the colleagues for whom the visitor sets appointments have accepted; nothing clinical. */
    public Page<Entry> diary(Visitor visitor, @Nullable String after, int limit, @Nullable AtLeast atLeast) {
        return service.get(
                visitor,
                atLeast,
                address -> {
                    address.path("/api/v1/diary").queryParam("limit", limit);
                    if (after != null) {
                        address.queryParam("after", "{after}");
                    }
                    return after == null ? address.build() : address.build(after);
                },
                ENTRIES);
    }

    /** What is said of a step: {@code weeks}, {@code report-done}, {@code correct-report}, {@code calls}. */
    public AtLeast say(
            Visitor visitor, String pathway, String step, String what, Map<String, Object> body, String once) {
        return service.command(
                visitor,
                once,
                address -> address.path("/api/v1/pathways/{id}/steps/{step}/{what}")
                        .build(pathway, step, what),
                body);
    }

    /** The kinds of pathways there are. */
    public List<Template> templates(Visitor visitor) {
        return service.get(
                visitor, null, address -> address.path("/api/v1/templates").build(), TEMPLATES);
    }
}
