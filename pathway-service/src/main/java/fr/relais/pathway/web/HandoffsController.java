package fr.relais.pathway.web;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.DeclineReason;
import fr.relais.events.PathwayEvent.FailReason;
import fr.relais.kit.access.Caller;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.HandoffIds;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.domain.Professional;
import fr.relais.pathway.view.Colleagues;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.PathwayViews;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Handoffs, for those to whom they are offered, those who hold them and those who sent them. */
@RestController
@RequestMapping("/api/v1/handoffs")
class HandoffsController {

    private final Pathways pathways;
    private final PathwayViews views;
    private final Colleagues colleagues;

    HandoffsController(Pathways pathways, PathwayViews views, Colleagues colleagues) {
        this.pathways = pathways;
        this.views = views;
        this.colleagues = colleagues;
    }

    /**
     * Why somebody declines; one of the reasons in lower case: {@code full}, {@code out-of-area} …
     *
     * @param forAll whether a member says no for the whole structure; otherwise for themselves alone
     */
    record DeclineBody(@Nullable String reason, @Nullable Boolean forAll) {}

    /** When it was done; where it is left out, when others reported it done, or else now. */
    record CompleteBody(@Nullable Instant doneAt) {}

    /**
     * Why it could not be done: {@code patient-absent}, {@code patient-refused}, {@code patient-in-hospital}, {@code
     * order-missing}, {@code other}.
     */
    record FailBody(@Nullable String reason) {}

    /**
     * An appointment: {@code booked}, {@code fulfilled}, {@code noshow}, {@code cancelled}.
     *
     * @param startsAt when; needed for one that is booked
     */
    record AppointmentBody(
            @Nullable String status, @Nullable Instant startsAt) {}

    /** To whom it is passed on; the directory is asked where nobody is named. */
    record ReassignBody(@Nullable List<Party> to, @Nullable String profession) {}

    @GetMapping
    ResponseEntity<Page<HandoffBody>> worklist(
            @RequestParam @Nullable String status, Paging paging, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(views::sequenceOf);
        Set<String> audience = Acting.audience(caller, colleagues);
        Page<Viewed<HandoffRow>> page = views.handoffs(audience, status(status), paging);
        return Answers.list(
                behind || page.items().stream().anyMatch(Viewed::stale),
                page.map(row -> HandoffBody.of(row.document(), caller, audience)));
    }

    @GetMapping("/{id}")
    ResponseEntity<HandoffBody> handoff(@PathVariable String id, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(views::sequenceOf);
        Set<String> audience = Acting.audience(caller, colleagues);
        Viewed<HandoffRow> found = views.handoff(id)
                .filter(row -> isConcerned(caller, audience, row.document()))
                .orElseThrow(HandoffsController::notFound);
        return Answers.read(found, behind, row -> HandoffBody.of(row, caller, audience));
    }

    static boolean isConcerned(Caller caller, Set<String> audience, HandoffRow row) {
        return !Collections.disjoint(row.audience(), audience)
                || Acting.parties(caller).contains(row.from());
    }

    @PostMapping("/{id}/accept")
    ResponseEntity<HandoffAnswer> accept(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Accept(given, id, by(request)));
    }

    @PostMapping("/{id}/decline")
    ResponseEntity<HandoffAnswer> decline(@PathVariable String id, @RequestBody DeclineBody body, Request request) {
        DeclineReason reason = Words.of(
                DeclineReason.class,
                body.reason(),
                "decline-reason-unknown",
                "reason",
                any -> rightsFirst(
                        id, request, given -> new PathwayCommand.Decline(given, id, by(request), any, false)));
        return run(
                id,
                request,
                body,
                given ->
                        new PathwayCommand.Decline(given, id, by(request), reason, Boolean.TRUE.equals(body.forAll())));
    }

    @PostMapping("/{id}/withdraw")
    ResponseEntity<HandoffAnswer> withdraw(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Withdraw(given, id, by(request)));
    }

    @PostMapping("/{id}/complete")
    ResponseEntity<HandoffAnswer> complete(
            @PathVariable String id, @RequestBody(required = false) @Nullable CompleteBody body, Request request) {
        Instant doneAt = body == null ? null : body.doneAt();
        return run(id, request, body, given -> new PathwayCommand.Complete(given, id, by(request), doneAt));
    }

    @PostMapping("/{id}/reassign")
    ResponseEntity<HandoffAnswer> reassign(
            @PathVariable String id, @RequestBody(required = false) @Nullable ReassignBody body, Request request) {
        List<Addressee> to = addressees(
                body,
                () -> rightsFirst(
                        id, request, given -> new PathwayCommand.Reassign(given, id, by(request), List.of())));
        return run(id, request, body, given -> new PathwayCommand.Reassign(given, id, by(request), to));
    }

    /** They, or their secretary, have looked; nothing is answered yet. */
    @PostMapping("/{id}/seen")
    ResponseEntity<HandoffAnswer> seen(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.See(given, id, by(request)));
    }

    /** What was accepted could not be done: whoever sent it answers again, and others are asked. */
    @PostMapping("/{id}/fail")
    ResponseEntity<HandoffAnswer> fail(@PathVariable String id, @RequestBody FailBody body, Request request) {
        FailReason reason = Words.of(
                FailReason.class,
                body.reason(),
                "fail-reason-unknown",
                "reason",
                any -> rightsFirst(id, request, given -> new PathwayCommand.Fail(given, id, by(request), any)));
        return run(id, request, body, given -> new PathwayCommand.Fail(given, id, by(request), reason));
    }

    /** Takes back an acceptance of the last ten minutes; all who had been asked are asked again. */
    @PostMapping("/{id}/undo")
    ResponseEntity<HandoffAnswer> undo(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Undo(given, id, by(request)));
    }

    /** For whoever has the handoff and for their secretary; {@code fulfilled} reports it done, for them to confirm. */
    @PostMapping("/{id}/appointment")
    ResponseEntity<HandoffAnswer> appointment(
            @PathVariable String id, @RequestBody AppointmentBody body, Request request) {
        AppointmentStatus status = Words.of(
                AppointmentStatus.class,
                body.status(),
                "appointment-status-unknown",
                "status",
                any -> rightsFirst(
                        id,
                        request,
                        given -> new PathwayCommand.SetAppointment(given, id, by(request), any, body.startsAt())));
        return run(
                id,
                request,
                body,
                given -> new PathwayCommand.SetAppointment(given, id, by(request), status, body.startsAt()));
    }

    private Professional by(Request request) {
        return Acting.professional(request.caller(), colleagues);
    }

    private void rightsFirst(String id, Request request, Function<Circumstances, PathwayCommand> command) {
        String pathway = HandoffIds.pathwayOf(id).orElseThrow(HandoffsController::notFound);
        Acting.rightsFirst(pathways, pathway, request, command);
    }

    /**
     * Those named.
     *
     * @param rightsFirst throws where the caller may not offer it to anybody
     */
    static List<Addressee> addressees(@Nullable ReassignBody body, Runnable rightsFirst) {
        if (body == null || body.to() == null || body.to().isEmpty()) {
            return List.of();
        }
        String profession = body.profession();
        if (profession == null) {
            rightsFirst.run();
            throw Problems.refused(Rejection.invalid(
                    "profession-missing", "Say which profession (TRE_G15 code) of those named is asked."));
        }
        return body.to().stream().map(party -> new Addressee(party, profession)).toList();
    }

    private ResponseEntity<HandoffAnswer> run(
            String id, Request request, @Nullable Object body, Function<Circumstances, PathwayCommand> command) {
        String pathway = HandoffIds.pathwayOf(id).orElseThrow(HandoffsController::notFound);
        return Answers.of(
                pathway,
                pathways.run(pathway, request.command(body), command, request.ifMatch()),
                state -> HandoffAnswer.of(id, pathway, state));
    }

    private static HandoffRow.@Nullable Status status(@Nullable String word) {
        try {
            return word == null
                    ? null
                    : HandoffRow.Status.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw Problems.badRequest(
                    "status-unknown",
                    "status is one of offered, accepted, completed, passed-on, failed, declined, expired, withdrawn; leave it out for all.");
        }
    }

    private static ProblemException notFound() {
        return Problems.notFound("handoff-not-found", "There is no such handoff for you.");
    }
}
