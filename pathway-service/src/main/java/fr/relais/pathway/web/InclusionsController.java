package fr.relais.pathway.web;

import fr.relais.kit.access.Role;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.application.Patients;
import fr.relais.pathway.domain.Pathway;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Includes patients in pathways, by REST or by CloudEvent. */
@RestController
class InclusionsController {

    private static final String REQUESTED = "fr.relais.inclusion.requested.v1";

    private final Pathways pathways;
    private final Patients patients;

    InclusionsController(Pathways pathways, Patients patients) {
        this.pathways = pathways;
        this.patients = patients;
    }

    /** A CloudEvent 1.0 in structured mode. */
    record CloudEventBody(
            @Nullable String specversion,
            @Nullable String id,
            @Nullable String source,
            @Nullable String type,
            @Nullable InclusionBody data) {}

    @PostMapping("/api/v1/inclusions")
    ResponseEntity<PathwayAnswer> include(@RequestBody InclusionBody body, Request request) {
        mayInclude(request);
        return include(body, request, request.command(body));
    }

    @PostMapping(path = "/api/v1/cloud-events", consumes = "application/cloudevents+json")
    ResponseEntity<PathwayAnswer> receive(@RequestBody CloudEventBody event, Request request) {
        mayInclude(request);
        if (!"1.0".equals(event.specversion()) || event.id() == null || event.source() == null) {
            throw Problems.badRequest(
                    "cloud-event-incomplete", "A CloudEvent needs specversion 1.0, id, source and type.");
        }
        if (!REQUESTED.equals(event.type()) || event.data() == null) {
            throw Problems.refused(Rejection.invalid(
                    "cloud-event-unknown", "Here " + REQUESTED + " is taken, with the inclusion as its data."));
        }
        // Source and id name the event for ever, whoever hands it in again: that is its idempotency key.
        CommandContext asked = request.command(event);
        return include(
                event.data(),
                request,
                new CommandContext(
                        "cloud-event/" + asked.actor().id() + "/" + event.source() + "#" + event.id(),
                        asked.fingerprint(),
                        asked.actor(),
                        asked.at(),
                        null,
                        asked.traceparent()));
    }

    private static void mayInclude(Request request) {
        request.caller().require(Role.PROFESSIONAL, Role.WARD, Role.COORDINATOR, Role.FEED);
    }

    private ResponseEntity<PathwayAnswer> include(InclusionBody body, Request request, CommandContext context) {
        String id = Pathways.idFor(context);
        Outcome<Pathway> outcome = pathways.include(context, body.read(request.caller(), patients));
        return Answers.created(URI.create("/api/v1/pathways/" + id), id, outcome, state -> PathwayAnswer.of(id, state));
    }
}
