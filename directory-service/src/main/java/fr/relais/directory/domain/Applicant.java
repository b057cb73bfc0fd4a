package fr.relais.directory.domain;

import fr.relais.events.Party;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Somebody looked at for a step: a person, or a structure asked in place of its members.
 *
 * @param party who is asked
 * @param members those of a structure who have the profession; empty for a person
 * @param away those of the members who are away
 * @param standing whether they may be asked at all
 * @param specialties codes of TRE_R38, of a structure those of its members
 * @param communes INSEE codes served, of a structure also those of its members
 * @param replaces those away whom they stand in for: they take their place, and serve where those serve
 */
public record Applicant(
        Party party,
        Set<Party> members,
        Set<Party> away,
        Standing standing,
        Set<String> specialties,
        Set<String> communes,
        Set<Party> replaces) {

    /** Somebody who is asked for themselves. */
    Applicant(Party party, Set<Party> members, Standing standing, Set<String> specialties, Set<String> communes) {
        this(party, members, Set.of(), standing, specialties, communes, Set.of());
    }

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
        away = Set.copyOf(away);
        specialties = Set.copyOf(specialties);
        communes = Set.copyOf(communes);
        replaces = Set.copyOf(replaces);
    }

    /** The same, standing in for somebody who is away, wherever those serve. */
    Applicant replacing(Collection<Party> others, Collection<String> where) {
        Set<Party> replaced = new HashSet<>(replaces);
        replaced.addAll(others);
        Set<String> served = new HashSet<>(communes);
        served.addAll(where);
        return new Applicant(party, members, away, standing, specialties, served, replaced);
    }

    /** Members who are there. */
    Set<Party> present() {
        Set<Party> present = new HashSet<>(members);
        present.removeAll(away);
        return present;
    }

    /** Whether it is one of these, has one of these among its members, or stands in for one of these. */
    boolean isOrHas(Set<Party> parties) {
        return parties.contains(party)
                || members.stream().anyMatch(parties::contains)
                || replaces.stream().anyMatch(parties::contains);
    }
}
