package fr.relais.directory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.CandidateEvent;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.kit.decide.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchDeciderTest {

    private final SearchDecider decider = new SearchDecider();
    private final Ranked nobody = new Ranked("pathway-1", "first-visit", "search-1", List.of(), List.of());

    @Test
    void a_search_is_answered_once() {
        assertThat(decider.decide(new Answer(nobody), decider.initial()))
                .isEqualTo(Decision.<CandidateEvent>accept(nobody));
        assertThat(decider.decide(new Answer(nobody), decider.evolve(decider.initial(), nobody)))
                .isEqualTo(Decision.<CandidateEvent>nothing());
    }
}
