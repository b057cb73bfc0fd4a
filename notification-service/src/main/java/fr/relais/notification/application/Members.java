package fr.relais.notification.application;

import fr.relais.events.Party;
import java.util.List;

/** Who works where, as the directory says. */
@FunctionalInterface
public interface Members {

    /** The members of a profession (TRE_G15 code) in a structure (FINESS number). */
    List<Party> of(String structure, String profession);
}
