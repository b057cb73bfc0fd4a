package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import java.time.LocalTime;

/**
 * When a person wants to be told.
 *
 * @param hours when they may be interrupted, after their profession
 * @param digestAt when their digest comes, in Europe/Paris
 */
public record Habits(Hours hours, LocalTime digestAt) {

    /** When the digest comes to those who have not said otherwise. */
    public static final LocalTime USUAL_DIGEST = LocalTime.of(7, 30);

    public Habits {
        requireNonNull(hours, "hours are missing");
        requireNonNull(digestAt, "digestAt is missing");
    }
}
