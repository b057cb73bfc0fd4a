package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a rule may not fetch by itself and comes with every command.
 *
 * @param pathway id of the pathway's stream
 * @param at now
 * @param holidays public holidays of the months around now
 * @param places which place may be told of the patient's
 */
public record Circumstances(String pathway, Instant at, Holidays holidays, Places places) {
    public Circumstances {
        requireNonNull(pathway, "pathway is missing");
        requireNonNull(at, "at is missing");
        requireNonNull(holidays, "holidays are missing");
        requireNonNull(places, "places are missing");
    }
}
