package fr.relais.pathway.application;

import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.Pathway;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.domain.PathwayDecider;
import fr.relais.pathway.domain.Places;
import fr.relais.pathway.domain.Step;
import fr.relais.pathway.domain.Template;
import fr.relais.pathway.domain.Templates;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Everything that is done to pathways. */
public final class Pathways {

    private final Journal journal;
    private final PathwayDecider decider;
    private final Streams<PathwayCommand, Pathway, PathwayEvent> streams;
    private final Templates templates;
    private final PublicHolidays holidays;
    private final Places places;
    private final PathwayProperties properties;

    public Pathways(
            Journal journal,
            Templates templates,
            PublicHolidays holidays,
            Places places,
            PathwayProperties properties) {
        this.journal = journal;
        this.decider = new PathwayDecider(templates);
        this.streams = journal.streams(decider, PathwayEvent.class);
        this.templates = templates;
        this.holidays = holidays;
        this.places = places;
        this.properties = properties;
    }

    /** The id of the pathway that an inclusion opens: made of the command, so that a repeat meets the same stream. */
    public static String idFor(CommandContext context) {
        return Ids.from("pathway", context.commandId());
    }

    /** Opens a pathway. */
    public Outcome<Pathway> include(CommandContext context, NewInclusion asked) {
        String pathway = idFor(context);
        int version = asked.templateVersion() != null
                ? asked.templateVersion()
                : templates.newest(asked.template()).map(Template::version).orElse(1);
        return run(
                pathway,
                context,
                given -> new PathwayCommand.Open(
                        given,
                        asked.patient(),
                        asked.template(),
                        version,
                        asked.owner(),
                        coordinator(asked),
                        asked.commune(),
                        asked.inclusion(),
                        asked.choices(),
                        asked.hospital(),
                        asked.preparation()),
                null);
    }

    private Party coordinator(NewInclusion asked) {
        if (asked.coordinator() != null) {
            return asked.coordinator();
        }
        return properties.coordinator() == null ? asked.owner() : Party.structure(properties.coordinator());
    }

    /** Runs a command on a pathway. */
    public Outcome<Pathway> run(
            String pathway, CommandContext context, Function<Circumstances, ? extends PathwayCommand> command) {
        return run(pathway, context, command, null);
    }

    /**
     * Runs a command on a pathway.
     *
     * @param ifMatch sequence that the caller has seen
     */
    public Outcome<Pathway> run(
            String pathway,
            CommandContext context,
            Function<Circumstances, ? extends PathwayCommand> command,
            @Nullable Long ifMatch) {
        Circumstances given = given(pathway, context);
        return streams.execute(pathway, context, command.apply(given), ifMatch);
    }

    /** Why a command would be refused now; empty when it would not. Nothing happens. */
    public Optional<Rejection> refusal(
            String pathway, CommandContext context, Function<Circumstances, ? extends PathwayCommand> command) {
        Circumstances given = given(pathway, context);
        Decision<PathwayEvent> decision =
                decider.decide(command.apply(given), streams.load(pathway).state());
        return decision instanceof Decision.Rejected<PathwayEvent>(Rejection reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private Circumstances given(String pathway, CommandContext context) {
        return new Circumstances(pathway, context.at(), holidays.around(context.at()), places);
    }

    /** Who answers for a step now. */
    public Optional<Party> responsible(String pathway, String step) {
        return streams.load(pathway).state() instanceof Pathway.Opened opened
                ? Optional.ofNullable(opened.steps().byKey().get(step)).map(Step::responsible)
                : Optional.empty();
    }

    /** What a command would come to now; nothing is done. */
    public Outcome<Pathway> preview(
            String pathway, CommandContext context, Function<Circumstances, ? extends PathwayCommand> command) {
        Circumstances given = given(pathway, context);
        Streams.Loaded<Pathway> now = streams.load(pathway);
        return switch (decider.decide(command.apply(given), now.state())) {
            case Decision.Rejected<PathwayEvent>(Rejection reason) ->
                new Outcome.Refused<>(reason, now.state(), now.sequence());
            case Decision.Accepted<PathwayEvent>(List<PathwayEvent> events) ->
                new Outcome.Done<>(decider.evolveAll(now.state(), events), now.sequence() + events.size(), false);
        };
    }

    /** The patient of a pathway. */
    public Optional<String> patientOf(String pathway) {
        return streams.load(pathway).state() instanceof Pathway.Opened opened
                ? Optional.of(opened.dossier().patient())
                : Optional.empty();
    }

    /** Who opened a pathway. */
    public Optional<Party> ownerOf(String pathway) {
        return streams.load(pathway).state() instanceof Pathway.Opened opened
                ? Optional.of(opened.dossier().owner())
                : Optional.empty();
    }

    /** Who cares for the patient of a pathway: those chosen, and those who hold or did a step. */
    public Set<Party> circleOf(String pathway) {
        return streams.load(pathway).state() instanceof Pathway.Opened opened ? opened.circle() : Set.of();
    }

    /** What happened on a pathway after a sequence, oldest first. */
    public List<RecordedEvent> timeline(String pathway, long after, int limit) {
        return journal.read(pathway, after, limit);
    }

    /** What happened on a pathway before a sequence, the newest first. */
    public List<RecordedEvent> timelineBackwards(String pathway, long before, int limit) {
        return journal.readBackwards(pathway, before, limit);
    }

    /** All templates. */
    public Templates templates() {
        return templates;
    }
}
