package fr.relais.events;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * To whom a handoff is offered: a person, or a structure of which any member of the asked profession may accept in
 * their own name.
 *
 * @param party the person or the structure
 * @param profession profession code of TRE_G15-ProfessionSante, for example {@code 60} for a nurse
 */
public record Addressee(Party party, String profession) {

    public Addressee {
        requireNonNull(party, "party of the addressee is missing");
        requireNonNull(profession, "profession (TRE_G15 code) of the addressee is missing");
    }

    /** One word for indexes and audiences: {@code person:99700900014} or {@code structure:990000010#60}. */
    @JsonIgnore
    public String key() {
        return party.isPerson() ? party.key() : memberKey(party.id(), profession);
    }

    /** The key under which members of a profession in a structure find what is offered to the structure. */
    public static String memberKey(String structure, String profession) {
        return "structure:" + structure + "#" + profession;
    }
}
