package fr.relais.directory.stream;

import fr.relais.directory.application.Searches;
import fr.relais.directory.domain.Listings;
import fr.relais.directory.domain.Seek;
import fr.relais.directory.domain.Teams;
import fr.relais.directory.view.DirectoryView;
import fr.relais.events.DomainEvent;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.stream.Reaction;
import java.util.LinkedHashSet;
import java.util.Set;

/** A step seeks someone: the directory answers once with those who may be asked, best first. */
public final class AnswerSeekers implements Reaction {

    private final Searches searches;
    private final DirectoryView directory;
    private final int most;

    /**
     * An answerer.
     *
     * @param most how many professionals, and how many teams, are looked at
     */
    public AnswerSeekers(Searches searches, DirectoryView directory, int most) {
        this.searches = searches;
        this.directory = directory;
        this.most = most;
    }

    @Override
    public String name() {
        return "answer-seekers";
    }

    @Override
    public Set<Class<? extends DomainEvent>> families() {
        return Set.of(PathwayEvent.class);
    }

    @Override
    public void on(RecordedEvent event, CommandContext context) {
        if (event.event().orElse(null) instanceof StepSeeksSomeone asked) {
            answer(event.stream(), asked, context);
        }
    }

    private void answer(String pathway, StepSeeksSomeone asked, CommandContext context) {
        if (searches.isAnswered(pathway, asked.search())) {
            return;
        }
        if (!directory.caughtUp()) {
            throw new MachineFailure("the directory's views are still being filled: a search now would find nobody");
        }
        Seek seek = Searches.seek(pathway, asked, context.at());
        Set<Party> named = new LinkedHashSet<>(seek.circle());
        named.addAll(seek.chosen());
        DirectoryView.Found found = directory.whoMayBeAsked(
                seek.profession(),
                seek.specialties(),
                seek.communes(),
                Teams.TYPES,
                named,
                seek.on(),
                seek.turn(),
                most);
        Outcome<?> outcome = searches.answer(
                context, pathway, asked, new Listings(found.professionals(), found.structures(), found.retired()));
        if (outcome instanceof Outcome.Refused<?> refused) {
            throw new IllegalStateException("search " + asked.search() + " of " + pathway + " was not answered: "
                    + refused.reason().message());
        }
    }
}
