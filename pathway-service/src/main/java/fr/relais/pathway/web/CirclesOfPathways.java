package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.Ground;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.view.PathwayView;
import fr.relais.pathway.view.PathwayViews;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who takes part in a patient's care, as the patient's pathways tell: their owner, and those who hold a step. */
@Component
final class CirclesOfPathways implements Circles {

    private final PathwayViews views;
    private final Vault vault;

    CirclesOfPathways(PathwayViews views, Vault vault) {
        this.views = views;
        this.vault = vault;
    }

    /** Also those that were opened under a file that was merged into another since. */
    private List<PathwayView> ofPatient(String patient) {
        return vault.names(patient).stream()
                .flatMap(name -> views.ofPatient(name).stream())
                .toList();
    }

    @Override
    public Optional<Concerned> concerns(Caller caller, String patient) {
        Optional<Concerned> concerned = Optional.empty();
        for (PathwayView pathway : ofPatient(patient)) {
            switch (Concern.of(caller, pathway)) {
                case OWNER -> {
                    return Optional.of(new Concerned(Ground.TEAM, pathway.id()));
                }
                case HOLDER -> concerned = Optional.of(new Concerned(Ground.EXCHANGE, pathway.id()));
                // Until they have accepted something themselves, colleagues and coordinators do without the name.
                case TEAM, COORDINATOR, NONE -> {}
            }
        }
        return concerned;
    }
}
