package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an offer may say before it is accepted, and no more: no identity, age, diagnosis or hospital unit.
 *
 * @param acts what is to be done, as codes of the template ({@code nursing.first-visit}); never free text
 * @param mode where it is done
 * @param timesPerDay passages a day
 * @param weekends whether weekends are included
 * @param start first day asked for, in Europe/Paris; null while the discharge is not dated
 * @param days how many days, null when open-ended
 * @param material material that must be there, as codes of the template
 * @param commune INSEE code (COG) of the commune; for communes under 2,000 inhabitants that of the canton's main town
 * @param modes every way in which it may be done, where there are several; {@code mode} is the usual one
 */
public record CareTerms(
        List<String> acts,
        Mode mode,
        int timesPerDay,
        boolean weekends,
        @Nullable LocalDate start,
        @Nullable Integer days,
        List<String> material,
        String commune,
        @Nullable List<Mode> modes) {

    /** Where the care is given. */
    public enum Mode {
        ON_SITE,
        HOME,
        VIDEO,
        PHONE
    }

    public CareTerms {
        acts = List.copyOf(acts);
        requireNonNull(mode, "mode is missing: ON_SITE, HOME, VIDEO or PHONE");
        material = List.copyOf(material);
        requireNonNull(commune, "commune (INSEE code) is missing");
    }

    /** Terms that leave no choice of the way. */
    public CareTerms(
            List<String> acts,
            Mode mode,
            int timesPerDay,
            boolean weekends,
            @Nullable LocalDate start,
            @Nullable Integer days,
            List<String> material,
            String commune) {
        this(acts, mode, timesPerDay, weekends, start, days, material, commune, null);
    }
}
