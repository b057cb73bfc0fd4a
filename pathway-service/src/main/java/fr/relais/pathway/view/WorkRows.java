package fr.relais.pathway.view;

import fr.relais.kit.live.Change;
import fr.relais.pathway.view.PathwayView.Status;
import fr.relais.pathway.view.PathwayView.StepView;
import fr.relais.pathway.view.WorkRow.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which rows a pathway has in lists, one for each step, one for itself, and one once it is over. */
final class WorkRows {

    /** So many weeks without an answer are for the coordinator. */
    private static final int WEEKS_OF_SILENCE = 2;

    private static final String STRUCTURE = "structure:";

    private WorkRows() {}

    /** As they are kept. */
    static List<WorkRow> findable(PathwayView view) {
        return of(view).stream().map(WorkRow::findable).toList();
    }

    /** Without what they are found by. */
    static List<WorkRow> of(PathwayView view) {
        List<WorkRow> rows = new ArrayList<>();
        for (StepView step : view.steps()) {
            rows.add(row(view, step));
        }
        rows.add(row(view));
        if (view.before() != null) {
            // Also after it was reopened: a row once derived is derived for ever.
            rows.add(closing(view));
        }
        return rows;
    }

    // ---- a step

    private static WorkRow row(PathwayView view, StepView step) {
        HandoffRow held = held(view, step);
        Set<Kind> kinds = kinds(view, step);
        PathwayView.Report reported = step.probablyDone() ? step.reported() : null;
        Instant dueAt = step.dueAt();
        Instant since = since(view, step, kinds, reported);
        return new WorkRow(
                view.id() + "/" + step.key(),
                view.id(),
                view.patient(),
                kinds.isEmpty() ? List.of() : parties(view, step, held),
                List.copyOf(kinds),
                null,
                dueAt == null ? since : dueAt,
                since,
                view.template(),
                view.commune(),
                step.key(),
                step.role(),
                step.profession(),
                status(view, step),
                step.responsible(),
                structure(step.responsible(), held),
                step.holding(),
                dueAt,
                step.level(),
                step.unassigned(),
                silentSince(step) == null ? null : "unanswered-weeks",
                reported == null ? null : reported.by(),
                step.weeks() == null || step.done() ? 0 : step.weeks().inARow(),
                step.call() == null ? null : step.call().callBackAt(),
                step.call() == null ? null : step.call().by(),
                held == null ? null : held.appointment());
    }

    static Set<Kind> kinds(PathwayView view, StepView step) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (view.status() == Status.CLOSED || step.done()) {
            return kinds;
        }
        kinds.add(Kind.OPEN);
        boolean runs = view.status() == Status.RUNNING;
        if (step.probablyDone()) {
            // Probably done and late are never counted together.
            if (runs) {
                kinds.add(Kind.PROBABLY_DONE);
            }
            return kinds;
        }
        if (runs && step.overdue()) {
            kinds.add(Kind.LATE);
            if (step.level() > 0) {
                kinds.add(Kind.ESCALATED);
            }
        } else if (runs && step.dueAt() != null) {
            kinds.add(Kind.DUE_SOON);
        }
        if (step.unassigned() != null) {
            kinds.add(Kind.UNASSIGNED);
        }
        if (runs && silentSince(step) != null) {
            kinds.add(Kind.ATTENTION);
        }
        return kinds;
    }

    private static @Nullable Instant silentSince(StepView step) {
        PathwayView.Weeks weeks = step.weeks();
        return weeks != null && weeks.inARow() >= WEEKS_OF_SILENCE ? weeks.unansweredSince() : null;
    }

    private static Instant since(
            PathwayView view, StepView step, Set<Kind> kinds, PathwayView.@Nullable Report reported) {
        if (reported != null) {
            return reported.since();
        }
        Instant due = step.dueAt();
        if (kinds.contains(Kind.LATE) && due != null) {
            return due;
        }
        Instant silent = silentSince(step);
        if (silent != null) {
            return silent;
        }
        Instant unassigned = step.unassignedSince();
        return unassigned == null ? view.openedAt() : unassigned;
    }

    static @Nullable HandoffRow held(PathwayView view, StepView step) {
        return view.handoffs().stream()
                .filter(row -> row.id().equals(step.holding()))
                .findFirst()
                .orElse(null);
    }

    static String status(PathwayView view, StepView step) {
        if (step.done()) {
            return "done";
        }
        if (step.holding() != null) {
            return "accepted";
        }
        boolean offered = view.handoffs().stream()
                .anyMatch(row -> row.step().equals(step.key()) && row.status() == HandoffRow.Status.OFFERED);
        if (offered) {
            return "offered";
        }
        return step.unassigned() == null ? "waiting" : "unassigned";
    }

    /** The structure that answers, or for which the person who answers acts. */
    static @Nullable String structure(String responsible, @Nullable HandoffRow held) {
        if (responsible.startsWith(STRUCTURE)) {
            return responsible.substring(STRUCTURE.length());
        }
        return held == null ? null : structureOf(held);
    }

    /** The structure for which a handoff was answered. */
    static @Nullable String structureOf(HandoffRow row) {
        if (row.structure() != null) {
            return row.structure();
        }
        if (!row.to().startsWith(STRUCTURE)) {
            return null;
        }
        int profession = row.to().indexOf('#');
        return row.to().substring(STRUCTURE.length(), profession < 0 ? row.to().length() : profession);
    }

    private static List<String> parties(PathwayView view, StepView step, @Nullable HandoffRow held) {
        Set<String> parties = new LinkedHashSet<>();
        parties.add(WorkParty.watch(view.coordinator()));
        parties.add(WorkParty.own(view.owner()));
        if (!step.responsible().startsWith(STRUCTURE)) {
            parties.add(WorkParty.hold(step.responsible()));
        }
        if (held != null) {
            parties.add(WorkParty.hold(held.to()));
            String structure = structureOf(held);
            if (structure != null) {
                parties.add(WorkParty.diary(structure));
            }
        }
        parties.add(WorkParty.ALL);
        return List.copyOf(parties);
    }

    // ---- a pathway

    private static WorkRow row(PathwayView view) {
        Set<Kind> kinds = EnumSet.of(Kind.OPENED);
        PathwayView.Attention attention = view.attention();
        if (view.status() != Status.CLOSED) {
            kinds.add(Kind.PATHWAYS);
            if (attention != null) {
                kinds.add(Kind.ATTENTION);
            }
        }
        return row(
                view,
                view.id(),
                kinds,
                view.openedAt(),
                attention == null ? view.openedAt() : attention.since(),
                attention == null ? null : attention.why());
    }

    private static WorkRow closing(PathwayView view) {
        Instant closedAt = view.closedAt();
        String id = view.id() + "/closed";
        return view.status() != Status.CLOSED || closedAt == null
                ? row(view, id, Set.of(), view.openedAt(), view.openedAt(), null)
                : row(view, id, EnumSet.of(Kind.CLOSED), closedAt, closedAt, view.closeReason());
    }

    private static WorkRow row(
            PathwayView view, String id, Set<Kind> kinds, Instant when, Instant since, @Nullable String why) {
        String owner = view.owner();
        return new WorkRow(
                id,
                view.id(),
                view.patient(),
                List.of(WorkParty.watch(view.coordinator()), WorkParty.own(owner)),
                List.copyOf(kinds),
                null,
                when,
                since,
                view.template(),
                view.commune(),
                null,
                null,
                null,
                view.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                owner,
                structure(owner, null),
                null,
                null,
                0,
                null,
                why,
                null,
                0,
                null,
                null,
                null);
    }

    // ---- live

    /** Rows that came into a list, left one, or are another's now: told to those in whose lists they are or were. */
    static List<Change> changes(@Nullable PathwayView before, PathwayView after) {
        Map<String, WorkRow> was = new HashMap<>();
        if (before != null) {
            of(before).forEach(row -> was.put(row.id(), row));
        }
        List<Change> changes = new ArrayList<>();
        for (WorkRow row : of(after)) {
            WorkRow old = was.get(row.id());
            if (row.equals(old) || (old == null && row.kinds().isEmpty())) {
                continue;
            }
            Set<String> audience = new LinkedHashSet<>(row.parties());
            if (old != null) {
                audience.addAll(old.parties());
            }
            audience.remove(WorkParty.ALL);
            if (!audience.isEmpty()) {
                changes.add(new Change(
                        "work",
                        row.id(),
                        audience,
                        Map.of("pathway", row.pathway(), "kinds", words(row), "status", row.status())));
            }
        }
        return changes;
    }

    // Which steps are due soon changes with the clock: nobody is told.
    private static String words(WorkRow row) {
        return row.kinds().stream()
                .filter(kind -> kind != Kind.DUE_SOON)
                .map(Kind::word)
                .collect(Collectors.joining(","));
    }
}
