package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.Addressee;
import fr.relais.events.Party;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as the rules of a pathway care.
 *
 * @param id RPPS number or national identifier
 * @param structure FINESS number of the structure they act for now
 * @param professions their profession codes (TRE_G15); none for a secretary or another delegate
 * @param coordinator whether they act as a coordinator
 * @param specialties codes of TRE_R38-SpecialiteOrdinale, as far as they are known
 * @param delegate whether they act for others: they set appointments, and neither accept care nor govern a pathway
 * @param delegateOf ids of those for whom they do
 */
public record Professional(
        String id,
        @Nullable String structure,
        Set<String> professions,
        boolean coordinator,
        Set<String> specialties,
        boolean delegate,
        Set<String> delegateOf) {

    public Professional {
        requireNonNull(id, "id is missing");
        professions = Set.copyOf(professions);
        specialties = Set.copyOf(specialties);
        delegateOf = Set.copyOf(delegateOf);
    }

    /** Whether they set appointments for that person, or for whoever of their structure. */
    boolean isDelegateOf(Party party) {
        return delegate && (party.isPerson() ? delegateOf.contains(party.id()) : memberOf(party.id()));
    }

    Party party() {
        return Party.person(id);
    }

    /** Whether they are that person, or a member of that structure. */
    boolean belongsTo(Party party) {
        return party.isPerson() ? party.id().equals(id) : memberOf(party.id());
    }

    /** Whether something addressed like this is theirs to answer: as the person, or as a member of that profession. */
    boolean isAddressed(Addressee to) {
        return to.party().isPerson()
                ? to.party().id().equals(id)
                : memberOf(to.party().id()) && professions.contains(to.profession());
    }

    /** The structure under which they answer something addressed like this. */
    @Nullable
    String actingFor(Addressee to) {
        return to.party().isPerson() ? structure : to.party().id();
    }

    private boolean memberOf(String finess) {
        return finess.equals(structure);
    }
}
