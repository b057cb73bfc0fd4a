package fr.relais.pathway.web;

import fr.relais.events.Actor;
import fr.relais.events.EventJson;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.access.Caller;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.pathway.application.Looks;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.view.PathwayViews;
import fr.relais.pathway.view.TellingView;
import fr.relais.pathway.view.Tellings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What happened on a pathway, as the journal has it, and beside each event who was told of it and who has read it. */
@RestController
@RequestMapping("/api/v1/pathways/{id}")
class TimelineController {

    /** What in an event says which person, or which stay of theirs, it is about. */
    private static final Set<String> OF_THE_PATIENT = Set.of("patient", "former", "stay");

    private final Pathways pathways;
    private final PathwayViews views;
    private final Tellings tellings;
    private final Looks looks;

    TimelineController(Pathways pathways, PathwayViews views, Tellings tellings, Looks looks) {
        this.looks = looks;
        this.pathways = pathways;
        this.views = views;
        this.tellings = tellings;
    }

    /**
     * One line of a timeline.
     *
     * @param time when it was recorded
     * @param effectiveAt when it happened, as whoever reported it says; null where that is when it was recorded
     * @param causation id of the event that caused it, where the caller may know it
     * @param data the event, null when this build does not know its type
     * @param told who was told of it
     */
    record Line(
            long sequence,
            Instant time,
            @Nullable Instant effectiveAt,
            String type,
            Actor actor,
            @Nullable String causation,
            @Nullable JsonNode data,
            List<Told> told) {}

    /**
     * One telling, to one person or structure by one channel.
     *
     * @param notice what they were told: {@code offer}, {@code reminder} …
     * @param trouble {@code failed} while it is tried again, {@code given-up} when it no longer is
     */
    record Told(
            String recipient,
            String channel,
            String notice,
            @Nullable String step,
            @Nullable String handoff,
            Instant queuedAt,
            @Nullable Instant sentAt,
            @Nullable Instant deliveredAt,
            @Nullable Instant readAt,
            @Nullable String readBy,
            @Nullable String trouble,
            @Nullable Instant recalledAt) {

        static Told of(TellingView view) {
            return new Told(
                    view.recipient(),
                    view.channel(),
                    view.notice(),
                    view.step(),
                    view.handoff(),
                    view.queuedAt(),
                    view.sentAt(),
                    view.deliveredAt(),
                    view.readAt(),
                    view.readBy(),
                    view.trouble(),
                    view.recalledAt());
        }
    }

    /**
     * Everything, the first first.
     *
     * @param order {@code asc}, or {@code desc} for the last first
     */
    @GetMapping("/timeline")
    ResponseEntity<Page<Line>> timeline(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String order,
            Paging paging,
            Caller caller,
            AtLeast atLeast) {
        boolean behind = atLeast.behind(() -> views.sequenceOf(id));
        boolean knowsPatient = concern(id, caller).knowsPatient();
        List<RecordedEvent> events = backwards(order)
                ? pathways.timelineBackwards(
                        id, paging.after() == null ? Long.MAX_VALUE : after(paging.after()), paging.limit() + 1)
                : pathways.timeline(id, after(paging.after()), paging.limit() + 1);
        boolean more = events.size() > paging.limit();
        List<RecordedEvent> shown = more ? events.subList(0, paging.limit()) : events;
        Map<String, List<TellingView>> told =
                tellings.ofEvents(shown.stream().map(RecordedEvent::id).toList());
        return Answers.list(
                behind,
                new Page<>(
                        shown.stream()
                                .map(event -> line(event, knowsPatient, told.getOrDefault(event.id(), List.of())))
                                .toList(),
                        more ? Long.toString(shown.getLast().sequence()) : null));
    }

    /**
     * How far the caller has seen the pathway.
     *
     * @param of {@code sheet} for the sheet of paper that the patient has, whoever prints it; left out for the caller's own look
     * @param seen sequence of the last event that is shown now; may be left out for a sheet, which shows all
     * @param before that of the look before; null the first time
     * @param beforeAt when that was
     */
    record LookBody(
            @Nullable String of,
            @Nullable Long seen,
            @Nullable Long before,
            @Nullable Instant beforeAt) {}

    /** The caller looks, and sees everything up to {@code seen}; answers how far they had seen it before. */
    @PostMapping("/looks")
    LookBody look(@PathVariable String id, @RequestBody LookBody body, Caller caller) {
        Concern concern = concern(id, caller);
        boolean sheet = Looks.SHEET.equals(body.of());
        if (sheet && !concern.knowsPatient()) {
            throw Problems.notFound("pathway-not-found", "There is no such pathway for you.");
        }
        Long seen = sheet && body.seen() == null ? Long.valueOf(views.sequenceOf(id)) : body.seen();
        if (seen == null || seen < 0) {
            throw Problems.badRequest("seen-missing", "Say seen, the sequence of the last event that you show.");
        }
        Looks.Look before =
                looks.look(sheet ? Looks.SHEET : caller.id(), id, seen).orElse(null);
        return new LookBody(
                body.of(), seen, before == null ? null : before.seen(), before == null ? null : before.at());
    }

    /** Who was told what, in the order in which it was decided. */
    @GetMapping("/tellings")
    ResponseEntity<Page<Told>> tellings(@PathVariable String id, Paging paging, Caller caller) {
        concern(id, caller);
        Page<Viewed<TellingView>> page = tellings.ofPathway(id, paging);
        return Answers.list(
                page.items().stream().anyMatch(Viewed::stale), page.map(telling -> Told.of(telling.document())));
    }

    private static Line line(RecordedEvent recorded, boolean knowsPatient, List<TellingView> told) {
        return new Line(
                recorded.sequence(),
                recorded.time(),
                recorded.event().map(TimelineController::effectiveAt).orElse(null),
                recorded.type(),
                recorded.actor(),
                knowsPatient || !isOfThePatient(recorded.causation()) ? recorded.causation() : null,
                recorded.event().map(event -> data(event, knowsPatient)).orElse(null),
                told.stream().map(Told::of).toList());
    }

    /** Events of the patient's own stream bear the patient's id. */
    private static boolean isOfThePatient(@Nullable String causation) {
        return causation != null && causation.startsWith("patient-");
    }

    private static JsonNode data(Object event, boolean knowsPatient) {
        JsonNode data = EventJson.mapper().valueToTree(event);
        if (!knowsPatient && data instanceof ObjectNode fields) {
            fields.remove(OF_THE_PATIENT);
        }
        return data;
    }

    /** When it happened, where the event says so itself. */
    private static @Nullable Instant effectiveAt(Object event) {
        return switch (event) {
            case PathwayEvent.Started e -> e.dischargedAt();
            case PathwayEvent.HandoffAccepted e -> e.acceptedAt();
            case PathwayEvent.HandoffDeclined e -> e.declinedAt();
            case PathwayEvent.HandoffLeftToOthers e -> e.leftAt();
            case PathwayEvent.HandoffSeen e -> e.seenAt();
            case PathwayEvent.HandoffFailed e -> e.failedAt();
            case PathwayEvent.StepCompleted e -> e.doneAt();
            case PathwayEvent.StepReportedDone e -> e.doneAt();
            case PathwayEvent.DoneReportCorrected e -> e.at();
            case PathwayEvent.WeekConfirmed e -> e.at();
            case PathwayEvent.HospitalNews e -> e.at();
            case PathwayEvent.NoteAdded e -> e.at();
            case PathwayEvent.DocumentReceived e -> e.at();
            case PathwayEvent.CallMade e -> e.at();
            case PathwayEvent.Closed e -> e.closedAt();
            case PathwayEvent.Reopened e -> e.at();
            default -> null;
        };
    }

    private Concern concern(String id, Caller caller) {
        Concern concern = views.pathway(id)
                .map(found -> Concern.of(caller, found.document()))
                .orElse(Concern.NONE);
        if (concern == Concern.NONE) {
            throw Problems.notFound("pathway-not-found", "There is no such pathway for you.");
        }
        return concern;
    }

    private static boolean backwards(@Nullable String order) {
        if (order != null && !order.equals("asc") && !order.equals("desc")) {
            throw Problems.badRequest("order-unknown", "order is asc or desc.");
        }
        return "desc".equals(order);
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
}
