package fr.relais.directory.domain;

import fr.relais.events.DirectoryEvent.Absence;
import fr.relais.events.DirectoryEvent.Room;
import java.time.LocalDate;

/** What somebody says about being asked. */
public sealed interface AvailabilityChange {

    /** "Complet jusqu'au …", or that there is room. It replaces what was said before. */
    record SayRoom(Room room) implements AvailabilityChange {}

    /** What was said about room no longer holds. */
    record ForgetRoom() implements AvailabilityChange {}

    /** Be away. An absence that begins on the same day is replaced. */
    record GoAway(Absence absence) implements AvailabilityChange {}

    /**
     * Not be away after all, or be back early.
     *
     * @param from first day of the absence
     */
    record ComeBack(LocalDate from) implements AvailabilityChange {}
}
