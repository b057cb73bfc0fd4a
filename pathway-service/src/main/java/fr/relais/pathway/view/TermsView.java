package fr.relais.pathway.view;

import fr.relais.events.CareTerms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an offer says before it is accepted.
 *
 * @param mode the usual one of the modes
 * @param start first day, as {@code 2026-03-03}
 * @param preparation what was ready when the patient was included; null where nothing was said of it
 */
public record TermsView(
        List<String> acts,
        String mode,
        List<String> modes,
        int timesPerDay,
        boolean weekends,
        @Nullable String start,
        @Nullable Integer days,
        List<String> material,
        String commune,
        PathwayView.@Nullable Preparation preparation) {
    public TermsView {
        acts = List.copyOf(acts);
        modes = List.copyOf(modes);
        material = List.copyOf(material);
    }

    // A day is kept as text: stored as an instant it would be another day in another time zone.
    static TermsView of(CareTerms terms, PathwayView.@Nullable Preparation preparation) {
        return new TermsView(
                terms.acts(),
                terms.mode().name(),
                terms.modes() == null
                        ? List.of(terms.mode().name())
                        : terms.modes().stream().map(Enum::name).toList(),
                terms.timesPerDay(),
                terms.weekends(),
                terms.start() == null ? null : terms.start().toString(),
                terms.days(),
                terms.material(),
                terms.commune(),
                preparation);
    }
}
