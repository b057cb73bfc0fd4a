package fr.relais.pathway.domain;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A pathway's life with every kind of event in it, as its journal tells it. */
public final class PathwayStory {

    private static final String VISIT = "nurse-first-visit";

    private PathwayStory() {}

    /** The story. */
    public static List<RecordedEvent> events() {
        Hospital hospital = new Hospital();
        hospital.included(new Choice("gp", Hospital.GP.party())).announced(hospital.now.plus(Duration.ofHours(20)));
        hospital.found(VISIT, Hospital.NURSE_CHLOE.party(), Hospital.CABINET);
        hospital.accepted(hospital.handoff(VISIT, Hospital.CABINET), Hospital.NURSE_ANNE);
        hospital.later(Duration.ofHours(20)).discharged();
        hospital.retracted();
        hospital.later(Duration.ofHours(20)).discharged();
        hospital.declined(hospital.handoff("gp-visit", Hospital.GP.party()), Hospital.GP);
        hospital.found("gp-visit");
        String visit = hospital.handoff(VISIT, Hospital.CABINET);
        hospital.later(Duration.ofHours(2));
        var answerBy = hospital.last(PathwayEvent.HandoffOffered.class, VISIT).answerBy();
        hospital.until(answerBy);
        hospital.ok(new PathwayCommand.Expire(hospital.given(), visit, answerBy));
        hospital.found(VISIT, Hospital.NURSE_CHLOE.party());
        hospital.accepted(hospital.handoff(VISIT, Hospital.NURSE_CHLOE.party()), Hospital.NURSE_CHLOE);
        hospital.ok(new PathwayCommand.AskForAttention(hospital.given(), "stay-1", "Look at it."));
        hospital.later(Duration.ofHours(1)).readmitted("stay-2");
        hospital.later(Duration.ofDays(2)).discharged("stay-2", hospital.now);
        var due = hospital.due(VISIT);
        hospital.until(due.minusSeconds(60));
        hospital.ok(new PathwayCommand.Remind(hospital.given(), VISIT, due));
        hospital.until(due);
        hospital.ok(new PathwayCommand.SayOverdue(hospital.given(), VISIT, due));
        hospital.until(PathwayDecider.escalatesAt(due, 1));
        hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, 1, due));
        hospital.completed(hospital.handoff(VISIT, Hospital.NURSE_CHLOE.party()), Hospital.NURSE_CHLOE);
        hospital.ok(new PathwayCommand.ReportDeath(hospital.given(), "stay-2", hospital.now));
        hospital.ok(new PathwayCommand.CancelDeath(hospital.given(), "stay-2"));
        hospital.ok(new PathwayCommand.Close(hospital.given(), Hospital.COORDINATOR));
        return recorded(hospital.all);
    }

    private static List<RecordedEvent> recorded(List<PathwayEvent> events) {
        List<RecordedEvent> recorded = new ArrayList<>();
        for (PathwayEvent event : events) {
            long sequence = recorded.size() + 1;
            recorded.add(new RecordedEvent(
                    RecordedEvent.idOf(Hospital.ID, sequence),
                    EventCatalogue.standard().entry(event).type(),
                    Hospital.ID,
                    sequence,
                    Hospital.TUESDAY.plusSeconds(sequence),
                    "pathway-service",
                    Actor.system("story"),
                    null,
                    null,
                    new Content.Known(event)));
        }
        return recorded;
    }
}
