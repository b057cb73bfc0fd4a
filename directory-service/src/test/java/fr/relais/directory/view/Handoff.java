package fr.relais.directory.view;

import fr.relais.events.Actor;
import fr.relais.events.Addressee;
import fr.relais.events.CareTerms;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffFailed;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepCompleted;
import fr.relais.events.PathwayEvent.StepScheduled;
import fr.relais.events.RecordedEvent;
import java.time.Instant;
import java.util.List;

/** A handoff of a nurse's first visit, and events around it. */
public final class Handoff {

    public static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    public static final Party WARD = Party.structure("990000044");
    public static final Party CABINET = Party.structure("990000028");
    public static final Party ALICE = Party.person("99700900014");
    public static final Party CHLOE = Party.person("99700900030");

    private Handoff() {}

    public static HandoffOffered offered(String handoff, Party to) {
        return new HandoffOffered(
                handoff,
                "first-visit",
                new Addressee(to, "60"),
                WARD,
                1,
                NOON.plusSeconds(7_200),
                new CareTerms(
                        List.of("nursing.first-visit"), CareTerms.Mode.HOME, 1, true, null, 7, List.of(), "23096"));
    }

    public static RecordedEvent recorded(String pathway, long sequence, PathwayEvent event) {
        return recorded(pathway, sequence, NOON, event);
    }

    public static RecordedEvent recorded(String pathway, long sequence, Instant noon, PathwayEvent event) {
        return new RecordedEvent(
                RecordedEvent.idOf(pathway, sequence),
                EventCatalogue.standard().entry(event).type(),
                pathway,
                sequence,
                noon.plusSeconds(sequence),
                "pathway-service",
                Actor.system("test"),
                null,
                null,
                new Content.Known(event));
    }

    public static StepScheduled scheduled(Instant dueAt) {
        return new StepScheduled("first-visit", "nurse", "60", null, dueAt, WARD);
    }

    /** Two are asked, one accepts and is done with it in time; on another pathway it comes to nothing and is asked again. */
    static List<RecordedEvent> story() {
        return List.of(
                recorded("pathway-1", 1, scheduled(NOON.plusSeconds(86_400))),
                recorded("pathway-1", 2, offered("h1", CABINET)),
                recorded("pathway-2", 1, offered("h3", ALICE)),
                recorded("pathway-1", 3, offered("h2", CHLOE)),
                recorded("pathway-1", 4, new HandoffAccepted("h1", "first-visit", ALICE, "990000028", NOON)),
                recorded("pathway-2", 2, new HandoffAccepted("h3", "first-visit", ALICE, "990000028", NOON)),
                recorded(
                        "pathway-1",
                        5,
                        new HandoffWithdrawn(
                                "h2", "first-visit", PathwayEvent.WithdrawReason.TAKEN_BY_ANOTHER, ALICE, ALICE)),
                recorded(
                        "pathway-2",
                        3,
                        new HandoffFailed(
                                "h3", "first-visit", ALICE, PathwayEvent.FailReason.PATIENT_ABSENT, NOON, WARD)),
                recorded("pathway-2", 4, offered("h4", CHLOE)),
                recorded("pathway-1", 6, new StepCompleted("first-visit", "h1", ALICE, NOON)));
    }
}
