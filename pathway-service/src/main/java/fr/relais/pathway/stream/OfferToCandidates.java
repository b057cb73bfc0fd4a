package fr.relais.pathway.stream;

import fr.relais.events.CandidateEvent;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.events.DomainEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.stream.Reaction;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.domain.PathwayCommand;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The directory named candidates: the step is offered to them, a wave at a time. */
public final class OfferToCandidates implements Reaction {

    private static final Logger log = LoggerFactory.getLogger(OfferToCandidates.class);

    private final Pathways pathways;

    public OfferToCandidates(Pathways pathways) {
        this.pathways = pathways;
    }

    @Override
    public String name() {
        return "offer-to-candidates";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(CandidateEvent.class);
    }

    @Override
    public void on(RecordedEvent event, CommandContext context) {
        if (event.event().orElse(null) instanceof Ranked ranked
                && pathways.run(
                                ranked.pathway(),
                                context,
                                given -> new PathwayCommand.OfferTo(
                                        given, ranked.step(), ranked.search(), ranked.candidates()))
                        instanceof Outcome.Refused<?> refused) {
            log.warn(
                    "{}: candidates for {} were refused: {}",
                    ranked.pathway(),
                    ranked.step(),
                    refused.reason().code());
        }
    }
}
