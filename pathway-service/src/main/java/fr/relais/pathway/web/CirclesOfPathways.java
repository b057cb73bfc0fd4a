package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.Ground;
import fr.relais.pathway.view.PathwayView;
import fr.relais.pathway.view.PathwayViews;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who takes part in a patient's care, as the patient's pathways tell: their owner, and those who hold a step. */
@Component
final class CirclesOfPathways implements Circles {

    private final PathwayViews views;

    CirclesOfPathways(PathwayViews views) {
        this.views = views;
    }

    @Override
    public Optional<Concerned> concerns(Caller caller, String patient) {
        Optional<Concerned> concerned = Optional.empty();
        for (PathwayView pathway : views.ofPatient(patient)) {
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
