package fr.relais.console.api;

import fr.relais.console.access.Visitor;
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
    private static final ParameterizedTypeReference<Page<Line>> LINES = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<List<Template>> TEMPLATES = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Identity> IDENTITY = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Map<String, Object>> TEXT = new ParameterizedTypeReference<>() {};

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

    /** What happened on it, the first first. */
    public Page<Line> timeline(Visitor visitor, String id, @Nullable String after, int limit) {
        return service.get(
                visitor,
                null,
                address -> {
                    address.path("/api/v1/pathways/{id}/timeline").queryParam("limit", limit);
                    if (after != null) {
                        address.queryParam("after", "{after}");
                    }
                    return after == null ? address.build(id) : address.build(id, after);
                },
                LINES);
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

    /** The kinds of pathways there are. */
    public List<Template> templates(Visitor visitor) {
        return service.get(
                visitor, null, address -> address.path("/api/v1/templates").build(), TEMPLATES);
    }
}
