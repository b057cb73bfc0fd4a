package fr.relais.pathway.view;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;

import fr.relais.events.DomainEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.AppointmentSet;
import fr.relais.events.PathwayEvent.CallMade;
import fr.relais.events.PathwayEvent.DischargeExpected;
import fr.relais.events.PathwayEvent.DischargeRetracted;
import fr.relais.events.PathwayEvent.DocumentReceived;
import fr.relais.events.PathwayEvent.DoneReportCorrected;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffLeftToOthers;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffSeen;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.NeedsAttention;
import fr.relais.events.PathwayEvent.NoteAdded;
import fr.relais.events.PathwayEvent.Reopened;
import fr.relais.events.PathwayEvent.Resumed;
import fr.relais.events.PathwayEvent.Started;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepDueSoon;
import fr.relais.events.PathwayEvent.StepEscalated;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.StepReportedDone;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.PathwayEvent.StepUnassigned;
import fr.relais.events.PathwayEvent.WeekConfirmed;
import fr.relais.events.PathwayEvent.WeekUnanswered;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.live.Change;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.Tallies;
import fr.relais.kit.view.ViewIndex;
import fr.relais.pathway.view.DeadlineRow.Kind;
import fr.relais.pathway.view.PathwayView.SearchView;
import fr.relais.pathway.view.PathwayView.Status;
import fr.relais.pathway.view.PathwayView.StepView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Folds the events of pathways into what is read of them. */
public final class PathwayProjector implements Projector<PathwayView> {

    private static final int LEVELS = 3;

    /** Each handoff, for the worklists of those concerned. */
    public static final Rows<PathwayView, HandoffRow> HANDOFFS = new Rows<>(
            "handoffs",
            4,
            HandoffRow.class,
            HandoffRow::id,
            PathwayProjector::handoffRows,
            List.of(ViewIndex.on("audience", "status", "when", "_id")));

    /** Each step, and each pathway, in the lists where somebody looks for it. */
    public static final Rows<PathwayView, WorkRow> WORK = new Rows<>(
            "work",
            5,
            WorkRow.class,
            WorkRow::id,
            WorkRows::findable,
            List.of(ViewIndex.on("terms", "status", "when", "_id").where(exists("terms"))));

    /** The counters of boards. */
    public static final Tallies<PathwayView> BOARDS = new Tallies<>("boards", 3, BoardTallies::of);

    /** What falls due. */
    public static final Rows<PathwayView, DeadlineRow> DEADLINES = new Rows<>(
            "deadlines",
            3,
            DeadlineRow.class,
            DeadlineRow::id,
            PathwayProjector::deadlineRows,
            List.of(ViewIndex.on("open", "dueAt").where(eq("open", true))));

    @Override
    public String name() {
        return "pathways";
    }

    @Override
    public int version() {
        return 7;
    }

    @Override
    public Class<PathwayView> document() {
        return PathwayView.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of(ViewIndex.on("patient", "_id"));
    }

    @Override
    public List<Rows<PathwayView, ?>> rows() {
        return List.of(HANDOFFS, WORK, DEADLINES);
    }

    @Override
    public List<Tallies<PathwayView>> tallies() {
        return List.of(BOARDS);
    }

    @Override
    public @Nullable PathwayView fold(@Nullable PathwayView state, RecordedEvent recorded) {
        if (!(recorded.event().orElse(null) instanceof PathwayEvent event)) {
            return state;
        }
        if (event instanceof PathwayEvent.Opened opened) {
            return opened(opened, recorded);
        }
        return state == null ? null : fold(state, event, recorded);
    }

    private static PathwayView opened(PathwayEvent.Opened e, RecordedEvent recorded) {
        return new PathwayView(
                recorded.stream(),
                e.patient(),
                e.template(),
                e.templateVersion(),
                e.owner().key(),
                e.coordinator().key(),
                e.commune(),
                Status.WAITING_FOR_DISCHARGE,
                recorded.time(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                preparation(e.preparation()));
    }

    private static PathwayView.@Nullable Preparation preparation(PathwayEvent.@Nullable Preparation said) {
        return said == null
                ? null
                : new PathwayView.Preparation(said.orderReady(), said.materialReady(), said.line(), said.lineUntil());
    }

    private static PathwayView.@Nullable Proposed proposed(PathwayEvent.@Nullable Proposal proposal) {
        if (proposal == null) {
            return null;
        }
        var destination = proposal.destination();
        return new PathwayView.Proposed(
                destination == null ? null : word(destination),
                proposal.dischargedAt(),
                proposal.facility(),
                proposal.holders().stream()
                        .map(choice -> new PathwayView.Holder(
                                choice.role(), choice.party().key()))
                        .toList());
    }

    private static PathwayView over(PathwayView view, String stay) {
        PathwayView.Attention attention = view.attention();
        return attention != null && attention.stay().equals(stay) ? view.withAttention(null) : view;
    }

    private static PathwayView fold(PathwayView view, PathwayEvent event, RecordedEvent recorded) {
        return switch (event) {
            case PathwayEvent.Opened e -> view;
            case DischargeExpected e -> view.withStay(e.stay(), e.expectedAt(), view.dischargedAt());
            case Started e ->
                view.withStatus(Status.RUNNING)
                        .withStay(e.stay(), null, e.dischargedAt())
                        .withEndsAt(e.endsAt())
                        .withAttention(null);
            case DischargeRetracted e ->
                asksNobody(over(view, e.stay())
                                .withStatus(Status.WAITING_FOR_DISCHARGE)
                                .withStay(null, null, null)
                                .withEndsAt(null))
                        .eachStep(step -> step.done()
                                ? step
                                : step.withReport(null, recorded.sequence())
                                        .withDelay(null, null, null, recorded.sequence()));
            case PathwayEvent.Paused e -> asksNobody(view.withStatus(Status.PAUSED));
            case Resumed e -> view.withStatus(Status.RUNNING);
            case NeedsAttention e ->
                view.withAttention(
                        new PathwayView.Attention(e.stay(), e.why(), recorded.time(), proposed(e.proposal())));
            case PathwayEvent.AttentionOver e -> over(view, e.stay());
            case PathwayEvent.Closed e ->
                asksNobody(view.withEnd(e.reason().name(), e.closedAt(), view.status())
                        .withStatus(Status.CLOSED)
                        .withAttention(null));
            case Reopened e -> {
                Status before = view.before();
                yield view.withStatus(before == null ? Status.WAITING_FOR_DISCHARGE : before)
                        .withEnd(null, null, before);
            }
            case StepScheduled e -> scheduled(view, e, recorded.sequence());
            case StepSeeksSomeone e -> {
                List<SearchView> searches = new ArrayList<>(closedSearches(view, e.step()));
                searches.add(new SearchView(e.search(), e.step(), e.answerBy(), true));
                yield view.with(view.steps(), view.handoffs(), searches)
                        .step(e.step(), step -> step.withUnassigned(null, null));
            }
            case StepUnassigned e ->
                view.with(view.steps(), view.handoffs(), closedSearches(view, e.step()))
                        .step(
                                e.step(),
                                step -> step.withUnassigned(e.reason().name(), recorded.time())
                                        .withResponsible(e.responsible().key(), step.holding()));
            case HandoffOffered e -> offered(view, e, recorded.time());
            case HandoffAccepted e ->
                view.handoff(
                                e.handoff(),
                                row -> ended(
                                        row,
                                        HandoffRow.Status.ACCEPTED,
                                        e.acceptedAt(),
                                        e.by().key(),
                                        e.structure(),
                                        e.acceptedAt(),
                                        null,
                                        null))
                        .step(
                                e.step(),
                                step -> step.withUnassigned(null, null).withResponsible(e.by().key(), e.handoff()));
            case HandoffDeclined e ->
                view.handoff(
                        e.handoff(),
                        row -> ended(
                                row,
                                HandoffRow.Status.DECLINED,
                                e.declinedAt(),
                                e.by().key(),
                                null,
                                null,
                                word(e.reason()),
                                null));
            case HandoffExpired e ->
                view.handoff(
                        e.handoff(),
                        row -> ended(row, HandoffRow.Status.EXPIRED, recorded.time(), null, null, null, null, null));
            case HandoffWithdrawn e ->
                view.handoff(
                                e.handoff(),
                                row -> ended(
                                        row,
                                        e.reason() == WithdrawReason.REASSIGNED
                                                ? HandoffRow.Status.PASSED_ON
                                                : HandoffRow.Status.WITHDRAWN,
                                        recorded.time(),
                                        row.by(),
                                        row.structure(),
                                        row.acceptedAt(),
                                        word(e.reason()),
                                        e.takenBy() == null ? null : e.takenBy().key()))
                        .step(
                                e.step(),
                                step -> e.handoff().equals(step.holding())
                                        ? step.withResponsible(e.responsible().key(), null)
                                        : step);
            case StepCompleted e ->
                (e.handoff() == null
                                ? view
                                : view.handoff(
                                        e.handoff(),
                                        row -> ended(
                                                row,
                                                HandoffRow.Status.COMPLETED,
                                                e.doneAt(),
                                                e.by().key(),
                                                row.structure(),
                                                row.acceptedAt(),
                                                null,
                                                null)))
                        .withSearches(closedSearches(view, e.step()))
                        .step(e.step(), step -> step.withDone(e.by().key(), e.doneAt()));
            case HandoffSeen e -> view.handoff(e.handoff(), row -> row.seen(e.by().key()));
            case HandoffLeftToOthers e -> view.handoff(e.handoff(), row -> row.left(e.by().key()));
            case HandoffFailed e ->
                view.handoff(
                                e.handoff(),
                                row -> ended(
                                        row,
                                        HandoffRow.Status.FAILED,
                                        e.failedAt(),
                                        e.by().key(),
                                        row.structure(),
                                        row.acceptedAt(),
                                        word(e.reason()),
                                        null))
                        .step(
                                e.step(),
                                step -> step.withResponsible(e.responsible().key(), null));
            case AppointmentSet e ->
                view.handoff(
                        e.handoff(),
                        row -> row.with(new HandoffRow.Appointment(word(e.status()), e.startsAt(), e.by().key())));
            case StepReportedDone e ->
                view.step(
                        e.step(),
                        step -> step.withReport(
                                new PathwayView.Report(e.by().key(), word(e.how()), e.doneAt(), recorded.time()),
                                recorded.sequence()));
            case DoneReportCorrected e -> view.step(e.step(), step -> step.withReport(null, recorded.sequence()));
            case WeekConfirmed e -> view.step(e.step(), step -> weeks(step, weeks -> weeks.confirmed(e.week())));
            case WeekUnanswered e ->
                view.step(
                        e.step(),
                        step -> weeks(step, weeks -> weeks.unanswered(e.week(), e.inARow(), recorded.time())));
            case CallMade e ->
                view.step(
                        e.step(),
                        step -> step.withCall(
                                new PathwayView.Call(e.by().key(), word(e.outcome()), e.callBackAt(), e.at())));
            // Shown by the timeline alone.
            case NoteAdded _, DocumentReceived _ -> view;
            case PathwayEvent.HospitalNews _ -> view;
            case PathwayEvent.DischargeNoLongerExpected _ -> view.withStay(view.stay(), null, view.dischargedAt());
            case PathwayEvent.PatientChanged e -> view.withPatient(e.patient());
            case StepDueSoon e -> view.step(e.step(), step -> step.withTold(true, step.overdue(), step.level()));
            case StepOverdue e -> view.step(e.step(), step -> step.withTold(step.dueSoon(), true, step.level()));
            case StepEscalated e -> view.step(e.step(), step -> step.withTold(step.dueSoon(), true, e.level()));
        };
    }

    private static PathwayView scheduled(PathwayView view, StepScheduled e, long sequence) {
        if (view.step(e.step()).isPresent()) {
            return view.step(
                    e.step(), step -> weekly(step.withDelay(e.remindAt(), e.dueAt(), e.lateAt(), sequence), e));
        }
        List<StepView> steps = new ArrayList<>(view.steps());
        StepView step = new StepView(
                e.step(),
                e.role(),
                e.profession(),
                false,
                e.responsible().key(),
                null,
                null,
                null,
                e.remindAt(),
                e.dueAt(),
                e.lateAt(),
                sequence,
                false,
                false,
                0,
                null,
                null,
                null,
                null,
                null);
        steps.add(weekly(step, e));
        return view.with(steps, view.handoffs(), view.searches());
    }

    private static StepView weekly(StepView step, StepScheduled e) {
        PathwayEvent.Weekly weekly = e.weekly();
        if (weekly == null) {
            return step;
        }
        PathwayView.Weeks weeks = step.weeks();
        return step.withWeeks(
                weeks == null
                        ? new PathwayView.Weeks(weekly.answersBy(), List.of(), List.of(), 0, null)
                        : weeks.withAnswersBy(weekly.answersBy()));
    }

    private static StepView weeks(StepView step, UnaryOperator<PathwayView.Weeks> change) {
        PathwayView.Weeks weeks = step.weeks();
        return weeks == null ? step : step.withWeeks(change.apply(weeks));
    }

    private static PathwayView offered(PathwayView view, HandoffOffered e, Instant at) {
        List<HandoffRow> handoffs = new ArrayList<>(view.handoffs());
        StepView step = view.step(e.step()).orElse(null);
        handoffs.add(new HandoffRow(
                e.handoff(),
                view.id(),
                view.patient(),
                e.step(),
                step == null ? "" : step.role(),
                e.to().profession(),
                HandoffRow.Status.OFFERED,
                List.of(e.to().key()),
                e.answerBy(),
                e.to().key(),
                e.from().key(),
                e.wave(),
                at,
                e.answerBy(),
                TermsView.of(e.terms(), view.preparation()),
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                List.of(),
                List.of(),
                null,
                false));
        return view.with(view.steps(), handoffs, closedSearches(view, e.step()))
                .step(e.step(), s -> s.withUnassigned(null, null));
    }

    private static PathwayView asksNobody(PathwayView view) {
        List<SearchView> closed =
                view.searches().stream().map(PathwayProjector::closed).toList();
        return view.with(view.steps(), view.handoffs(), closed).eachStep(step -> step.withUnassigned(null, null));
    }

    private static List<SearchView> closedSearches(PathwayView view, String step) {
        return view.searches().stream()
                .map(search -> search.step().equals(step) ? closed(search) : search)
                .toList();
    }

    private static SearchView closed(SearchView search) {
        return search.open() ? new SearchView(search.search(), search.step(), search.answerBy(), false) : search;
    }

    // ---- parts of a handoff

    private static HandoffRow ended(
            HandoffRow row,
            HandoffRow.Status status,
            Instant when,
            @Nullable String by,
            @Nullable String structure,
            @Nullable Instant acceptedAt,
            @Nullable String reason,
            @Nullable String takenBy) {
        Set<String> audience = new LinkedHashSet<>(row.audience());
        if (by != null) {
            audience.add(by);
        }
        return new HandoffRow(
                row.id(),
                row.pathway(),
                row.patient(),
                row.step(),
                row.role(),
                row.profession(),
                status,
                List.copyOf(audience),
                when,
                row.to(),
                row.from(),
                row.wave(),
                row.offeredAt(),
                row.answerBy(),
                row.terms(),
                by,
                structure,
                acceptedAt,
                row.dueAt(),
                row.late(),
                reason,
                takenBy,
                row.seenBy(),
                row.leftBy(),
                row.appointment(),
                row.probablyDone());
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    // ---- rows

    private static List<HandoffRow> handoffRows(PathwayView view) {
        List<HandoffRow> rows = new ArrayList<>(view.handoffs().size());
        for (HandoffRow row : view.handoffs()) {
            StepView step = view.step(row.step()).orElse(null);
            if (step == null) {
                rows.add(row);
                continue;
            }
            boolean accepted = row.status() == HandoffRow.Status.ACCEPTED;
            Instant due = step.dueAt();
            rows.add(new HandoffRow(
                    row.id(),
                    row.pathway(),
                    row.patient(),
                    row.step(),
                    row.role(),
                    row.profession(),
                    row.status(),
                    row.audience(),
                    accepted && due != null ? due : row.when(),
                    row.to(),
                    row.from(),
                    row.wave(),
                    row.offeredAt(),
                    row.answerBy(),
                    row.terms(),
                    row.by(),
                    row.structure(),
                    row.acceptedAt(),
                    due,
                    accepted && step.overdue() && !step.probablyDone(),
                    row.reason(),
                    row.takenBy(),
                    row.seenBy(),
                    row.leftBy(),
                    row.appointment(),
                    accepted && step.probablyDone()));
        }
        return rows;
    }

    private static List<DeadlineRow> deadlineRows(PathwayView view) {
        List<DeadlineRow> rows = new ArrayList<>();
        for (StepView step : view.steps()) {
            rows.add(ladder(view, step));
            weeks(rows, view, step);
        }
        boolean open = view.status() != Status.CLOSED;
        Instant endsAt = view.endsAt();
        rows.add(new DeadlineRow(
                view.id() + "/end",
                endsAt == null ? view.openedAt() : endsAt,
                open && endsAt != null,
                Kind.END,
                view.id(),
                null,
                null,
                0,
                null,
                0));
        for (HandoffRow handoff : view.handoffs()) {
            rows.add(new DeadlineRow(
                    handoff.id() + "/answer",
                    handoff.answerBy(),
                    open && handoff.status() == HandoffRow.Status.OFFERED,
                    Kind.ANSWER,
                    view.id(),
                    handoff.step(),
                    handoff.id(),
                    0,
                    null,
                    0));
        }
        for (SearchView search : view.searches()) {
            rows.add(new DeadlineRow(
                    search.search() + "/answer",
                    search.answerBy(),
                    open && search.open(),
                    Kind.SEARCH,
                    view.id(),
                    search.step(),
                    search.search(),
                    0,
                    null,
                    0));
        }
        return rows;
    }

    /**
     * The next rung of a step's ladder. One row climbs it: what falls due is told, and then the next rung is due. Where the
     * rules find it moot, the view has not come so far yet, and the row will be another.
     */
    private static DeadlineRow ladder(PathwayView view, StepView step) {
        Instant remindAt = step.remindAt();
        Instant dueAt = step.dueAt();
        boolean runs = runs(view, step) && step.weeks() == null && remindAt != null && dueAt != null;
        Instant due = dueAt == null ? view.openedAt() : dueAt;
        if (step.overdue()) {
            int level = Math.min(step.level() + 1, LEVELS);
            boolean climbs = runs && step.lateAt() == null && step.level() < LEVELS;
            Instant at = due.plus(WorkRow.ESCALATED_AFTER.multipliedBy(level));
            return rung(view, step, "ladder", at, climbs, Kind.ESCALATE, level);
        }
        if (step.dueSoon()) {
            return rung(view, step, "ladder", step.lateAt() == null ? due : step.lateAt(), runs, Kind.OVERDUE, 0);
        }
        return rung(view, step, "ladder", remindAt == null ? due : remindAt, runs, Kind.REMIND, 0);
    }

    private static boolean runs(PathwayView view, StepView step) {
        return view.status() == Status.RUNNING && !step.done() && !step.probablyDone();
    }

    private static void weeks(List<DeadlineRow> rows, PathwayView view, StepView step) {
        PathwayView.Weeks weeks = step.weeks();
        if (weeks == null) {
            return;
        }
        boolean runs = runs(view, step) && step.dueAt() != null;
        for (int week = 1; week <= weeks.answersBy().size(); week++) {
            rows.add(rung(
                    view,
                    step,
                    "week-" + week,
                    weeks.answersBy().get(week - 1),
                    runs && weeks.isPending(week),
                    Kind.WEEK,
                    week));
        }
    }

    private static DeadlineRow rung(
            PathwayView view, StepView step, String name, Instant at, boolean open, Kind kind, int level) {
        return new DeadlineRow(
                view.id() + "/" + step.key() + "/" + name,
                at,
                open,
                kind,
                view.id(),
                step.key(),
                null,
                level,
                step.dueAt(),
                step.scheduled());
    }

    // ---- live

    @Override
    public List<Change> changes(@Nullable PathwayView before, PathwayView after, RecordedEvent cause) {
        List<Change> changes = new ArrayList<>();
        Set<String> watching = new LinkedHashSet<>();
        watching.add(after.owner());
        watching.add(after.coordinator());
        after.steps().forEach(step -> watching.add(step.responsible()));
        changes.add(new Change("pathway", after.id(), watching, Map.of("event", cause.type())));
        for (HandoffRow row : after.handoffs()) {
            HandoffRow was = before == null
                    ? null
                    : before.handoffs().stream()
                            .filter(old -> old.id().equals(row.id()))
                            .findFirst()
                            .orElse(null);
            if (was == null || was.status() != row.status()) {
                Set<String> audience = new LinkedHashSet<>(row.audience());
                audience.add(row.from());
                changes.add(new Change(
                        "handoff",
                        row.id(),
                        audience,
                        Map.of("status", row.status().name().toLowerCase(Locale.ROOT), "step", row.step())));
            }
        }
        changes.addAll(WorkRows.changes(before, after));
        return changes;
    }
}
