package fr.relais.directory.application;

import fr.relais.directory.domain.Answer;
import fr.relais.directory.domain.Listings;
import fr.relais.directory.domain.Ranking;
import fr.relais.directory.domain.Search;
import fr.relais.directory.domain.SearchDecider;
import fr.relais.directory.domain.Seek;
import fr.relais.events.CandidateEvent;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.Ids;
import java.util.Set;

/** The searches for somebody who takes a step: one stream each, answered once. */
public final class Searches {

    private final Streams<Answer, Search, CandidateEvent> streams;

    /** Over the journal of this service. */
    public Searches(Journal journal) {
        this.streams = journal.streams(new SearchDecider(), CandidateEvent.class);
    }

    /** The stream of a search; its id is unique in its pathway only. */
    public static String stream(String pathway, String search) {
        return Ids.from("search", pathway + "/" + search);
    }

    /** What a pathway asks, in the words of the ranking. Whom the patient chose was asked before anybody is sought. */
    public static Seek seek(String pathway, StepSeeksSomeone asked) {
        return new Seek(
                asked.profession(),
                asked.specialty(),
                asked.commune(),
                Set.of(),
                Set.copyOf(asked.circle()),
                Set.copyOf(asked.exclude()),
                pathway + "/" + asked.search());
    }

    /** Whether it was answered before. */
    public boolean isAnswered(String pathway, String search) {
        return streams.load(stream(pathway, search)).state() instanceof Search.Answered;
    }

    /** Answers a search with those who may be asked, best first. */
    public Outcome<Search> answer(CommandContext context, String pathway, StepSeeksSomeone asked, Listings listings) {
        Ranking ranking = Ranking.of(seek(pathway, asked), listings);
        return streams.execute(
                stream(pathway, asked.search()),
                context,
                new Answer(new Ranked(pathway, asked.step(), asked.search(), ranking.candidates(), ranking.leftOut())));
    }
}
