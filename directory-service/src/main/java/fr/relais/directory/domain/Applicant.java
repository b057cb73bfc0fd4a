package fr.relais.directory.domain;

import fr.relais.events.Party;
import java.util.Set;

/**
 * Somebody looked at for a step: a person, or a structure asked in place of its members.
 *
 * @param party who is asked
 * @param members those of a structure who have the profession; empty for a person
 * @param standing whether they may be asked at all
 * @param specialties codes of TRE_R38, of a structure those of its members
 * @param communes INSEE codes served, of a structure also those of its members
 */
public record Applicant(
        Party party, Set<Party> members, Standing standing, Set<String> specialties, Set<String> communes) {

    /** What the directory says about asking them now. */
    public enum Standing {
        /** In the directory, and nothing said about room. */
        LISTED,
        /** Said that there is room. */
        ROOM,
        /** Said that there is none. */
        FULL,
        /** Said to be away. */
        ABSENT,
        /** Has another profession, or has nobody of the one that is sought. */
        OTHER_PROFESSION,
        /** Left the directory. */
        RETIRED
    }

    public Applicant {
        members = Set.copyOf(members);
        specialties = Set.copyOf(specialties);
        communes = Set.copyOf(communes);
    }

    /** Whether it is one of these, or has one of these among its members. */
    boolean isOrHas(Set<Party> parties) {
        return parties.contains(party) || members.stream().anyMatch(parties::contains);
    }
}
