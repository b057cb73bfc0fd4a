package fr.relais.directory.application;

import fr.relais.directory.domain.Answer;
import fr.relais.directory.domain.Days;
import fr.relais.directory.domain.Listings;
import fr.relais.directory.domain.Ranking;
import fr.relais.directory.domain.Search;
import fr.relais.directory.domain.SearchDecider;
import fr.relais.directory.domain.Seek;
import fr.relais.events.CandidateEvent;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.Ids;
import java.time.Instant;
import java.util.List;
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

    /**
     * What a pathway asks, in the words of the ranking.
     *
     * @param at now: who is full or away on that day
     */
    public static Seek seek(String pathway, StepSeeksSomeone asked, Instant at) {
        Party choice = asked.choice();
        return new Seek(
                asked.profession(),
                asked.specialty(),
                asked.commune(),
                choice == null ? Set.of() : Set.of(choice),
                Set.copyOf(asked.circle()),
                Set.copyOf(asked.exclude()),
                Days.of(at),
                pathway + "/" + asked.search());
    }

    /** Whether it was answered before. */
    public boolean isAnswered(String pathway, String search) {
        return streams.load(stream(pathway, search)).state() instanceof Search.Answered;
    }

    /** Answers a search with those who may be asked, best first. */
    public Outcome<Search> answer(CommandContext context, String pathway, StepSeeksSomeone asked, Listings listings) {
        Ranking ranking = Ranking.of(seek(pathway, asked, context.at()), listings);
        Integer wanted = asked.wanted();
        List<Candidate> candidates = wanted == null
                ? ranking.candidates()
                : ranking.candidates().stream().limit(Math.max(wanted, 1)).toList();
        return streams.execute(
                stream(pathway, asked.search()),
                context,
                new Answer(new Ranked(pathway, asked.step(), asked.search(), candidates, ranking.leftOut())));
    }
}
