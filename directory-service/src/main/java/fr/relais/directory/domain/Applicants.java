package fr.relais.directory.domain;

import fr.relais.directory.domain.Applicant.Standing;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.Party;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whom to look at for a step: the step from what the directory lists to whom one would ask. */
final class Applicants {

    private final Seek seek;
    private final Map<String, StructureListed> teams;

    private Applicants(Seek seek, Listings listings) {
        this.seek = seek;
        this.teams = listings.structures().stream()
                .filter(structure -> Teams.TYPES.contains(structure.type())
                        || seek.chosen().contains(Party.structure(structure.id())))
                .collect(Collectors.toMap(StructureListed::id, structure -> structure, (one, same) -> one));
    }

    static List<Applicant> of(Seek seek, Listings listings) {
        return new Applicants(seek, listings).from(listings);
    }

    private List<Applicant> from(Listings listings) {
        List<Applicant> applicants = new ArrayList<>();
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
            // Whom the patient chose by name is asked by name, in a cabinet or not.
            if (through.isEmpty() || seek.chosen().contains(person)) {
                applicants.add(person(professional, Standing.LISTED));
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
        return applicants;
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

    private static Applicant team(StructureListed structure, Collection<ProfessionalListed> members) {
        return new Applicant(
                Party.structure(structure.id()),
                members.stream().map(member -> Party.person(member.id())).collect(Collectors.toSet()),
                Standing.LISTED,
                members.stream()
                        .flatMap(member -> member.specialties().stream())
                        .collect(Collectors.toSet()),
                Stream.concat(
                                Stream.concat(Stream.of(structure.commune()), structure.communes().stream()),
                                members.stream().flatMap(member -> member.communes().stream()))
                        .collect(Collectors.toSet()));
    }
}
