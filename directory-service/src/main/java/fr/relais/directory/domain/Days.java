package fr.relais.directory.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Civil days, which are those of Europe/Paris wherever this runs. */
public final class Days {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private Days() {}

    /** The day on which an instant lies. */
    public static LocalDate of(Instant at) {
        return at.atZone(PARIS).toLocalDate();
    }
}
