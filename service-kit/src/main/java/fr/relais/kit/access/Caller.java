package fr.relais.kit.access;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Actor;
import fr.relais.events.Addressee;
import fr.relais.events.NationalIds;
import fr.relais.events.Party;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as their token says; an argument of controller methods.
 *
 * @param id RPPS number, or the national identifier of those who have none
 * @param name how colleagues call them; never logged
 * @param structure FINESS number of the structure they act for: the one they chose with the header {@code
 *     Relais-Acting-For}, or the only one they have; null while they have not chosen, or have none
 * @param practices where they work and as what
 * @param roles what they may do at all
 */
public record Caller(String id, String name, @Nullable String structure, Set<Practice> practices, Set<Role> roles) {

    /** Header with which a person of several structures says for which one they act. */
    public static final String ACTING_FOR = "Relais-Acting-For";

    public Caller {
        requireNonNull(id, "id of the caller is missing");
        requireNonNull(name, "name of the caller is missing");
        practices = Set.copyOf(practices);
        roles = Set.copyOf(roles);
    }

    /** A caller as their token says, before they choose: the only structure is implied. */
    static Caller of(String id, String name, Set<Practice> practices, Set<Role> roles) {
        Caller undecided = new Caller(id, name, null, practices, roles);
        Set<String> structures = undecided.structures();
        return structures.size() == 1 ? undecided.in(structures.iterator().next()) : undecided;
    }

    /** The same person acting for one of their structures; a problem that lists the choice when it is not theirs. */
    public Caller actingFor(String finess) {
        if (!structures().contains(finess)) {
            throw Problems.of(Problem.of(
                            400,
                            "acting-for-unknown",
                            "The header " + ACTING_FOR + " names none of your structures; send one of those listed")
                    .with("structures", List.copyOf(structures())));
        }
        return in(finess);
    }

    private Caller in(String finess) {
        return new Caller(id, name, finess, practices, roles);
    }

    /** RPPS number, for those who have one. */
    public Optional<String> rpps() {
        return NationalIds.isRpps(id) ? Optional.of(id) : Optional.empty();
    }

    /** FINESS numbers of all their structures. */
    public Set<String> structures() {
        return practices.stream()
                .map(Practice::structure)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** TRE_G15 codes of what they practise where they act now; all of them while they have not chosen. */
    public Set<String> professions() {
        return practices.stream()
                .filter(this::isHere)
                .map(Practice::profession)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** TRE_R38 codes of their specialties where they act now, as far as their token shows them. */
    public Set<String> specialties() {
        return practices.stream()
                .filter(this::isHere)
                .map(Practice::specialty)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isHere(Practice practice) {
        return structure == null || practice.structure() == null || structure.equals(practice.structure());
    }

    /** For the legal record. A person of several structures must have chosen: otherwise a problem that lists them. */
    public Actor actor() {
        if (structure == null && structures().size() > 1) {
            throw Problems.of(Problem.of(
                            400,
                            "acting-for-missing",
                            "You work in several structures: say with the header " + ACTING_FOR
                                    + " for which of those listed you act")
                    .with("structures", List.copyOf(structures())));
        }
        if (has(Role.FEED)) {
            return structure == null ? Actor.feed(id) : Actor.feed(structure);
        }
        return Actor.person(id, structure);
    }

    /**
     * Keys of what concerns them: themselves, what is offered to their structures in their profession, their roles.
     * Who has no profession in a structure (ward, delegate, coordinator) hears what the structure itself is told.
     */
    public Set<String> audience() {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(Party.person(id).key());
        for (Practice practice : practices) {
            String where = practice.structure();
            if (where == null || !isHere(practice)) {
                continue;
            }
            String profession = practice.profession();
            if (profession != null) {
                keys.add(Addressee.memberKey(where, profession));
            }
            if (profession == null || has(Role.WARD)) {
                keys.add(Party.structure(where).key());
            }
        }
        for (Role role : roles) {
            keys.add("role:" + role.word());
        }
        return Set.copyOf(keys);
    }

    /** Whether what is offered to them is offered to this caller. */
    public boolean isAmong(Addressee addressee) {
        return audience().contains(addressee.key());
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** Goes on when they have one of the roles; otherwise a 403 problem. */
    public void require(Role... anyOf) {
        if (Arrays.stream(anyOf).noneMatch(this::has)) {
            throw Problems.of(Problem.of(
                            403,
                            "role-missing",
                            "This needs one of the roles listed, which your token does not bear; ask your operator")
                    .with("roles", Arrays.stream(anyOf).map(Role::word).toList()));
        }
    }
}
