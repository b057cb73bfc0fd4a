package fr.relais.notification.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.stream.Reaction;
import fr.relais.notification.application.Tellings;
import fr.relais.notification.domain.Consequence;
import fr.relais.notification.domain.WhoIsTold;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a hospital says of a patient whom no pathway follows is told to whoever cares for them. */
@Component
final class TellCircle implements Reaction {

    private final Tellings tellings;

    TellCircle(Tellings tellings) {
        this.tellings = tellings;
    }

    @Override
    public String name() {
        return "tell-circle";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(EncounterEvent.class);
    }

    @Override
    public void on(RecordedEvent recorded, CommandContext context) {
        if (recorded.event().orElse(null) instanceof EncounterEvent event) {
            List<Consequence> consequences = WhoIsTold.after(event);
            if (!consequences.isEmpty()) {
                tellings.carryOut(
                        consequences,
                        new Tellings.Occasion(recorded.id(), "", recorded.stream(), recorded.time()),
                        context);
            }
        }
    }
}
