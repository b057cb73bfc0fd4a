package fr.relais.pathway.web;

import fr.relais.events.Actor;
import fr.relais.events.EventJson;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.access.Caller;
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
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.view.PathwayView;
import fr.relais.pathway.view.PathwayViews;
import java.time.Instant;
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
import tools.jackson.databind.JsonNode;

/** Pathways, for those whom they concern. */
@RestController
@RequestMapping("/api/v1/pathways/{id}")
class PathwaysController {

    private final Pathways pathways;
    private final PathwayViews views;

    PathwaysController(Pathways pathways, PathwayViews views) {
        this.pathways = pathways;
        this.views = views;
    }

    /**
     * One line of a timeline.
     *
     * @param data the event, null when this build does not know its type
     */
    record Line(
            long sequence,
            Instant time,
            String type,
            Actor actor,
            @Nullable String causation,
            @Nullable JsonNode data) {

        static Line of(RecordedEvent event) {
            return new Line(
                    event.sequence(),
                    event.time(),
                    event.type(),
                    event.actor(),
                    event.causation(),
                    event.event()
                            .<JsonNode>map(known -> EventJson.mapper().valueToTree(known))
                            .orElse(null));
        }
    }

    @GetMapping
    ResponseEntity<PathwayBody> pathway(@PathVariable String id, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(() -> views.sequenceOf(id));
        Viewed<PathwayView> found = concerned(id, caller);
        return Answers.read(
                found,
                behind,
                view -> PathwayBody.of(view, Concern.of(caller, view).knowsPatient()));
    }

    @GetMapping("/timeline")
    ResponseEntity<Page<Line>> timeline(@PathVariable String id, Paging paging, Caller caller, AtLeast atLeast) {
        boolean behind = atLeast.behind(() -> views.sequenceOf(id));
        concerned(id, caller);
        List<RecordedEvent> events = pathways.timeline(id, after(paging.after()), paging.limit() + 1);
        boolean more = events.size() > paging.limit();
        List<RecordedEvent> shown = more ? events.subList(0, paging.limit()) : events;
        return Answers.list(
                behind,
                new Page<>(
                        shown.stream().map(Line::of).toList(),
                        more ? Long.toString(shown.getLast().sequence()) : null));
    }

    private static long after(@Nullable String cursor) {
        try {
            return cursor == null ? 0 : Math.max(0, Long.parseLong(cursor));
        } catch (NumberFormatException e) {
            throw Problems.badRequest(
                    "cursor-malformed",
                    "after is the cursor that the page before gave as next; leave it out to begin.");
        }
    }

    @PostMapping("/close")
    ResponseEntity<PathwayAnswer> close(@PathVariable String id, Request request) {
        return run(id, request, null, given -> new PathwayCommand.Close(given, Acting.professional(request.caller())));
    }

    /** For steps that the owner does, such as the letter. */
    @PostMapping("/steps/{step}/complete")
    ResponseEntity<PathwayAnswer> complete(
            @PathVariable String id,
            @PathVariable String step,
            @RequestBody(required = false) HandoffsController.@Nullable CompleteBody body,
            Request request) {
        Instant doneAt = body == null ? null : body.doneAt();
        return run(
                id,
                request,
                body,
                given -> new PathwayCommand.CompleteStep(given, step, Acting.professional(request.caller()), doneAt));
    }

    /** For steps that nobody has: offers them to those named, or asks the directory again. */
    @PostMapping("/steps/{step}/offer")
    ResponseEntity<PathwayAnswer> offer(
            @PathVariable String id,
            @PathVariable String step,
            @RequestBody(required = false) HandoffsController.@Nullable ReassignBody body,
            Request request) {
        var to = HandoffsController.addressees(body);
        return run(
                id,
                request,
                body,
                given -> new PathwayCommand.OfferStep(given, step, Acting.professional(request.caller()), to));
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
