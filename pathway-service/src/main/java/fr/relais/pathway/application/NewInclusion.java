package fr.relais.pathway.application;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.Preparation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A patient is to be included in a pathway.
 *
 * @param patient internal id, already known to the vault
 * @param template key of a template
 * @param templateVersion its version, null for the newest
 * @param owner who answers for the pathway
 * @param hospital the hospital for a stay of which it is opened, where somebody of one does so
 * @param preparation what is ready for those who take over, where it was said
 * @param coordinator structure whose coordinators watch it, null for the usual one
 */
public record NewInclusion(
        String patient,
        String template,
        @Nullable Integer templateVersion,
        Party owner,
        @Nullable Party coordinator,
        String commune,
        Inclusion inclusion,
        List<Choice> choices,
        @Nullable String hospital,
        @Nullable Preparation preparation) {
    public NewInclusion {
        choices = List.copyOf(choices);
    }
}
