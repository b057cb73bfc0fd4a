package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/** What pathway-service is asked by those who send patients home. */
@Component
public class Wards {

    private static final ParameterizedTypeReference<Page<EndedStay>> STAYS = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<List<Pathway>> SEVERAL = new ParameterizedTypeReference<>() {};

    /** LOINC: hospital discharge letter. */
    private static final String LETTER = "11490-0";

    private final ServiceClient service;

    Wards(ServicesProperties services) {
        this.service = new ServiceClient("pathway-service", services.pathway(), services.timeout());
    }

    /** Stays of the visitor's hospital that ended for patients whom no pathway follows, the latest first. */
    public Page<EndedStay> endedWithoutPathway(Visitor visitor, @Nullable String after, int limit) {
        return service.get(
                visitor,
                null,
                address -> {
                    address.path("/api/v1/stays/ended-without-pathway").queryParam("limit", limit);
                    return after == null
                            ? address.build()
                            : address.queryParam("after", "{after}").build(after);
                },
                STAYS);
    }

    /** Several pathways in one call; those that are not there for the visitor are left out. */
    public List<Pathway> pathways(Visitor visitor, List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : service.post(
                        visitor,
                        null,
                        address -> address.path("/api/v1/pathways/bulk/read").build(),
                        Map.of("ids", ids),
                        SEVERAL);
    }

    /**
     * Includes a patient who was informed.
     *
     * @param coordinator FINESS number of the structure whose coordinators watch; blank for the ward's own
     * @param ready what those who take over are told before they accept
     */
    public AtLeast include(
            Visitor visitor,
            String patient,
            String template,
            String commune,
            String coordinator,
            Instant informedAt,
            String how,
            Preparation ready,
            String once) {
        Map<String, Object> preparation =
                new HashMap<>(Map.of("orderReady", ready.order(), "materialReady", ready.material()));
        if (ready.line() != null) {
            preparation.put("line", ready.line());
        }
        if (ready.lineUntil() != null) {
            preparation.put("lineUntil", ready.lineUntil().toString());
        }
        Map<String, Object> inclusion = new HashMap<>(Map.of(
                "template",
                template,
                "commune",
                commune,
                "patient",
                Map.of("id", patient),
                "informed",
                Map.of("at", informedAt.toString(), "how", how),
                "preparation",
                preparation));
        if (!coordinator.isBlank()) {
            inclusion.put("coordinator", coordinator);
        }
        return service.command(
                visitor, once, address -> address.path("/api/v1/inclusions").build(), inclusion);
    }

    /**
     * The discharge letter was sent: its step is done.
     *
     * @param type of the content, such as {@code application/pdf}; null where the letter itself is not handed in
     * @param content at most 700,000 bytes
     */
    public void letter(
            Visitor visitor,
            String pathway,
            Instant at,
            @Nullable String type,
            byte @Nullable [] content,
            String once) {
        Map<String, Object> document =
                new HashMap<>(Map.of("id", "console-" + once, "type", LETTER, "pathway", pathway, "at", at.toString()));
        if (type != null && content != null) {
            document.put("contentType", type);
            document.put("base64", Base64.getEncoder().encodeToString(content));
        }
        service.command(
                visitor, once, address -> address.path("/api/v1/documents").build(), document);
    }

    /** Says that a step of the ward itself is done. */
    public AtLeast done(Visitor visitor, String pathway, String step, String once) {
        return service.command(
                visitor,
                once,
                address -> address.path("/api/v1/pathways/{id}/steps/{step}/complete")
                        .build(pathway, step),
                null);
    }
}
