package fr.relais.pathway.web;

import fr.relais.pathway.domain.Pathway;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pathway after a command.
 *
 * @param status where it stands
 * @param responsible who answers for each open step, by key of the step
 */
record PathwayAnswer(String id, String status, @Nullable String template, Map<String, String> responsible) {

    static PathwayAnswer of(String id, Pathway state) {
        Map<String, String> responsible = new LinkedHashMap<>();
        if (state instanceof Pathway.Opened opened) {
            opened.steps().byKey().values().stream()
                    .filter(fr.relais.pathway.domain.Step::open)
                    .forEach(step ->
                            responsible.put(step.key(), step.responsible().key()));
        }
        return new PathwayAnswer(
                id,
                switch (state) {
                    case Pathway.NotOpened none -> "not-opened";
                    case Pathway.WaitingForDischarge waiting -> "waiting-for-discharge";
                    case Pathway.Running running -> "running";
                    case Pathway.Paused paused -> "paused";
                    case Pathway.Closed closed -> "closed";
                },
                state instanceof Pathway.Opened opened
                        ? opened.dossier().template() + ".v" + opened.dossier().templateVersion()
                        : null,
                responsible);
    }
}
