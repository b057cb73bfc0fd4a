package fr.relais.directory.domain;

import fr.relais.directory.domain.Applicant.Standing;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Reason;
import fr.relais.events.Party;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * In which order somebody is asked to take a step: patient's choice, circle, sector, skill, declared room, rotation.
 *
 * <p>People are never ranked: no figure about a person's speed or answers is known here, and among equals a rotation that
 * differs with each search spreads the load. The result depends on the set of applicants alone, not on their order.
 *
 * <p>Whoever said "complet" or is away is left out, also the patient's own nurse: asked first and alone, she would cost two
 * hours to say it again. Who stands in for somebody away takes their place.
 *
 * @param candidates who may be asked, best first
 * @param leftOut who was looked at and left out, with why; those the search named come first, at most fifty
 */
public record Ranking(List<Candidate> candidates, List<Candidate> leftOut) {

    /** How many of those left out are kept. */
    static final int MOST_LEFT_OUT = 50;

    public Ranking {
        candidates = List.copyOf(candidates);
        leftOut = List.copyOf(leftOut);
    }

    private record Placed(Candidate candidate, UUID turn) {}

    /** The order in which the directory would ask. */
    public static Ranking of(Seek seek, Listings listings) {
        return of(seek, Applicants.of(seek, listings));
    }

    static Ranking of(Seek seek, Collection<Applicant> applicants) {
        Map<Party, Applicant> byParty = new TreeMap<>();
        applicants.forEach(applicant -> byParty.put(applicant.party(), applicant));
        List<Placed> placed = new ArrayList<>();
        List<Placed> out = new ArrayList<>();
        byParty.values().forEach(applicant -> {
            UUID turn = turn(seek, applicant);
            exclusion(seek, applicant)
                    .ifPresentOrElse(
                            reason -> out.add(new Placed(candidate(applicant, List.of(reason)), turn)),
                            () -> placed.add(new Placed(candidate(applicant, reasons(seek, applicant)), turn)));
        });
        return new Ranking(
                placed.stream()
                        .sorted(has(Reason.CHOSEN_BY_PATIENT)
                                .thenComparing(has(Reason.IN_CIRCLE))
                                .thenComparing(has(Reason.SERVES_COMMUNE))
                                .thenComparing(has(Reason.HAS_SPECIALTY))
                                .thenComparing(has(Reason.HAS_ROOM))
                                .thenComparing(Placed::turn)
                                .thenComparing(one -> one.candidate().party()))
                        .map(Placed::candidate)
                        .toList(),
                out.stream()
                        .sorted(Comparator.comparing((Placed one) -> !isNamed(seek, one))
                                .thenComparing(Placed::turn)
                                .thenComparing(one -> one.candidate().party()))
                        .limit(MOST_LEFT_OUT)
                        .map(Placed::candidate)
                        .toList());
    }

    private static Candidate candidate(Applicant applicant, List<Reason> reasons) {
        return new Candidate(
                applicant.party(),
                reasons,
                applicant.replaces().isEmpty()
                        ? null
                        : applicant.replaces().stream().sorted().toList());
    }

    private static Optional<Reason> exclusion(Seek seek, Applicant applicant) {
        boolean wanted = applicant.isOrHas(seek.chosen()) || applicant.isOrHas(seek.circle());
        if (applicant.standing() == Standing.RETIRED) {
            return Optional.of(Reason.RETIRED);
        }
        if (applicant.standing() == Standing.OTHER_PROFESSION) {
            return Optional.of(Reason.OTHER_PROFESSION);
        }
        if (wasAsked(seek, applicant)) {
            return Optional.of(Reason.ASKED_BEFORE);
        }
        if (applicant.standing() == Standing.ABSENT) {
            return Optional.of(Reason.ABSENT);
        }
        if (applicant.standing() == Standing.FULL) {
            return Optional.of(Reason.FULL);
        }
        if (!Specialties.satisfies(applicant.specialties(), seek.specialty())
                && !seek.chosen().contains(applicant.party())) {
            return Optional.of(Reason.LACKS_SPECIALTY);
        }
        // Whoever cares for the patient already knows the way, whatever the list of communes says.
        return wanted || serves(seek, applicant) ? Optional.empty() : Optional.of(Reason.NOT_SERVING_COMMUNE);
    }

    /** Asking a cabinet whose every nurse was asked by name would be asking again. */
    private static boolean wasAsked(Seek seek, Applicant applicant) {
        return seek.askedBefore().contains(applicant.party())
                || (!applicant.present().isEmpty() && seek.askedBefore().containsAll(applicant.present()));
    }

    private static List<Reason> reasons(Seek seek, Applicant applicant) {
        List<Reason> reasons = new ArrayList<>();
        if (seek.chosen().contains(applicant.party())) {
            reasons.add(Reason.CHOSEN_BY_PATIENT);
        }
        // The patient did not choose a substitute, but it comes with the one they chose.
        if (applicant.isOrHas(seek.circle()) || applicant.replaces().stream().anyMatch(seek.chosen()::contains)) {
            reasons.add(Reason.IN_CIRCLE);
        }
        if (serves(seek, applicant)) {
            reasons.add(Reason.SERVES_COMMUNE);
        }
        if (seek.specialty() != null && Specialties.satisfies(applicant.specialties(), seek.specialty())) {
            reasons.add(Reason.HAS_SPECIALTY);
        }
        if (applicant.standing() == Standing.ROOM) {
            reasons.add(Reason.HAS_ROOM);
        }
        reasons.add(Reason.ROTATION);
        return reasons;
    }

    private static boolean serves(Seek seek, Applicant applicant) {
        return seek.communes().stream().anyMatch(applicant.communes()::contains);
    }

    private static boolean isNamed(Seek seek, Placed placed) {
        Party party = placed.candidate().party();
        return seek.chosen().contains(party) || seek.circle().contains(party);
    }

    private static Comparator<Placed> has(Reason reason) {
        return Comparator.comparing(one -> !one.candidate().reasons().contains(reason));
    }

    private static UUID turn(Seek seek, Applicant applicant) {
        String drawn = seek.turn() + '|' + applicant.party().key();
        return UUID.nameUUIDFromBytes(drawn.getBytes(StandardCharsets.UTF_8));
    }
}
