package fr.relais.kit.access;

import org.jspecify.annotations.Nullable;

/**
 * Where a person works and as what.
 *
 * @param structure FINESS number; null for who works in none
 * @param profession TRE_G15 code; null for those who have none (secretary, coordinator, machine)
 * @param specialty code of TRE_R38-SpecialiteOrdinale; null where the token shows none
 */
public record Practice(
        @Nullable String structure,
        @Nullable String profession,
        @Nullable String specialty) {

    /** A practice without a specialty. */
    public Practice(@Nullable String structure, @Nullable String profession) {
        this(structure, profession, null);
    }
}
