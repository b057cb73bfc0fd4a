package fr.relais.pathway.domain;

import fr.relais.events.PathwayEvent;
import fr.relais.kit.decide.Decision;
import fr.relais.pathway.domain.Pathway.Open;
import java.util.ArrayList;
import java.util.List;

/** Events said so far, and the state after them. */
final class Draft {
    private final List<PathwayEvent> events = new ArrayList<>();
    private Pathway pathway;

    Draft(Pathway pathway) {
        this.pathway = pathway;
    }

    void say(PathwayEvent event) {
        events.add(event);
        pathway = Evolution.apply(pathway, event);
    }

    Pathway pathway() {
        return pathway;
    }

    Open open() {
        if (pathway instanceof Open open) {
            return open;
        }
        throw new IllegalStateException("the pathway is not open");
    }

    Step step(String key) {
        return Evolution.stepOf(open(), key);
    }

    Decision<PathwayEvent> decision() {
        return Decision.accept(events);
    }
}
