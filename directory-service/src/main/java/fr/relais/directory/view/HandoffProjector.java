package fr.relais.directory.view;

import com.mongodb.client.model.Filters;
import fr.relais.directory.view.HandoffView.Status;
import fr.relais.directory.view.PathwayHandoffs.Answer;
import fr.relais.events.DomainEvent;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffDeclined;
import fr.relais.events.PathwayEvent.HandoffExpired;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Buckets;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.kit.view.Share;
import fr.relais.kit.view.Tallies;
import fr.relais.kit.view.ViewIndex;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the directory's own picture of which handoffs are open with whom. */
public final class HandoffProjector implements Projector<PathwayHandoffs> {

    /** One row for each handoff. */
    public static final Rows<PathwayHandoffs, HandoffView> HANDOFFS = new Rows<>(
            "handoffs",
            3,
            HandoffView.class,
            HandoffView::id,
            PathwayHandoffs::handoffs,
            List.of(ViewIndex.on("parties", "since", "_id").where(Filters.eq("open", true))));

    /** One for each structure and week, never for a person. */
    public static final Tallies<PathwayHandoffs> TIMES = new Tallies<>("structure_times", 2, HandoffProjector::shares);

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    static final Buckets MINUTES_TO_ACCEPT = Buckets.of(
            "minutesToAccept", 5, 10, 15, 30, 45, 60, 90, 120, 180, 240, 360, 480, 720, 1_440, 2_880, 5_760, 10_080);

    static final String DONE = "done";
    static final String ON_TIME = "onTime";
    static final String SOMEONE = "someone-";

    @Override
    public String name() {
        return "pathway_handoffs";
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<PathwayHandoffs> document() {
        return PathwayHandoffs.class;
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public @Nullable PathwayHandoffs fold(@Nullable PathwayHandoffs state, RecordedEvent event) {
        return switch (event.event().orElse(null)) {
            case HandoffOffered offered -> offered(state, event, offered);
            case StepScheduled scheduled ->
                (state == null ? PathwayHandoffs.none(event.stream()) : state).due(scheduled.step(), scheduled.dueAt());
            case HandoffAccepted accepted ->
                answered(
                        changed(
                                state,
                                accepted.handoff(),
                                handoff -> handoff.now(Status.ACCEPTED, holders(accepted), event.time())),
                        accepted);
            case HandoffDeclined declined -> closed(state, declined.handoff(), Status.DECLINED, event);
            case HandoffExpired expired -> closed(state, expired.handoff(), Status.EXPIRED, event);
            case HandoffWithdrawn withdrawn -> closed(state, withdrawn.handoff(), Status.WITHDRAWN, event);
            case HandoffFailed failed -> closed(state, failed.handoff(), Status.FAILED, event);
            case StepCompleted(String step, String handoff, Party by, Instant doneAt)
            when handoff != null -> done(closed(state, handoff, Status.COMPLETED, event), step, handoff, doneAt);
            case null, default -> state;
        };
    }

    private static PathwayHandoffs offered(
            @Nullable PathwayHandoffs state, RecordedEvent event, HandoffOffered offered) {
        PathwayHandoffs before = state == null ? PathwayHandoffs.none(event.stream()) : state;
        List<HandoffView> handoffs = new ArrayList<>(before.handoffs());
        Party to = offered.to().party();
        handoffs.add(new HandoffView(
                offered.handoff(),
                event.stream(),
                offered.step(),
                Status.OFFERED,
                true,
                to.isPerson()
                        ? List.of(to.key())
                        : List.of(to.key(), offered.to().key()),
                event.time(),
                event.time(),
                offered.answerBy()));
        return before.with(handoffs);
    }

    private static List<String> holders(HandoffAccepted accepted) {
        String structure = accepted.structure();
        return structure == null
                ? List.of(accepted.by().key())
                : List.of(accepted.by().key(), Party.structure(structure).key());
    }

    private static @Nullable PathwayHandoffs closed(
            @Nullable PathwayHandoffs state, String handoff, Status status, RecordedEvent event) {
        return changed(state, handoff, one -> one.now(status, one.parties(), event.time()));
    }

    private static @Nullable PathwayHandoffs changed(
            @Nullable PathwayHandoffs state, String handoff, UnaryOperator<HandoffView> change) {
        if (state == null) {
            return null;
        }
        return state.with(state.handoffs().stream()
                .map(one -> one.id().equals(handoff) ? change.apply(one) : one)
                .toList());
    }

    /** What counts in a structure's times; whoever works alone has none. */
    private static @Nullable PathwayHandoffs answered(@Nullable PathwayHandoffs state, HandoffAccepted accepted) {
        String structure = accepted.structure();
        if (state == null || structure == null) {
            return state;
        }
        return state.handoffs().stream()
                .filter(one -> one.id().equals(accepted.handoff()))
                .findFirst()
                .map(handoff -> {
                    List<Answer> answers = new ArrayList<>(state.answers());
                    answers.removeIf(one -> one.handoff().equals(handoff.id()));
                    answers.add(new Answer(
                            handoff.id(),
                            structure,
                            (int) (Names.spread(accepted.by().id()) % Answer.SOMEONES),
                            Math.max(
                                    0,
                                    Duration.between(handoff.offeredAt(), accepted.acceptedAt())
                                            .toMinutes()),
                            null,
                            week(accepted.acceptedAt())));
                    return state.answered(answers);
                })
                .orElse(state);
    }

    private static @Nullable PathwayHandoffs done(
            @Nullable PathwayHandoffs state, String step, String handoff, Instant doneAt) {
        if (state == null) {
            return null;
        }
        Optional<Instant> due = state.dueAt(step);
        return due.isEmpty()
                ? state
                : state.answered(state.answers().stream()
                        .map(one -> one.handoff().equals(handoff) ? one.done(!doneAt.isAfter(due.get())) : one)
                        .toList());
    }

    /** The Monday of the week in which something happened, in French time. */
    static LocalDate week(Instant at) {
        return LocalDate.ofInstant(at, PARIS).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** What is counted for a structure in a week. */
    static String key(String finess, LocalDate week) {
        return Party.structure(finess).key() + "/week-" + week;
    }

    private static List<Share> shares(PathwayHandoffs state) {
        List<Share> shares = new ArrayList<>();
        for (Answer answer : state.answers()) {
            String structure = key(answer.structure(), answer.week());
            shares.add(MINUTES_TO_ACCEPT.share(structure, answer.minutes()));
            shares.add(Share.one(structure, SOMEONE + answer.someone()));
            Boolean onTime = answer.onTime();
            if (onTime != null) {
                shares.add(Share.one(structure, DONE));
                if (onTime) {
                    shares.add(Share.one(structure, ON_TIME));
                }
            }
        }
        return shares;
    }

    @Override
    public Duration gathers() {
        return Duration.ofMillis(100);
    }

    @Override
    public List<ViewIndex> indexes() {
        return List.of();
    }

    @Override
    public List<Rows<PathwayHandoffs, ?>> rows() {
        return List.of(HANDOFFS);
    }

    @Override
    public List<Tallies<PathwayHandoffs>> tallies() {
        return List.of(TIMES);
    }
}
