package fr.relais.pathway.domain;

import fr.relais.events.Addressee;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.AppointmentStatus;
import fr.relais.events.PathwayEvent.CallOutcome;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.DeclineReason;
import fr.relais.events.PathwayEvent.FailReason;
import fr.relais.events.PathwayEvent.Inclusion;
import fr.relais.events.PathwayEvent.LetterOf;
import fr.relais.events.PathwayEvent.News;
import fr.relais.events.PathwayEvent.Preparation;
import fr.relais.events.PathwayEvent.Proposal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be asked of a pathway. */
public sealed interface PathwayCommand {

    /** What came with the command. */
    Circumstances given();

    /**
     * Includes a patient: opens the pathway.
     *
     * @param hospital the hospital for a stay of which it is opened, where somebody of one does so
     * @param preparation what is ready for those who take over, where it was said
     */
    record Open(
            Circumstances given,
            String patient,
            String template,
            int templateVersion,
            Party owner,
            Party coordinator,
            String commune,
            Inclusion inclusion,
            List<Choice> choices,
            @Nullable String hospital,
            @Nullable Preparation preparation)
            implements PathwayCommand {
        public Open {
            choices = List.copyOf(choices);
        }

        /** Opened by nobody of a hospital. */
        public Open(
                Circumstances given,
                String patient,
                String template,
                int templateVersion,
                Party owner,
                Party coordinator,
                String commune,
                Inclusion inclusion,
                List<Choice> choices) {
            this(
                    given,
                    patient,
                    template,
                    templateVersion,
                    owner,
                    coordinator,
                    commune,
                    inclusion,
                    choices,
                    null,
                    null);
        }
    }

    /**
     * The discharge is announced: offers go out early, no delay runs.
     *
     * @param facility the hospital of the stay, where it is known
     */
    record ExpectDischarge(
            Circumstances given,
            String stay,
            Instant expectedAt,
            @Nullable String facility) implements PathwayCommand {

        /** Announced by a hospital that is not said. */
        public ExpectDischarge(Circumstances given, String stay, Instant expectedAt) {
            this(given, stay, expectedAt, null);
        }
    }

    /**
     * The patient was discharged: home starts the pathway, anything else asks a person to look.
     *
     * @param facility the hospital of the stay, where it is known
     * @param to FINESS number of the structure where the patient went, where it is known
     * @param physician the médecin traitant, as hospitals name them
     */
    record Start(
            Circumstances given,
            String stay,
            Instant dischargedAt,
            Destination destination,
            @Nullable String facility,
            @Nullable String to,
            @Nullable Party physician)
            implements PathwayCommand {

        /** Discharged to a structure that is not said. */
        public Start(
                Circumstances given,
                String stay,
                Instant dischargedAt,
                Destination destination,
                @Nullable String facility) {
            this(given, stay, dischargedAt, destination, facility, null, null);
        }

        /** Discharged by a hospital that is not said. */
        public Start(Circumstances given, String stay, Instant dischargedAt, Destination destination) {
            this(given, stay, dischargedAt, destination, null);
        }
    }

    /** The discharge was cancelled. */
    record RetractDischarge(Circumstances given, String stay) implements PathwayCommand {}

    /** The patient is in hospital again. */
    record Readmit(Circumstances given, String stay, Instant admittedAt) implements PathwayCommand {}

    /** The patient died. */
    record ReportDeath(Circumstances given, String stay, Instant diedAt) implements PathwayCommand {}

    /** The patient did not die. */
    record CancelDeath(Circumstances given, String stay) implements PathwayCommand {}

    /** Something was said that no rule should act upon: a person is asked to look. */
    record AskForAttention(
            Circumstances given,
            String stay,
            String why,
            @Nullable Proposal proposal) implements PathwayCommand {

        /** Nothing is known that could be proposed. */
        public AskForAttention(Circumstances given, String stay, String why) {
            this(given, stay, why, null);
        }
    }

    /** What else a hospital says of the patient; moot once the pathway is over, but for a change of file. */
    sealed interface FromHospital extends PathwayCommand {}

    /** The admission was a mistake: what it paused goes on. */
    record CancelAdmission(Circumstances given, String stay) implements FromHospital {}

    /** The announced discharge is put off. */
    record NoLongerExpectDischarge(Circumstances given, String stay) implements FromHospital {}

    /** Something that whoever is to visit should know. */
    record TellNews(Circumstances given, String stay, News news, Instant at) implements FromHospital {}

    /** Two files were one patient. */
    record ChangePatient(Circumstances given, String patient, String former) implements FromHospital {}

    /** The directory's answer to a search, best first. */
    record OfferTo(Circumstances given, String step, String search, List<Candidate> candidates)
            implements PathwayCommand {
        public OfferTo {
            candidates = List.copyOf(candidates);
        }
    }

    /** The directory has not answered in time. */
    record SearchUnanswered(Circumstances given, String step, String search) implements PathwayCommand {}

    /** Takes a handoff over, in one's own name. */
    record Accept(Circumstances given, String handoff, Professional by) implements PathwayCommand {}

    /**
     * Says no to a handoff.
     *
     * @param forAll whether a member says no for the whole structure that is asked, and not for themselves alone
     */
    record Decline(Circumstances given, String handoff, Professional by, DeclineReason reason, boolean forAll)
            implements PathwayCommand {}

    /** Has looked at what is offered, and not answered yet. */
    record See(Circumstances given, String handoff, Professional by) implements PathwayCommand {}

    /**
     * Sets or changes the appointment of an accepted handoff.
     *
     * @param startsAt when; null where it is cancelled, or as before
     */
    record SetAppointment(
            Circumstances given,
            String handoff,
            Professional by,
            AppointmentStatus status,
            @Nullable Instant startsAt) implements PathwayCommand {}

    /** What was accepted could not be done. */
    record Fail(Circumstances given, String handoff, Professional by, FailReason reason) implements PathwayCommand {}

    /** Takes back an acceptance of a moment ago. */
    record Undo(Circumstances given, String handoff, Professional by) implements PathwayCommand {}

    /** Takes back what one offered; who answered for the step before does so again. */
    record Withdraw(Circumstances given, String handoff, Professional by) implements PathwayCommand {}

    /**
     * Passes an accepted handoff on; its holder stays responsible until somebody accepts.
     *
     * @param to to whom; empty asks the directory
     */
    record Reassign(Circumstances given, String handoff, Professional by, List<Addressee> to)
            implements PathwayCommand {
        public Reassign {
            to = List.copyOf(to);
        }
    }

    /**
     * Offers a step that nobody holds, as its owner or coordinator.
     *
     * @param to to whom; empty asks the directory
     */
    record OfferStep(Circumstances given, String step, Professional by, List<Addressee> to) implements PathwayCommand {
        public OfferStep {
            to = List.copyOf(to);
        }
    }

    /** Nobody answered an offer in time. Moot when the time moved. */
    record Expire(Circumstances given, String handoff, Instant answerBy) implements PathwayCommand {}

    /**
     * What was handed over is done.
     *
     * @param doneAt when; null for when others reported it done, or else now
     */
    record Complete(
            Circumstances given,
            String handoff,
            Professional by,
            @Nullable Instant doneAt) implements PathwayCommand {}

    /** A step that its owner does is done, such as the letter; or one that nobody accepted was done all the same. */
    record CompleteStep(
            Circumstances given,
            String step,
            Professional by,
            @Nullable Instant doneAt) implements PathwayCommand {}

    /** Says that somebody else's step was done. */
    record ReportDone(Circumstances given, String step, Professional by, Instant doneAt) implements PathwayCommand {}

    /** Says that a step that others reported done was not. */
    record CorrectReport(Circumstances given, String step, Professional by) implements PathwayCommand {}

    /**
     * Answers for a week of a recurring step: all was done, save on these days.
     *
     * @param week null for the first that waits for an answer
     */
    record ConfirmWeek(
            Circumstances given,
            String step,
            Professional by,
            @Nullable Integer week,
            List<LocalDate> except) implements PathwayCommand {
        public ConfirmWeek {
            except = List.copyOf(except);
        }
    }

    /** Nobody answered for a week in time. Moot when its time moved. */
    record SayWeekUnanswered(Circumstances given, String step, int week, Instant answersBy) implements PathwayCommand {}

    /**
     * A document about the patient came in.
     *
     * @param document its id; the same is received once
     * @param type LOINC code
     * @param at when it was written or came in
     * @param of of which stay a discharge letter is; null where it is of this very pathway, or is no such letter
     */
    record ReceiveDocument(
            Circumstances given,
            String document,
            String type,
            Party author,
            Instant at,
            @Nullable LetterOf of) implements PathwayCommand {

        /** A document that was handed in for this very pathway. */
        public ReceiveDocument(Circumstances given, String document, String type, Party author, Instant at) {
            this(given, document, type, author, at, null);
        }
    }

    /**
     * A note was written; its text lies in the vault.
     *
     * @param entry its id there
     */
    record AddNote(
            Circumstances given, String entry, @Nullable String step, Professional by, boolean urgent)
            implements PathwayCommand {}

    /** Somebody called about a step. */
    record RecordCall(
            Circumstances given,
            String step,
            Professional by,
            CallOutcome outcome,
            @Nullable Instant callBackAt) implements PathwayCommand {}

    /** Stops the pathway for a time. */
    record Pause(Circumstances given, Professional by) implements PathwayCommand {}

    /** Goes on after a pause that a person made. */
    record Resume(Circumstances given, Professional by) implements PathwayCommand {}

    /**
     * Starts a pathway of which the hospital did not say how the stay ended, or that somebody else looks after for now.
     *
     * @param facility the hospital of the stay, where it is known
     * @param holders who is asked for each role; others are asked as usual
     */
    record StartByHand(
            Circumstances given,
            Professional by,
            String stay,
            Instant dischargedAt,
            Destination destination,
            @Nullable String facility,
            List<Choice> holders)
            implements PathwayCommand {
        public StartByHand {
            holders = List.copyOf(holders);
        }

        /** Of a hospital that is not said. */
        public StartByHand(
                Circumstances given,
                Professional by,
                String stay,
                Instant dischargedAt,
                Destination destination,
                List<Choice> holders) {
            this(given, by, stay, dischargedAt, destination, null, holders);
        }
    }

    /** The time of the template is over. Moot when it moved. */
    record EndByTime(Circumstances given, Instant endsAt) implements PathwayCommand {}

    /** A quarter of the delay is left. Moot when the delay moved. */
    record Remind(Circumstances given, String step, Instant dueAt) implements PathwayCommand {}

    /** The delay is over. Moot when it moved. */
    record SayOverdue(Circumstances given, String step, Instant dueAt) implements PathwayCommand {}

    /**
     * The step is late by so much that the next one up is told. Moot when the delay moved.
     *
     * @param substitute who stands in for the one responsible, where they are away
     */
    record Escalate(
            Circumstances given,
            String step,
            int level,
            Instant dueAt,
            @Nullable Party substitute) implements PathwayCommand {}

    /** Ends the pathway by a person's decision. */
    record Close(Circumstances given, Professional by) implements PathwayCommand {}
}
