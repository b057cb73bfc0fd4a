package fr.relais.directory.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.directory.domain.Applicant.Standing;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.Party;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whom to look at for a step: the step from what the directory lists to whom one would ask. Who is away is looked at, so
 * that it can be told, and so is whoever stands in for them.
 */
final class Applicants {

    private final Seek seek;
    private final Map<String, StructureListed> teams;

    /** Who named whom for the day: a substitute is asked by name, in a team or not. */
    private final Map<Party, Party> substitutes;

    private Applicants(Seek seek, Listings listings) {
        this.seek = seek;
        this.substitutes = new HashMap<>();
        listings.professionals()
                .forEach(one -> Availabilities.substitute(one.availability(), seek.on())
                        .ifPresent(substitute -> substitutes.put(Party.person(one.id()), substitute)));
        listings.structures()
                .forEach(one -> Availabilities.substitute(one.availability(), seek.on())
                        .ifPresent(substitute -> substitutes.put(Party.structure(one.id()), substitute)));
        this.teams = listings.structures().stream()
                .filter(structure -> Teams.TYPES.contains(structure.type())
                        || seek.chosen().contains(Party.structure(structure.id()))
                        || substitutes.containsValue(Party.structure(structure.id())))
                .collect(Collectors.toMap(StructureListed::id, structure -> structure, (one, same) -> one));
    }

    static List<Applicant> of(Seek seek, Listings listings) {
        return new Applicants(seek, listings).from(listings);
    }

    private List<Applicant> from(Listings listings) {
        List<Applicant> applicants = new ArrayList<>();
        List<Applicant> onlyAsSubstitutes = new ArrayList<>();
        Map<String, List<ProfessionalListed>> members = new LinkedHashMap<>();
        for (ProfessionalListed professional : listings.professionals()) {
            Party person = Party.person(professional.id());
            if (!seek.profession().equals(professional.profession())) {
                applicants.add(person(professional, Standing.OTHER_PROFESSION));
                continue;
            }
            List<StructureListed> through = teamsOf(professional);
            through.forEach(team ->
                    members.computeIfAbsent(team.id(), id -> new ArrayList<>()).add(professional));
            Applicant byName = person(professional, Availabilities.standing(professional.availability(), seek.on()));
            // Whom the patient chose by name is asked by name, in a cabinet or not.
            if (through.isEmpty() || seek.chosen().contains(person)) {
                applicants.add(byName);
            } else if (substitutes.containsValue(person)) {
                onlyAsSubstitutes.add(byName);
            }
        }
        members.forEach((team, of) -> applicants.add(team(structure(team), of)));
        listings.structures().stream()
                .filter(structure -> !members.containsKey(structure.id()) && isNamed(Party.structure(structure.id())))
                .map(structure -> new Applicant(
                        Party.structure(structure.id()), Set.of(), Standing.OTHER_PROFESSION, Set.of(), Set.of()))
                .forEach(applicants::add);
        listings.retired().stream()
                .map(party -> new Applicant(party, Set.of(), Standing.RETIRED, Set.of(), Set.of()))
                .forEach(applicants::add);
        return withSubstitutes(applicants, onlyAsSubstitutes);
    }

    /** Whoever stands in takes the place of those who are away, in the circle and in the communes. */
    private List<Applicant> withSubstitutes(List<Applicant> applicants, List<Applicant> onlyAsSubstitutes) {
        Map<Party, Set<Party>> replaces = new HashMap<>();
        Map<Party, Set<String>> where = new HashMap<>();
        for (Applicant applicant : applicants) {
            if (applicant.standing() != Standing.ABSENT) {
                continue;
            }
            Stream.concat(Stream.of(applicant.party()), applicant.away().stream())
                    .filter(substitutes::containsKey)
                    .forEach(away -> {
                        Party substitute = requireNonNull(substitutes.get(away));
                        Set<Party> replaced = replaces.computeIfAbsent(substitute, one -> new HashSet<>());
                        replaced.add(away);
                        applicant.members().stream().filter(this::isNamed).forEach(replaced::add);
                        where.computeIfAbsent(substitute, one -> new HashSet<>())
                                .addAll(applicant.communes());
                    });
        }
        return Stream.concat(
                        applicants.stream(),
                        onlyAsSubstitutes.stream().filter(one -> replaces.containsKey(one.party())))
                .map(one -> one.replacing(
                        replaces.getOrDefault(one.party(), Set.of()), where.getOrDefault(one.party(), Set.of())))
                .toList();
    }

    private StructureListed structure(String team) {
        StructureListed structure = teams.get(team);
        if (structure == null) {
            throw new IllegalStateException("structure " + team + " is no team among the listings");
        }
        return structure;
    }

    /** The teams through which a professional is asked: those named in the search, else those of the first kind. */
    private List<StructureListed> teamsOf(ProfessionalListed professional) {
        List<StructureListed> all = professional.structures().stream()
                .filter(teams::containsKey)
                .map(this::structure)
                .toList();
        int first = all.stream().mapToInt(this::rank).min().orElse(0);
        return all.stream().filter(team -> rank(team) == first).toList();
    }

    private int rank(StructureListed team) {
        return isNamed(Party.structure(team.id())) ? -1 : Teams.TYPES.indexOf(team.type());
    }

    private boolean isNamed(Party party) {
        return seek.chosen().contains(party) || seek.circle().contains(party);
    }

    private static Applicant person(ProfessionalListed professional, Standing standing) {
        return new Applicant(
                Party.person(professional.id()),
                Set.of(),
                standing,
                new HashSet<>(professional.specialties()),
                new HashSet<>(professional.communes()));
    }

    private Applicant team(StructureListed structure, Collection<ProfessionalListed> members) {
        Map<Boolean, List<ProfessionalListed>> byAway =
                members.stream().collect(Collectors.partitioningBy(member -> standing(member) == Standing.ABSENT));
        List<ProfessionalListed> present = requireNonNull(byAway.get(false));
        return new Applicant(
                Party.structure(structure.id()),
                parties(members),
                parties(requireNonNull(byAway.get(true))),
                standing(structure, present),
                present.stream()
                        .flatMap(member -> member.specialties().stream())
                        .collect(Collectors.toSet()),
                Stream.concat(
                                Stream.concat(Stream.of(structure.commune()), structure.communes().stream()),
                                members.stream().flatMap(member -> member.communes().stream()))
                        .collect(Collectors.toSet()),
                Set.of());
    }

    /** A team is away when it says so or all its members are, and has room when it or one of them says so. */
    private Standing standing(StructureListed structure, List<ProfessionalListed> present) {
        Standing own = Availabilities.standing(structure.availability(), seek.on());
        Set<Standing> theirs = present.stream().map(this::standing).collect(Collectors.toSet());
        if (own == Standing.ABSENT || present.isEmpty()) {
            return Standing.ABSENT;
        }
        if (own == Standing.FULL || theirs.equals(Set.of(Standing.FULL))) {
            return Standing.FULL;
        }
        return own == Standing.ROOM || theirs.contains(Standing.ROOM) ? Standing.ROOM : Standing.LISTED;
    }

    private Standing standing(ProfessionalListed professional) {
        return Availabilities.standing(professional.availability(), seek.on());
    }

    private static Set<Party> parties(Collection<ProfessionalListed> professionals) {
        return professionals.stream().map(one -> Party.person(one.id())).collect(Collectors.toSet());
    }
}
