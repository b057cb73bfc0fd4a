package fr.relais.pathway.web;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.CallOutcome;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.kit.access.Caller;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.domain.Professional;
import fr.relais.pathway.view.Colleagues;
import fr.relais.pathway.view.PathwayView;
import fr.relais.pathway.view.PathwayViews;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Pathways, for those whom they concern. */
@RestController
@RequestMapping("/api/v1/pathways/{id}")
class PathwaysController {

    private final Pathways pathways;
    private final PathwayViews views;
    private final Colleagues colleagues;

    PathwaysController(Pathways pathways, PathwayViews views, Colleagues colleagues) {
        this.pathways = pathways;
        this.views = views;
        this.colleagues = colleagues;
    }

    /** When it was done; now, where it is left out. */
    record ReportBody(@Nullable Instant doneAt) {}

    /**
     * One week of a recurring step was done, "tout fait sauf…".
     *
     * @param week its number; the first that waits for an answer, where it is left out
     * @param except days on which it was not done
     */
    record WeekBody(@Nullable Integer week, @Nullable List<LocalDate> except) {}

    /**
     * What became of a call: {@code answered}, {@code no-answer}.
     *
     * @param callBackAt until when nobody need look, because the caller tries again
     */
    record CallBody(@Nullable String outcome, @Nullable Instant callBackAt) {}

    /**
     * The patient is home, as a person says.
     *
     * @param dischargedAt since when; where it is left out as the hospital said, or else now
     * @param stay the stay that ended; the one that asked for attention, where it is left out
     * @param destination where to; where it is left out as the hospital said, if care goes on there, or else {@code home}
     * @param holders who is asked for a role, before others are; where they are left out those that the hospital named
     */
    record StartBody(
            @Nullable Instant dischargedAt,
            @Nullable String stay,
            @Nullable String destination,
            @Nullable List<Choice> holders) {}

    @GetMapping
    ResponseEntity<PathwayBody> pathway(@PathVariable String id, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(() -> views.sequenceOf(id));
        Viewed<PathwayView> found = concerned(id, caller);
        return Answers.read(
                found,
                behind,
                view -> PathwayBody.of(view, Concern.of(caller, view).knowsPatient()));
    }

    @PostMapping("/close")
    ResponseEntity<PathwayAnswer> close(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Close(given, by(request)));
    }

    /** For steps that the owner does, such as the letter. */
    @PostMapping("/steps/{step}/complete")
    ResponseEntity<PathwayAnswer> complete(
            @PathVariable String id,
            @PathVariable String step,
            @RequestBody(required = false) HandoffsController.@Nullable CompleteBody body,
            Request request) {
        Instant doneAt = body == null ? null : body.doneAt();
        return run(id, request, body, given -> new PathwayCommand.CompleteStep(given, step, by(request), doneAt));
    }

    /** For steps that nobody has: offers them to those named, or asks the directory again. */
    @PostMapping("/steps/{step}/offer")
    ResponseEntity<PathwayAnswer> offer(
            @PathVariable String id,
            @PathVariable String step,
            @RequestBody(required = false) HandoffsController.@Nullable ReassignBody body,
            Request request) {
        var to = HandoffsController.addressees(
                body,
                () -> Acting.rightsFirst(
                        pathways,
                        id,
                        request,
                        given -> new PathwayCommand.OfferStep(given, step, by(request), List.of())));
        return run(id, request, body, given -> new PathwayCommand.OfferStep(given, step, by(request), to));
    }

    /** Says that somebody else's step was done; whoever has it confirms or corrects. Their own is done with this. */
    @PostMapping("/steps/{step}/report-done")
    ResponseEntity<PathwayAnswer> reportDone(
            @PathVariable String id,
            @PathVariable String step,
            @RequestBody(required = false) @Nullable ReportBody body,
            Request request) {
        Instant doneAt = body == null || body.doneAt() == null ? request.at() : body.doneAt();
        return run(id, request, body, given -> new PathwayCommand.ReportDone(given, step, by(request), doneAt));
    }

    /** It was not done after all: says whoever has the step, or who watches over one that nobody has. */
    @PostMapping("/steps/{step}/correct-report")
    ResponseEntity<PathwayAnswer> correctReport(@PathVariable String id, @PathVariable String step, Request request) {
        return run(id, request, null, given -> new PathwayCommand.CorrectReport(given, step, by(request)));
    }

    /** The weekly tap of whoever has a recurring step: all was done, save on the days listed. */
    @PostMapping("/steps/{step}/weeks")
    ResponseEntity<PathwayAnswer> confirmWeek(
            @PathVariable String id,
            @PathVariable String step,
            @RequestBody(required = false) @Nullable WeekBody body,
            Request request) {
        Integer week = body == null ? null : body.week();
        List<LocalDate> except = body == null || body.except() == null ? List.of() : body.except();
        return run(id, request, body, given -> new PathwayCommand.ConfirmWeek(given, step, by(request), week, except));
    }

    /** Somebody who takes part called about a step. */
    @PostMapping("/steps/{step}/calls")
    ResponseEntity<PathwayAnswer> call(
            @PathVariable String id, @PathVariable String step, @RequestBody CallBody body, Request request) {
        CallOutcome outcome = Words.of(
                CallOutcome.class,
                body.outcome(),
                "call-outcome-unknown",
                "outcome",
                any -> Acting.rightsFirst(
                        pathways,
                        id,
                        request,
                        given -> new PathwayCommand.RecordCall(given, step, by(request), any, null)));
        return run(
                id,
                request,
                body,
                given -> new PathwayCommand.RecordCall(given, step, by(request), outcome, body.callBackAt()));
    }

    /** Stops a running pathway for a time: nobody is asked, nothing becomes late, who has a step keeps it. */
    @PostMapping("/pause")
    ResponseEntity<PathwayAnswer> pause(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Pause(given, by(request)));
    }

    /** Goes on after a pause that a person made; delays count from now. */
    @PostMapping("/resume")
    ResponseEntity<PathwayAnswer> resume(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Resume(given, by(request)));
    }

    /** Starts by hand a pathway of which the hospital did not say enough, such as one that needs attention. */
    @PostMapping("/start")
    ResponseEntity<PathwayAnswer> start(
            @PathVariable String id, @RequestBody(required = false) @Nullable StartBody asked, Request request) {
        StartBody body = asked == null ? new StartBody(null, null, null, null) : asked;
        PathwayView.Attention attention = views.pathway(id)
                .flatMap(found -> Optional.ofNullable(found.document().attention()))
                .filter(found -> body.stay() == null || body.stay().equals(found.stay()))
                .orElse(null);
        PathwayView.Proposed proposed = attention == null ? null : attention.proposed();
        Destination destination = body.destination() == null
                ? destination(proposed)
                : Words.of(
                        Destination.class,
                        body.destination(),
                        "destination-unknown",
                        "destination",
                        any -> Acting.rightsFirst(
                                pathways,
                                id,
                                request,
                                given -> new PathwayCommand.StartByHand(
                                        given, by(request), "", given.at(), any, null, List.of())));
        Instant dischargedAt = body.dischargedAt() != null
                ? body.dischargedAt()
                : proposed == null ? request.at() : proposed.dischargedAt();
        String stay = body.stay() != null ? body.stay() : attention != null ? attention.stay() : stayOf(id);
        return run(
                id,
                request,
                asked,
                given -> new PathwayCommand.StartByHand(
                        given,
                        by(request),
                        stay,
                        dischargedAt,
                        destination,
                        proposed == null ? null : proposed.facility(),
                        body.holders() == null ? holders(proposed, destination) : body.holders()));
    }

    /** Whoever starts a pathway says that care at home begins: also of a patient who was with a HAD, or transferred. */
    private static Destination destination(PathwayView.@Nullable Proposed proposed) {
        Destination said = proposed == null || proposed.destination() == null
                ? Destination.HOME
                : Words.of(Destination.class, proposed.destination(), "destination-unknown", "destination");
        return switch (said) {
            case HOME, MEDICO_SOCIAL, SSIAD, AGAINST_ADVICE -> said;
            case HAD, OTHER_HOSPITAL -> Destination.HOME;
        };
    }

    /** Those whom the hospital named, where the patient is where it said. */
    private static List<Choice> holders(PathwayView.@Nullable Proposed proposed, Destination destination) {
        if (proposed == null
                || !destination
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-')
                        .equals(proposed.destination())) {
            return List.of();
        }
        return proposed.holders().stream()
                .map(holder -> new Choice(holder.role(), Party.ofKey(holder.party())))
                .toList();
    }

    /** The stay that is expected to end; one of this pathway's own for want of any. */
    private String stayOf(String pathway) {
        return views.pathway(pathway)
                .map(Viewed::document)
                .map(PathwayView::stay)
                .orElse("stay-of-" + pathway);
    }

    private Professional by(Request request) {
        return Acting.professional(request.caller(), colleagues);
    }

    private ResponseEntity<PathwayAnswer> run(
            String id, Request request, @Nullable Object body, Function<Circumstances, PathwayCommand> command) {
        return Answers.of(
                id,
                pathways.run(id, request.command(body), command, request.ifMatch()),
                state -> PathwayAnswer.of(id, state));
    }

    private Viewed<PathwayView> concerned(String id, Caller caller) {
        return views.pathway(id)
                .filter(found -> Concern.of(caller, found.document()) != Concern.NONE)
                .orElseThrow(PathwaysController::notFound);
    }

    private static ProblemException notFound() {
        return Problems.notFound("pathway-not-found", "There is no such pathway for you.");
    }
}
