package fr.relais.directory.domain;

import fr.relais.events.CandidateEvent;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;

/** A search is answered once, however often it is asked. */
public final class SearchDecider implements Decider<Answer, Search, CandidateEvent> {

    @Override
    public Search initial() {
        return new Search.Open();
    }

    @Override
    public Decision<CandidateEvent> decide(Answer command, Search state) {
        return switch (state) {
            case Search.Open open -> Decision.accept(command.with());
            case Search.Answered answered -> Decision.nothing();
        };
    }

    @Override
    public Search evolve(Search state, CandidateEvent event) {
        return switch (event) {
            case Ranked ranked -> new Search.Answered(ranked);
        };
    }
}
