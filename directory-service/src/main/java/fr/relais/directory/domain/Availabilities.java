package fr.relais.directory.domain;

import fr.relais.directory.domain.Applicant.Standing;
import fr.relais.directory.domain.AvailabilityChange.ComeBack;
import fr.relais.directory.domain.AvailabilityChange.ForgetRoom;
import fr.relais.directory.domain.AvailabilityChange.GoAway;
import fr.relais.directory.domain.AvailabilityChange.SayRoom;
import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Availability;
import fr.relais.events.DirectoryEvent.Room;
import fr.relais.events.DirectoryEvent.RoomState;
import fr.relais.events.NationalIds;
import fr.relais.events.Party;
import fr.relais.kit.decide.Rejection;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules of room and absence, the same for professionals and structures. Days are civil days of Europe/Paris; what is
 * over is forgotten with the next change.
 */
public final class Availabilities {

    /** Whoever is full for longer than this should be described otherwise, or a forgotten word would last for ever. */
    private static final int LONGEST_ROOM_DAYS = 366;

    private static final int LAST_ABSENCE_DAYS = 2 * 366;
    private static final int MOST_ABSENCES = 50;

    private Availabilities() {}

    /** What an availability becomes. */
    sealed interface Changed {

        /** It is this from now on; null when nothing is said any more. */
        record To(@Nullable Availability availability) implements Changed {}

        /** It stays, and why. */
        record Refused(Rejection reason) implements Changed {}
    }

    static Changed change(Party of, @Nullable Availability before, AvailabilityChange change, LocalDate today) {
        Optional<Rejection> fault = switch (change) {
            case SayRoom(Room room) -> fault(room, today);
            case GoAway(Absence absence) -> fault(of, absence, absences(before, today), today);
            case ForgetRoom forget -> Optional.empty();
            case ComeBack back -> Optional.empty();
        };
        if (fault.isPresent()) {
            return new Changed.Refused(fault.get());
        }
        Room room = room(before, today);
        List<Absence> absences = absences(before, today);
        return new Changed.To(
                switch (change) {
                    case SayRoom(Room said) -> said(said, absences);
                    case ForgetRoom forget -> said(null, absences);
                    case GoAway(Absence away) -> said(room, with(away, absences));
                    case ComeBack(LocalDate from) -> said(room, without(from, absences));
                });
    }

    private static @Nullable Availability said(@Nullable Room room, List<Absence> absences) {
        return room == null && absences.isEmpty() ? null : new Availability(room, absences);
    }

    private static @Nullable Room room(@Nullable Availability before, LocalDate today) {
        Room room = before == null ? null : before.room();
        return room == null || room.until().isBefore(today) ? null : room;
    }

    private static List<Absence> absences(@Nullable Availability before, LocalDate today) {
        return before == null
                ? List.of()
                : before.absences().stream()
                        .filter(absence -> !absence.to().isBefore(today))
                        .toList();
    }

    private static List<Absence> with(Absence away, List<Absence> absences) {
        return Stream.concat(without(away.from(), absences).stream(), Stream.of(away))
                .sorted(Comparator.comparing(Absence::from))
                .toList();
    }

    private static List<Absence> without(LocalDate from, List<Absence> absences) {
        return absences.stream().filter(absence -> !absence.from().equals(from)).toList();
    }

    private static Optional<Rejection> fault(Room room, LocalDate today) {
        if (room.until().isBefore(today)) {
            return Optional.of(Rejection.invalid(
                    "room-until-over",
                    room.until() + " is over: write the last day on which it holds, today or later."));
        }
        if (room.until().isAfter(today.plusDays(LONGEST_ROOM_DAYS))) {
            return Optional.of(Rejection.invalid(
                    "room-until-far",
                    room.until() + " is more than a year away: write a nearer day, and say it again then."));
        }
        return Optional.empty();
    }

    private static Optional<Rejection> fault(Party of, Absence absence, List<Absence> others, LocalDate today) {
        if (absence.to().isBefore(absence.from())) {
            return Optional.of(Rejection.invalid(
                    "absence-backwards",
                    "The absence ends on " + absence.to() + ", before it begins: exchange from and to."));
        }
        if (absence.to().isBefore(today)) {
            return Optional.of(Rejection.invalid(
                    "absence-over", "The absence ended on " + absence.to() + ": write one that is not over."));
        }
        if (absence.to().isAfter(today.plusDays(LAST_ABSENCE_DAYS))) {
            return Optional.of(Rejection.invalid(
                    "absence-far",
                    "The absence ends more than two years from now: write a nearer day, or ask your operator to take"
                            + " the entry out of the directory."));
        }
        Party substitute = absence.substitute();
        if (substitute != null && !isPossible(substitute)) {
            return Optional.of(Rejection.invalid(
                    "substitute-invalid",
                    "The substitute bears no RPPS or FINESS number with a right key: check it for a wrong digit."));
        }
        if (of.equals(substitute)) {
            return Optional.of(
                    Rejection.invalid("substitute-itself", "Nobody is their own substitute: name another, or nobody."));
        }
        Optional<Absence> overlapping = without(absence.from(), others).stream()
                .filter(other ->
                        !other.to().isBefore(absence.from()) && !absence.to().isBefore(other.from()))
                .findFirst();
        if (overlapping.isPresent()) {
            return Optional.of(Rejection.conflict(
                    "absence-overlaps",
                    "There is an absence from " + overlapping.get().from() + " to "
                            + overlapping.get().to() + " already: take that back first, or write other days."));
        }
        return others.size() < MOST_ABSENCES
                ? Optional.empty()
                : Optional.of(Rejection.invalid(
                        "absences-too-many",
                        "There are " + MOST_ABSENCES + " absences to come already: join some of them."));
    }

    private static boolean isPossible(Party party) {
        return party.isPerson() ? Descriptions.isProfessionalId(party.id()) : NationalIds.isFiness(party.id());
    }

    /** How somebody stands on a day, by what they said. */
    static Standing standing(@Nullable Availability said, LocalDate day) {
        if (absence(said, day).isPresent()) {
            return Standing.ABSENT;
        }
        Room room = room(said, day);
        if (room == null) {
            return Standing.LISTED;
        }
        return room.state() == RoomState.FULL ? Standing.FULL : Standing.ROOM;
    }

    /** Who stands in for somebody on a day, where they are away and named one. */
    public static Optional<Party> substitute(@Nullable Availability said, LocalDate day) {
        return absence(said, day).map(Absence::substitute);
    }

    private static Optional<Absence> absence(@Nullable Availability said, LocalDate day) {
        return Optional.ofNullable(said).flatMap(one -> one.absenceOn(day));
    }
}
