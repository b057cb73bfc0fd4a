package fr.relais.notification;

import fr.relais.events.Actor;
import fr.relais.events.Addressee;
import fr.relais.events.CareTerms;
import fr.relais.events.Content;
import fr.relais.events.DomainEvent;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.RecordedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Events of one stream as another service would publish them. */
public final class Story {

    public static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    public static final Party WARD = Party.structure("990000044");
    public static final Party CPTS = Party.structure("990000051");
    public static final Party ANNE = Party.person("99700900022");
    public static final Party BRAHIM = Party.person("99700900030");
    public static final Party CHLOE = Party.person("99700900048");
    public static final Addressee CABINET = new Addressee(Party.structure("990000028"), "60");
    public static final String STEP = "first-visit";

    private final String stream;
    private final Instant began;
    private final List<RecordedEvent> told = new ArrayList<>();

    public Story(String stream) {
        this(stream, AT);
    }

    public Story(String stream, Instant began) {
        this.stream = stream;
        this.began = began;
    }

    public static Story ofPathway(String pathway) {
        return ofPathway(pathway, AT);
    }

    public static Story ofPathway(String pathway, Instant began) {
        Story story = new Story(pathway, began);
        story.then(new PathwayEvent.Opened(
                "patient-1",
                "discharge-home",
                1,
                WARD,
                CPTS,
                "23096",
                new PathwayEvent.Inclusion(AT, WARD, "oral"),
                List.of()));
        return story;
    }

    public String stream() {
        return stream;
    }

    /** The next event of the stream. */
    public RecordedEvent then(DomainEvent event) {
        return then(event, began.plusSeconds(told.size() + 1L));
    }

    /** The next event of the stream, recorded then. */
    public RecordedEvent then(DomainEvent event, Instant recordedAt) {
        long sequence = told.size() + 1L;
        RecordedEvent recorded = new RecordedEvent(
                RecordedEvent.idOf(stream, sequence),
                EventCatalogue.standard().entry(event).type(),
                stream,
                sequence,
                recordedAt.truncatedTo(ChronoUnit.MILLIS),
                "elsewhere",
                Actor.system("story"),
                null,
                null,
                new Content.Known(event));
        told.add(recorded);
        return recorded;
    }

    public RecordedEvent offer(String handoff, Addressee to) {
        return then(new PathwayEvent.HandoffOffered(
                handoff,
                STEP,
                to,
                WARD,
                1,
                AT.plusSeconds(7200),
                new CareTerms(
                        List.of("nursing.first-visit"), CareTerms.Mode.HOME, 1, true, null, null, List.of(), "23096")));
    }

    public List<RecordedEvent> all() {
        return List.copyOf(told);
    }
}
