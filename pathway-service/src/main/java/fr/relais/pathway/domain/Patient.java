package fr.relais.pathway.domain;

import fr.relais.events.EncounterEvent.Destination;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A patient as hospitals tell of them: their stays, and the pathways that want to hear of them.
 *
 * @param stays by internal id, in the order in which they were first heard of
 * @param pathways the open pathways that follow this patient
 * @param mourned pathways that were told of the patient's death, to be told too if it turns out to be a mistake
 */
public record Patient(Map<String, Stay> stays, Set<String> pathways, Set<String> mourned) {

    static final Patient UNHEARD_OF = new Patient(Map.of(), Set.of(), Set.of());

    public Patient {
        stays = Collections.unmodifiableMap(new LinkedHashMap<>(stays));
        pathways = Collections.unmodifiableSet(new LinkedHashSet<>(pathways));
        mourned = Collections.unmodifiableSet(new LinkedHashSet<>(mourned));
    }

    /** How a stay stands. */
    public sealed interface Stay {

        /** The hospital of the stay. */
        String facility();

        /** When it began; null while no admission was heard of. */
        @Nullable
        Instant admittedAt();

        /** It goes on. */
        record Ongoing(
                String facility,
                @Nullable Instant admittedAt,
                @Nullable Instant expectedDischarge) implements Stay {}

        /**
         * It ended and the patient left alive.
         *
         * @param corrected times of discharges that this one took the place of: a late cancellation of one of them is old
         */
        record Ended(
                String facility,
                @Nullable Instant admittedAt,
                Instant at,
                Destination destination,
                Set<Instant> corrected)
                implements Stay {
            public Ended {
                corrected = Set.copyOf(corrected);
            }
        }

        /** It is said to have ended, but not how. */
        record EndedSomehow(String facility, @Nullable Instant admittedAt, Instant at, String why) implements Stay {}

        /**
         * The patient died.
         *
         * @param before how the stay stood, should the death be a mistake
         */
        record Dead(Stay before, Instant at) implements Stay {
            @Override
            public String facility() {
                return before.facility();
            }

            @Override
            public @Nullable Instant admittedAt() {
                return before.admittedAt();
            }
        }
    }

    /** Whether a hospital said that the patient died, and did not take it back. */
    public boolean dead() {
        return stays.values().stream().anyMatch(Stay.Dead.class::isInstance);
    }

    Patient with(String stay, Stay now) {
        Map<String, Stay> next = new LinkedHashMap<>(stays);
        next.put(stay, now);
        return new Patient(next, pathways, mourned);
    }

    Patient linkedTo(Set<String> linked) {
        return new Patient(stays, linked, mourned);
    }

    Patient mournedBy(Set<String> told) {
        return new Patient(stays, pathways, told);
    }
}
