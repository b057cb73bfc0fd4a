package fr.relais.pathway.web;

import fr.relais.events.EncounterEvent.Destination;
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
     * @param dischargedAt since when; now, where it is left out
     * @param stay the stay that ended; the one that asked for attention, where it is left out
     * @param destination where to: {@code home} where it is left out
     * @param holders who is asked for a role, before others are
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
        var to = HandoffsController.addressees(body);
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
        CallOutcome outcome = Words.of(CallOutcome.class, body.outcome(), "call-outcome-unknown", "outcome");
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
        Destination destination = body.destination() == null
                ? Destination.HOME
                : Words.of(Destination.class, body.destination(), "destination-unknown", "destination");
        Instant dischargedAt = body.dischargedAt() == null ? request.at() : body.dischargedAt();
        String stay = body.stay() == null ? stayOf(id) : body.stay();
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
                        body.holders() == null ? List.of() : body.holders()));
    }

    /** The stay that somebody is asked to look at, or that is expected to end; one of this pathway's own for want of any. */
    private String stayOf(String pathway) {
        return views.pathway(pathway)
                .map(Viewed::document)
                .map(view -> view.attention() != null ? view.attention().stay() : view.stay())
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
