package fr.relais.notification.application;

import fr.relais.events.Party;
import java.util.List;
import java.util.Optional;

/** Who works where and as what, as the directory says. */
public interface Readers {

    /** The members of a profession (TRE_G15 code) in a structure (FINESS number). */
    List<Party> members(String structure, String profession);

    /** TRE_G15 code of a person's profession, where the directory knows one. */
    Optional<String> profession(Party person);
}
