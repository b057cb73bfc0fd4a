package fr.relais.pathway.domain;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.CallOutcome;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.DeclineReason;
import fr.relais.events.PathwayEvent.FailReason;
import fr.relais.events.RecordedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A pathway's life with every kind of event in it, as its journal tells it. */
public final class PathwayStory {

    private static final String VISIT = "nurse-first-visit";
    private static final String WEEKLY = "nurse-weekly";

    private PathwayStory() {}

    /** The story. */
    public static List<RecordedEvent> events() {
        Hospital hospital = new Hospital();
        hospital.included("heart-failure", new Choice("gp", Hospital.GP.party()))
                .announced(hospital.now.plus(Duration.ofHours(20)));
        hospital.ok(new PathwayCommand.NoLongerExpectDischarge(hospital.given(), "stay-1"));
        hospital.announced(hospital.now.plus(Duration.ofHours(20)));
        hospital.found(VISIT, Hospital.NURSE_CHLOE.party(), Hospital.CABINET);
        String early = hospital.handoff(VISIT, Hospital.CABINET);
        hospital.ok(new PathwayCommand.See(hospital.given(), early, Hospital.SECRETARY));
        hospital.ok(
                new PathwayCommand.Decline(hospital.given(), early, Hospital.NURSE_BRUNO, DeclineReason.ABSENT, false));
        hospital.accepted(early, Hospital.NURSE_ANNE);
        hospital.later(Duration.ofHours(20)).discharged();
        hospital.retracted();
        hospital.ok(new PathwayCommand.AskForAttention(hospital.given(), "stay-1", "Look at it."));
        hospital.ok(new PathwayCommand.RetractDischarge(hospital.given(), "stay-1"));
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
        hospital.ok(new PathwayCommand.Escalate(hospital.given(), VISIT, 1, due, null));
        String held = hospital.handoff(VISIT, Hospital.NURSE_CHLOE.party());
        hospital.ok(new PathwayCommand.SetAppointment(
                hospital.given(), held, Hospital.NURSE_CHLOE, AppointmentStatus.BOOKED, hospital.now));
        hospital.ok(new PathwayCommand.RecordCall(
                hospital.given(), VISIT, Hospital.COORDINATOR, CallOutcome.NO_ANSWER, hospital.now.plusSeconds(3600)));
        hospital.ok(new PathwayCommand.AddNote(hospital.given(), "note-1", VISIT, Hospital.NURSE_CHLOE, true));
        hospital.ok(new PathwayCommand.Fail(hospital.given(), held, Hospital.NURSE_CHLOE, FailReason.PATIENT_ABSENT));
        hospital.found(VISIT, Hospital.CABINET, Hospital.NURSE_ANNE.party());
        String last = hospital.handoff(VISIT, Hospital.NURSE_ANNE.party());
        hospital.accepted(last, Hospital.NURSE_ANNE);
        hospital.ok(new PathwayCommand.ReportDone(hospital.given(), VISIT, Hospital.WARD_DOCTOR, hospital.now));
        hospital.ok(new PathwayCommand.CorrectReport(hospital.given(), VISIT, Hospital.NURSE_ANNE));
        hospital.completed(last, Hospital.NURSE_ANNE);
        hospital.accepted(hospital.handoff(WEEKLY, Hospital.NURSE_ANNE.party()), Hospital.NURSE_ANNE);
        var weeks = hospital.step(WEEKLY).weeks().answersBy();
        hospital.until(weeks.get(0));
        hospital.ok(new PathwayCommand.SayWeekUnanswered(hospital.given(), WEEKLY, 1, weeks.get(0)));
        hospital.ok(new PathwayCommand.ConfirmWeek(hospital.given(), WEEKLY, Hospital.NURSE_ANNE, null, List.of()));
        hospital.ok(new PathwayCommand.ReceiveDocument(
                hospital.given(), "document-1", "11490-0", Hospital.WARD, hospital.now));
        hospital.ok(new PathwayCommand.TellNews(
                hospital.given(), "stay-3", PathwayEvent.News.EMERGENCY_ARRIVAL, hospital.now));
        hospital.ok(new PathwayCommand.ChangePatient(hospital.given(), "patient-2", "patient-1"));
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
