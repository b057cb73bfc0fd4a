package fr.relais.notification.stream;

import fr.relais.events.DomainEvent;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.stream.Reaction;
import fr.relais.notification.application.Tellings;
import fr.relais.notification.domain.Consequence;
import fr.relais.notification.domain.WhoIsTold;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What happens on a pathway is told to whom it concerns, and what does not hold any more is taken back. */
@Component
final class TellReaction implements Reaction {

    private final Circles circles;
    private final Tellings tellings;

    TellReaction(Circles circles, Tellings tellings) {
        this.circles = circles;
        this.tellings = tellings;
    }

    @Override
    public String name() {
        return "tell";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public void on(RecordedEvent recorded, CommandContext context) {
        if (recorded.event().orElse(null) instanceof PathwayEvent event && WhoIsTold.mayConcern(event)) {
            List<Consequence> consequences =
                    WhoIsTold.after(event, recorded.sequence(), circles.at(recorded.stream(), recorded.sequence()));
            tellings.carryOut(
                    consequences,
                    new Tellings.Occasion(recorded.id(), recorded.stream(), null, recorded.time()),
                    context);
        }
    }
}
