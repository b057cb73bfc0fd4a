package fr.relais.pathway.domain;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.events.EncounterEvent.MovementReported;
import fr.relais.events.EncounterEvent.StaySnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital said of one stay, movement by movement. The same reports in any order make the same stay: of a movement
 * what was recorded last holds, and how the stay stands is read from the movements that hold.
 *
 * @param reports by the movement's id; movements without one, one for each kind
 * @param undone cancellations that name no movement: they take back what was recorded before them
 * @param reported whether it is made of reports; events of older builds told what follows from them only
 * @param heard how many reports changed it
 */
public record Stay(
        String facility, Map<String, Report> reports, Map<MovementKind, Mark> undone, boolean reported, int heard) {

    /** When it was recorded; of two that were recorded at once, arrival decides. */
    public record Mark(Instant saidAt, int order) implements Comparable<Mark> {
        @Override
        public int compareTo(Mark other) {
            int bySaying = saidAt.compareTo(other.saidAt);
            return bySaying != 0 ? bySaying : Integer.compare(order, other.order);
        }
    }

    /**
     * What is known of a movement.
     *
     * @param kind what it is, or what sort of movement was taken back
     * @param said what it says; null while only its cancellation came
     * @param undone when it was taken back
     */
    public record Report(
            MovementKind kind,
            @Nullable Said said,
            @Nullable Mark undone) {}

    /** What a movement says. */
    public record Said(
            MovementKind kind,
            Instant at,
            Mark mark,
            @Nullable Instant expectedAt,
            @Nullable Destination destination,
            @Nullable String unit,
            @Nullable String why,
            @Nullable String to) {

        boolean sameAs(@Nullable Said other) {
            return other != null
                    && kind == other.kind
                    && at.equals(other.at)
                    && java.util.Objects.equals(expectedAt, other.expectedAt)
                    && destination == other.destination
                    && java.util.Objects.equals(to, other.to);
        }
    }

    /**
     * How the stay stands; null for what is not.
     *
     * @param admission the admission that holds
     * @param ending the end of the stay that holds, also where the patient was admitted again since
     * @param end the end of the stay
     * @param death the death
     * @param plan the announced discharge
     * @param stayPlan the planned stay
     * @param emergency the arrival at the emergency room where the patient is
     * @param leave the leave on which the patient is
     * @param unit where the patient lies
     * @param questions what a person has to look at
     */
    record Standing(
            @Nullable Said admission,
            @Nullable Said ending,
            @Nullable Said end,
            @Nullable Said death,
            @Nullable Said plan,
            @Nullable Said stayPlan,
            @Nullable Said emergency,
            @Nullable Said leave,
            @Nullable String unit,
            Set<String> questions) {}

    private static final Set<MovementKind> ENDS = EnumSet.of(MovementKind.DISCHARGE, MovementKind.DISCHARGE_UNCLEAR);
    private static final Comparator<Said> BY_TIME =
            Comparator.comparing(Said::at).thenComparing(Said::mark);
    private static final Comparator<Said> BY_SAYING = Comparator.comparing(Said::mark);

    public Stay {
        reports = Collections.unmodifiableMap(new LinkedHashMap<>(reports));
        undone = Map.copyOf(undone);
    }

    static Stay unheardOf(String facility) {
        return new Stay(facility, Map.of(), Map.of(), false, 0);
    }

    /** This stay, having heard that too; the same object when it changes nothing. */
    Stay with(MovementReported report) {
        Mark mark = new Mark(report.saidAt(), heard + 1);
        if (report.cancelled() && report.movement() == null) {
            return undoing(report.kind(), mark);
        }
        String key = key(report.movement(), report.kind());
        Report known = reports.get(key);
        if (report.cancelled()) {
            if (known != null
                    && known.undone() != null
                    && !known.undone().saidAt().isBefore(report.saidAt())) {
                return this;
            }
            return with(key, new Report(report.kind(), known == null ? null : known.said(), mark));
        }
        Said said = new Said(
                report.kind(),
                report.at(),
                mark,
                report.expectedAt(),
                report.destination(),
                report.unit(),
                report.why(),
                report.to());
        Said before = known == null ? null : known.said();
        if (before != null) {
            int order = report.saidAt().compareTo(before.mark().saidAt());
            if (order < 0 || (order == 0 && said.sameAs(before))) {
                return this;
            }
        }
        return with(key, new Report(report.kind(), said, known == null ? null : known.undone()));
    }

    private Stay undoing(MovementKind kind, Mark mark) {
        Mark before = undone.get(sort(kind));
        if (before != null && !before.saidAt().isBefore(mark.saidAt())) {
            return this;
        }
        Map<MovementKind, Mark> next = new EnumMap<>(MovementKind.class);
        next.putAll(undone);
        next.put(sort(kind), mark);
        return new Stay(facility, reports, next, true, heard + 1);
    }

    private Stay with(String key, Report report) {
        Map<String, Report> next = new LinkedHashMap<>(reports);
        next.put(key, report);
        return new Stay(facility, next, undone, true, heard + 1);
    }

    /** What an event of an older build, or another patient's stream, says of a stay without its movements. */
    Stay inShort(MovementReported report) {
        Stay next = with(report);
        return next == this ? this : new Stay(facility, next.reports, next.undone, reported, next.heard);
    }

    static String key(@Nullable String movement, MovementKind kind) {
        return movement != null ? movement : "~" + sort(kind);
    }

    /** Kinds that are one movement to whoever does not number them. */
    private static MovementKind sort(MovementKind kind) {
        return kind == MovementKind.DISCHARGE_UNCLEAR ? MovementKind.DISCHARGE : kind;
    }

    /** By the cancellation of which kinds of movement this one is taken back. */
    private static Set<MovementKind> undoneBy(MovementKind kind) {
        return kind == MovementKind.DEATH
                ? EnumSet.of(MovementKind.DEATH, MovementKind.DISCHARGE, MovementKind.EMERGENCY_END)
                : EnumSet.of(sort(kind));
    }

    boolean knows(@Nullable String movement) {
        return movement != null && reports.containsKey(movement);
    }

    Optional<Report> report(@Nullable String movement, MovementKind kind) {
        return Optional.ofNullable(reports.get(key(movement, kind)));
    }

    boolean holds(String key) {
        Report report = reports.get(key);
        Said said = report == null ? null : report.said();
        if (report == null || said == null || isAfter(report.undone(), said)) {
            return false;
        }
        Set<MovementKind> by = undoneBy(said.kind());
        if (by.stream().anyMatch(kind -> isAfter(undone.get(kind), said))) {
            return false;
        }
        // Senders who number only cancellations.
        return !key.startsWith("~")
                || reports.values().stream()
                        .noneMatch(other -> other.said() == null
                                && by.contains(sort(other.kind()))
                                && isAfter(other.undone(), said));
    }

    private static boolean isAfter(@Nullable Mark undone, Said said) {
        return undone != null && undone.compareTo(said.mark()) > 0;
    }

    private Optional<Said> last(Comparator<Said> order, Predicate<Said> which) {
        return reports.entrySet().stream()
                .filter(entry -> holds(entry.getKey()))
                .flatMap(entry -> Optional.ofNullable(entry.getValue().said()).stream())
                .filter(which)
                .max(order);
    }

    Standing standing() {
        Said admission = last(
                        BY_TIME,
                        said -> said.kind() == MovementKind.ADMISSION
                                || said.kind() == MovementKind.NO_LONGER_INPATIENT)
                .filter(said -> said.kind() == MovementKind.ADMISSION)
                .orElse(null);
        // A later end took the place of an earlier one, also when it was taken back since.
        Map.Entry<String, Report> latest = reports.entrySet().stream()
                .filter(entry -> entry.getValue().said() != null
                        && ENDS.contains(saidOf(entry).kind()))
                .max(Comparator.comparing(entry -> saidOf(entry).mark()))
                .orElse(null);
        Said ending = latest != null && holds(latest.getKey()) ? saidOf(latest) : null;
        Said end = ending != null && (admission == null || !admission.at().isAfter(ending.at())) ? ending : null;
        Said death = last(BY_SAYING, said -> said.kind() == MovementKind.DEATH).orElse(null);
        Said plan = last(BY_SAYING, said -> said.kind() == MovementKind.DISCHARGE_PLANNED)
                .filter(said -> latest == null || saidOf(latest).mark().compareTo(said.mark()) < 0)
                .orElse(null);
        Said stayPlan = last(BY_SAYING, said -> said.kind() == MovementKind.STAY_PLANNED)
                .filter(said -> admission == null && ending == null)
                .orElse(null);
        return new Standing(
                admission,
                ending,
                end,
                death,
                plan,
                stayPlan,
                emergency(admission, ending),
                leave(end),
                unit(),
                questions());
    }

    private static Said saidOf(Map.Entry<String, Report> entry) {
        Said said = entry.getValue().said();
        if (said == null) {
            throw new IllegalStateException("a report that says nothing was not left out");
        }
        return said;
    }

    private @Nullable Said emergency(@Nullable Said admission, @Nullable Said ending) {
        return last(BY_TIME, said -> said.kind() == MovementKind.EMERGENCY)
                .filter(arrival -> last(BY_TIME, said -> said.kind() == MovementKind.EMERGENCY_END)
                        .filter(left -> !left.at().isBefore(arrival.at()))
                        .isEmpty())
                .filter(arrival -> admission == null || admission.at().isBefore(arrival.at()))
                .filter(arrival -> ending == null || ending.at().isBefore(arrival.at()))
                .orElse(null);
    }

    private @Nullable Said leave(@Nullable Said end) {
        return last(BY_TIME, said -> said.kind() == MovementKind.LEAVE)
                .filter(leave -> last(BY_TIME, said -> said.kind() == MovementKind.RETURN)
                        .filter(back -> !back.at().isBefore(leave.at()))
                        .isEmpty())
                .filter(leave -> end == null)
                .orElse(null);
    }

    private @Nullable String unit() {
        return last(
                        BY_TIME,
                        said -> said.unit() != null
                                && (said.kind() == MovementKind.ADMISSION || said.kind() == MovementKind.TRANSFER))
                .map(Said::unit)
                .orElse(null);
    }

    private Set<String> questions() {
        Set<String> questions = new java.util.TreeSet<>();
        reports.forEach((key, report) -> {
            Said said = report.said();
            if (said != null && said.kind() == MovementKind.QUESTION && holds(key)) {
                questions.add(said.at() + " " + said.why());
            }
        });
        return questions;
    }

    /** What is told of this stay to a pathway that is opened now; empty while there is nothing of a stay to tell. */
    Optional<StaySnapshot> snapshot(String id) {
        Standing now = standing();
        if (now.admission() == null && now.plan() == null && now.ending() == null) {
            return Optional.empty();
        }
        return Optional.of(new StaySnapshot(
                id,
                facility,
                now.admission() == null ? null : now.admission().at(),
                now.plan() == null ? null : now.plan().expectedAt(),
                now.end() == null ? null : now.end().at(),
                now.end() == null ? null : now.end().destination(),
                now.end() == null ? null : now.end().to()));
    }

    /** The deaths that hold, as they were reported, for another file to know. */
    List<MovementReported> deaths(String id) {
        List<MovementReported> deaths = new ArrayList<>();
        reports.forEach((key, report) -> {
            Said said = report.said();
            if (said != null && said.kind() == MovementKind.DEATH && holds(key)) {
                deaths.add(new MovementReported(
                        id,
                        facility,
                        MovementKind.DEATH,
                        key.startsWith("~") ? null : key,
                        said.at(),
                        said.mark().saidAt(),
                        false,
                        null,
                        null,
                        null,
                        null,
                        List.of()));
            }
        });
        return deaths;
    }

    /** The stay of a snapshot: the times, without the movements. */
    static Stay of(StaySnapshot told) {
        Stay stay = unheardOf(told.facility());
        Instant admitted = told.admittedAt();
        if (admitted != null) {
            stay = stay.inShort(inShort(told.stay(), told.facility(), MovementKind.ADMISSION, admitted, null, null));
        }
        Instant expected = told.expectedDischarge();
        if (expected != null) {
            Instant at = admitted == null ? expected : admitted;
            stay = stay.inShort(
                    inShort(told.stay(), told.facility(), MovementKind.DISCHARGE_PLANNED, at, expected, null));
        }
        Instant left = told.dischargedAt();
        if (left != null) {
            Destination to = told.destination();
            stay = stay.inShort(inShort(
                    told.stay(),
                    told.facility(),
                    to == null ? MovementKind.DISCHARGE_UNCLEAR : MovementKind.DISCHARGE,
                    left,
                    null,
                    to));
        }
        return stay;
    }

    static MovementReported inShort(
            String stay,
            String facility,
            MovementKind kind,
            Instant at,
            @Nullable Instant expectedAt,
            @Nullable Destination destination) {
        // An announcement is older than whatever it announces.
        Instant saidAt = expectedAt == null ? at : Instant.EPOCH;
        return new MovementReported(
                stay, facility, kind, null, at, saidAt, false, expectedAt, destination, null, null, List.of());
    }
}
