package fr.relais.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of themselves: whether they may be asked, when they are away, how they are told.
 *
 * @param listed whether the directory has them; nobody else can say whether they may be asked
 * @param room what they said of it, in words; null where they said nothing
 * @param full last days to choose from
 * @param colleagues who may stand in for them
 * @param told null where notification-service does not answer
 * @param today ISO date, in Europe/Paris
 */
record Me(
        boolean listed,
        @Nullable Room room,
        List<Said.Until> full,
        List<Away> absences,
        List<Colleague> colleagues,
        @Nullable Told told,
        String today,
        String once) {

    /** What they said of the room they have, and until when it holds. */
    record Room(boolean isFull, String until) {}

    /**
     * Days away.
     *
     * @param id first day, ISO
     * @param substitute name of who is asked instead
     */
    record Away(String id, String from, String to, @Nullable String substitute) {}

    /** Somebody who may stand in. */
    record Colleague(String key, String name) {}

    /**
     * How they are told.
     *
     * @param software whether software of theirs is told by webhook
     * @param bySoftware whether they want that
     */
    record Told(@Nullable String email, boolean software, boolean bySoftware, String digestAt, String language) {

        @Override
        public String toString() {
            return "Told[withheld]";
        }
    }
}
