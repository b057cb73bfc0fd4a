package fr.relais.pathway.domain;

import fr.relais.events.EncounterEvent.Absorbed;
import fr.relais.events.EncounterEvent.News;
import fr.relais.events.EncounterEvent.Told;
import fr.relais.events.Party;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A patient as hospitals tell of them: their stays, and the pathways that want to hear of them.
 *
 * @param stays by internal id, in the order in which they were first heard of
 * @param pathways the open pathways that follow this patient
 * @param mourned pathways that were told of the patient's death, to be told too if it turns out to be a mistake
 * @param included whether a pathway ever followed this patient
 * @param cared who cared for this patient on pathways that are over
 * @param physician the médecin traitant, where a hospital named one
 * @param circleTold who of the circle was told of an admission or a discharge, by {@code ADMITTED <stay>}
 * @param absorbed files that were given up for this one
 * @param merger the file that took the place of this one
 */
public record Patient(
        Map<String, Stay> stays,
        Set<String> pathways,
        Set<String> mourned,
        boolean included,
        Set<Party> cared,
        @Nullable Physician physician,
        Map<String, Set<Party>> circleTold,
        Set<String> absorbed,
        @Nullable Merger merger) {

    /** Another patient who is this one, and when the hospital said so. */
    public record Merger(String patient, Instant at) {}

    /** A médecin traitant, and when the hospital said so. */
    public record Physician(Party party, Instant saidAt) {}

    static final Patient UNHEARD_OF =
            new Patient(Map.of(), Set.of(), Set.of(), false, Set.of(), null, Map.of(), Set.of(), null);

    public Patient {
        stays = Collections.unmodifiableMap(new LinkedHashMap<>(stays));
        pathways = Collections.unmodifiableSet(new LinkedHashSet<>(pathways));
        mourned = Collections.unmodifiableSet(new LinkedHashSet<>(mourned));
        cared = Collections.unmodifiableSet(new LinkedHashSet<>(cared));
        circleTold = Map.copyOf(circleTold);
        absorbed = Set.copyOf(absorbed);
    }

    /** Whether a hospital said that the patient died, and did not take it back. */
    public boolean dead() {
        return stays.values().stream().anyMatch(stay -> stay.standing().death() != null);
    }

    /** Whether anybody wants to hear of this patient: an open pathway, or one that a death closed. */
    boolean followed() {
        return !pathways.isEmpty() || !mourned.isEmpty();
    }

    /** Who is told of a stay of a patient whom no open pathway follows: those of earlier ones, and the médecin traitant. */
    Set<Party> circle() {
        if (!included || !pathways.isEmpty()) {
            return Set.of();
        }
        Set<Party> circle = new LinkedHashSet<>(cared);
        if (physician != null) {
            circle.add(physician.party());
        }
        return circle;
    }

    Patient with(String id, Stay stay) {
        Map<String, Stay> next = new LinkedHashMap<>(stays);
        next.put(id, stay);
        return new Patient(next, pathways, mourned, included, cared, physician, circleTold, absorbed, merger);
    }

    Patient linkedTo(Set<String> linked) {
        return new Patient(
                stays, linked, mourned, included || !linked.isEmpty(), cared, physician, circleTold, absorbed, merger);
    }

    Patient mournedBy(Set<String> told) {
        return new Patient(stays, pathways, told, included, cared, physician, circleTold, absorbed, merger);
    }

    Patient caredForBy(Set<Party> circle) {
        return new Patient(stays, pathways, mourned, included, circle, physician, circleTold, absorbed, merger);
    }

    Patient treatedBy(Physician doctor) {
        return new Patient(stays, pathways, mourned, included, cared, doctor, circleTold, absorbed, merger);
    }

    /** Those of the circle who were told that of a stay, and not yet that it is not so. */
    Set<Party> told(News news, String stay) {
        return circleTold.getOrDefault(key(news, stay), Set.of());
    }

    /** The same, those having been told; nobody, once they heard that it is not so. */
    Patient told(News news, String stay, Set<Party> circle) {
        Map<String, Set<Party>> told = new LinkedHashMap<>(circleTold);
        if (circle.isEmpty()) {
            told.remove(key(news, stay));
        } else {
            told.put(key(news, stay), Set.copyOf(circle));
        }
        return new Patient(stays, pathways, mourned, included, cared, physician, told, absorbed, merger);
    }

    private static String key(News news, String stay) {
        return news + " " + stay;
    }

    /** The same, having taken another file's place: whoever cared for that one is of this one's circle. */
    Patient absorbing(Absorbed other) {
        Set<String> all = new LinkedHashSet<>(absorbed);
        all.add(other.patient());
        Set<Party> circle = new LinkedHashSet<>(cared);
        if (other.circle() != null) {
            circle.addAll(other.circle());
        }
        Patient next = new Patient(
                stays,
                pathways,
                mourned,
                included || other.circle() != null,
                circle,
                physician,
                circleTold,
                all,
                merger);
        for (Told told : other.told() == null ? List.<Told>of() : other.told()) {
            Set<Party> both = new LinkedHashSet<>(next.told(told.news(), told.stay()));
            both.addAll(told.circle());
            next = next.told(told.news(), told.stay(), both);
        }
        return next;
    }

    /** What the circle was told, for another file to know. */
    List<Told> allTold() {
        return circleTold.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> {
                    String[] key = entry.getKey().split(" ", 2);
                    return new Told(key[1], News.valueOf(key[0]), List.copyOf(new TreeSet<>(entry.getValue())));
                })
                .toList();
    }

    Patient mergedInto(Merger other) {
        return new Patient(stays, Set.of(), Set.of(), included, cared, physician, circleTold, absorbed, other);
    }
}
