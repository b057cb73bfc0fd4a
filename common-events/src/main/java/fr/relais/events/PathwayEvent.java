package fr.relais.events;

import static java.util.Objects.requireNonNull;

import fr.relais.events.EncounterEvent.Destination;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened on one pathway. One stream per pathway; its id is the subject of each event. */
@EventFamily(topic = "relais.pathway", owner = "pathway-service")
public sealed interface PathwayEvent extends DomainEvent {

    /**
     * A professional or structure that the patient chose for a role.
     *
     * @param role role of the template, for example {@code nurse}
     */
    record Choice(String role, Party party) {
        public Choice {
            requireNonNull(role, "role is missing");
            requireNonNull(party, "party is missing");
        }
    }

    /**
     * What was ready for those who take over, as whoever included the patient said.
     *
     * @param orderReady whether the order for nursing was given
     * @param materialReady whether material and drugs are available
     * @param line phone number of the ward for those who take over; null where none was said
     * @param lineUntil until when somebody answers there; null where it was not said
     */
    record Preparation(
            boolean orderReady,
            boolean materialReady,
            @Nullable String line,
            @Nullable Instant lineUntil) {}

    /**
     * On which ground the pathway was opened (CSP L1110-4: informed, may oppose at any time).
     *
     * @param how how the patient was informed: {@code oral}, {@code written}, {@code relative}; or
     *     {@code rule:<id>:<way>} where a hospital's own rule included them, as its agreement informs patients
     */
    record Inclusion(Instant informedAt, Party informedBy, String how) {
        public Inclusion {
            requireNonNull(informedAt, "informedAt is missing");
            requireNonNull(informedBy, "informedBy is missing");
            requireNonNull(how, "how is missing");
        }
    }

    /**
     * When a recurring step is answered for. A round is called a week, also where it is a fortnight.
     *
     * @param from from when the weeks count
     * @param answersBy until when each week is answered for, from week 1
     */
    record Weekly(Instant from, List<Instant> answersBy) {
        public Weekly {
            requireNonNull(from, "from is missing");
            answersBy = List.copyOf(answersBy);
        }
    }

    /** Why somebody says no to a handoff. */
    enum DeclineReason {
        FULL,
        OUT_OF_AREA,
        NOT_MY_SKILL,
        ABSENT,
        TOO_LATE,
        MATERIAL_OR_ORDER_MISSING,
        OTHER
    }

    /** Why an offer or an accepted handoff was taken back. */
    enum WithdrawReason {
        TAKEN_BY_ANOTHER,
        DISCHARGE_CANCELLED,
        PATIENT_READMITTED,
        PATIENT_DIED,
        REASSIGNED,
        STEP_DONE,
        BY_SENDER,
        PATHWAY_CLOSED,
        /** Whoever had accepted took it back at once: the same are asked again. */
        UNDONE
    }

    /** Why a step has nobody and waits in the coordinator's queue. */
    enum UnassignedReason {
        NO_CANDIDATE,
        DIRECTORY_SILENT,
        NOBODY_ACCEPTED
    }

    /** Why a pathway stands still. */
    enum PauseReason {
        PATIENT_READMITTED,
        TRANSFERRED,
        HAD,
        AGAINST_ADVICE,
        BY_PERSON
    }

    /** Why a pathway ended. */
    enum CloseReason {
        COMPLETED,
        PATIENT_DIED,
        BY_PERSON,
        /** Its template's time is over; steps that were still open ended with it. */
        TIME_OVER
    }

    /**
     * A patient was included in a pathway.
     *
     * @param patient internal id of the patient in the vault
     * @param template key of the template, pinned for life together with its version
     * @param owner who answers for the pathway until others accept: the ward, GP or structure that included
     * @param coordinator structure whose coordinators watch this pathway
     * @param commune INSEE code (COG) of where the care is given
     * @param hospital the hospital for a stay of which it was opened, as FINESS number or as the name that its feed bears:
     *     its letter is awaited; null where nobody of a hospital opened it
     * @param preparation what was ready for those who take over; null where nothing was said of it
     */
    @EventType(name = "pathway.opened")
    record Opened(
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
            implements PathwayEvent {
        public Opened {
            requireNonNull(patient, "patient is missing");
            requireNonNull(template, "template is missing");
            requireNonNull(owner, "owner is missing");
            requireNonNull(coordinator, "coordinator is missing");
            requireNonNull(commune, "commune is missing");
            requireNonNull(inclusion, "inclusion is missing");
            choices = List.copyOf(choices);
        }

        /** Opened by nobody of a hospital. */
        public Opened(
                String patient,
                String template,
                int templateVersion,
                Party owner,
                Party coordinator,
                String commune,
                Inclusion inclusion,
                List<Choice> choices) {
            this(patient, template, templateVersion, owner, coordinator, commune, inclusion, choices, null, null);
        }
    }

    /**
     * The discharge is announced: offers may go out early, no delay runs yet.
     *
     * @param facility the hospital of the stay, as FINESS number or as the name that its feed bears; null where it is not
     *     said
     */
    @EventType(name = "pathway.discharge-expected")
    record DischargeExpected(
            String stay, Instant expectedAt, @Nullable String facility) implements PathwayEvent {
        public DischargeExpected {
            requireNonNull(stay, "stay is missing");
            requireNonNull(expectedAt, "expectedAt is missing");
        }

        /** Announced by a hospital that is not said. */
        public DischargeExpected(String stay, Instant expectedAt) {
            this(stay, expectedAt, null);
        }
    }

    /**
     * The patient went home: delays run from here. Repeated with another time it moves the delays.
     *
     * @param dischargedAt effective time of the discharge
     * @param endsAt when the pathway ends by itself; null where its template does not say
     * @param facility the hospital of the stay, as FINESS number or as the name that its feed bears; null where it is not
     *     said
     * @param to FINESS number of the structure that looks after the patient there; null where it is not said
     */
    @EventType(name = "pathway.started")
    record Started(
            String stay,
            Instant dischargedAt,
            EncounterEvent.Destination destination,
            @Nullable Instant endsAt,
            @Nullable String facility,
            @Nullable String to)
            implements PathwayEvent {
        public Started {
            requireNonNull(stay, "stay is missing");
            requireNonNull(dischargedAt, "dischargedAt is missing");
            requireNonNull(destination, "destination is missing");
        }

        /** The start of a pathway that does not end by itself. */
        public Started(String stay, Instant dischargedAt, EncounterEvent.Destination destination) {
            this(stay, dischargedAt, destination, null, null, null);
        }
    }

    /** The discharge was cancelled: unfinished steps wait again and their delays stop. */
    @EventType(name = "pathway.discharge-retracted")
    record DischargeRetracted(String stay) implements PathwayEvent {
        public DischargeRetracted {
            requireNonNull(stay, "stay is missing");
        }
    }

    /**
     * A step is open: somebody must do it in time.
     *
     * @param step key of the step in the template
     * @param role role of the template
     * @param profession profession code (TRE_G15) asked for
     * @param remindAt when its holder is reminded; null while no delay runs
     * @param dueAt end of the last day to do it; null while no delay runs
     * @param responsible who answers for the step until somebody accepts
     * @param lateAt when it is said to be late, where that is not {@code dueAt} itself; such a step is said to be late
     *     once and climbs no ladder
     * @param weekly for a step that recurs and is answered week by week; such a step is neither reminded nor late
     */
    @EventType(name = "pathway.step-scheduled")
    record StepScheduled(
            String step,
            String role,
            String profession,
            @Nullable Instant remindAt,
            @Nullable Instant dueAt,
            Party responsible,
            @Nullable Instant lateAt,
            @Nullable Weekly weekly)
            implements PathwayEvent {
        public StepScheduled {
            requireNonNull(step, "step is missing");
            requireNonNull(role, "role is missing");
            requireNonNull(profession, "profession is missing");
            requireNonNull(responsible, "responsible is missing");
        }

        /** A step that is done once and climbs the ladder when it is late. */
        public StepScheduled(
                String step,
                String role,
                String profession,
                @Nullable Instant remindAt,
                @Nullable Instant dueAt,
                Party responsible) {
            this(step, role, profession, remindAt, dueAt, responsible, null, null);
        }
    }

    /**
     * A step has no chosen professional: the directory is asked for candidates.
     *
     * @param search id of the search, unique in the pathway; the directory's answer bears it
     * @param answerBy after this the step goes to the coordinator's queue
     * @param circle professionals and structures that already care for this patient
     * @param exclude who was asked already
     * @param choice whom the patient chose for this role, where they are to be considered first
     * @param wanted how many are wanted; null leaves it to the directory
     */
    @EventType(name = "pathway.step-seeks-someone")
    record StepSeeksSomeone(
            String step,
            String search,
            String profession,
            @Nullable String specialty,
            String commune,
            Instant answerBy,
            List<Party> circle,
            List<Party> exclude,
            @Nullable Party choice,
            @Nullable Integer wanted)
            implements PathwayEvent {
        public StepSeeksSomeone {
            requireNonNull(step, "step is missing");
            requireNonNull(search, "search is missing");
            requireNonNull(profession, "profession is missing");
            requireNonNull(commune, "commune is missing");
            requireNonNull(answerBy, "answerBy is missing");
            circle = List.copyOf(circle);
            exclude = List.copyOf(exclude);
        }

        /** A search without a choice of the patient's. */
        public StepSeeksSomeone(
                String step,
                String search,
                String profession,
                @Nullable String specialty,
                String commune,
                Instant answerBy,
                List<Party> circle,
                List<Party> exclude) {
            this(step, search, profession, specialty, commune, answerBy, circle, exclude, null, null);
        }
    }

    /** Nobody was found or nobody accepted: the step waits in the coordinator's queue, {@code responsible} answers. */
    @EventType(name = "pathway.step-unassigned")
    record StepUnassigned(String step, UnassignedReason reason, Party responsible) implements PathwayEvent {
        public StepUnassigned {
            requireNonNull(step, "step is missing");
            requireNonNull(reason, "reason is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /**
     * A handoff was offered; the sender stays responsible until somebody accepts.
     *
     * @param handoff id of the handoff, unique over all pathways
     * @param from who offers and stays responsible
     * @param wave 1 for the chosen or first asked, counting up
     * @param answerBy until when an answer is awaited
     * @param terms all that the offer says before it is accepted
     */
    @EventType(name = "pathway.handoff-offered")
    record HandoffOffered(
            String handoff, String step, Addressee to, Party from, int wave, Instant answerBy, CareTerms terms)
            implements PathwayEvent {
        public HandoffOffered {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(to, "to is missing");
            requireNonNull(from, "from is missing");
            requireNonNull(answerBy, "answerBy is missing");
            requireNonNull(terms, "terms are missing");
        }
    }

    /**
     * A professional accepted in their own name and is responsible from now on.
     *
     * @param by the person who accepted
     * @param structure structure they acted for
     * @param acceptedAt effective time
     */
    @EventType(name = "pathway.handoff-accepted")
    record HandoffAccepted(
            String handoff, String step, Party by, @Nullable String structure, Instant acceptedAt)
            implements PathwayEvent {
        public HandoffAccepted {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(acceptedAt, "acceptedAt is missing");
        }
    }

    /** An addressee said no. */
    @EventType(name = "pathway.handoff-declined")
    record HandoffDeclined(String handoff, String step, Party by, DeclineReason reason, Instant declinedAt)
            implements PathwayEvent {
        public HandoffDeclined {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(reason, "reason is missing");
            requireNonNull(declinedAt, "declinedAt is missing");
        }
    }

    /** Nobody answered in time. */
    @EventType(name = "pathway.handoff-expired")
    record HandoffExpired(String handoff, String step) implements PathwayEvent {
        public HandoffExpired {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
        }
    }

    /**
     * An offer, or a handoff that was accepted, was taken back; whoever was told is told so.
     *
     * @param responsible who answers for the step from now on
     * @param takenBy who has it instead, where another accepted
     */
    @EventType(name = "pathway.handoff-withdrawn")
    record HandoffWithdrawn(
            String handoff,
            String step,
            WithdrawReason reason,
            Party responsible,
            @Nullable Party takenBy) implements PathwayEvent {
        public HandoffWithdrawn {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(reason, "reason is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /**
     * A step was done.
     *
     * @param handoff the handoff under which it was done; null when it closed by itself, such as a letter received
     * @param by who did it
     * @param doneAt effective time
     */
    @EventType(name = "pathway.step-completed")
    record StepCompleted(String step, @Nullable String handoff, Party by, Instant doneAt) implements PathwayEvent {
        public StepCompleted {
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(doneAt, "doneAt is missing");
        }
    }

    /** A quarter of the delay is left: whoever is responsible is reminded. */
    @EventType(name = "pathway.step-due-soon")
    record StepDueSoon(String step, Instant dueAt, Party responsible) implements PathwayEvent {
        public StepDueSoon {
            requireNonNull(step, "step is missing");
            requireNonNull(dueAt, "dueAt is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /** A step is late. */
    @EventType(name = "pathway.step-overdue")
    record StepOverdue(String step, Instant dueAt, Party responsible) implements PathwayEvent {
        public StepOverdue {
            requireNonNull(step, "step is missing");
            requireNonNull(dueAt, "dueAt is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /**
     * A late step climbed the ladder: 1 back-up, 2 coordinator, 3 the hospital is called back. Once per level.
     *
     * @param level 1 to 3
     * @param to who is told
     */
    @EventType(name = "pathway.step-escalated")
    record StepEscalated(String step, int level, Instant dueAt, Party responsible, Party to) implements PathwayEvent {
        public StepEscalated {
            requireNonNull(step, "step is missing");
            requireNonNull(dueAt, "dueAt is missing");
            requireNonNull(responsible, "responsible is missing");
            requireNonNull(to, "to is missing");
        }
    }

    /**
     * The pathway stands still and no delay runs: the patient is back in hospital, or somebody stopped it.
     *
     * @param stay the stay that paused it, where one did
     */
    @EventType(name = "pathway.paused")
    record Paused(PauseReason reason, @Nullable String stay) implements PathwayEvent {
        public Paused {
            requireNonNull(reason, "reason is missing");
        }
    }

    /**
     * The pathway goes on after a pause.
     *
     * @param from from when delays count again; null where a new discharge says so
     * @param stay the stay that had paused it and never was, where its cancellation ends the pause
     */
    @EventType(name = "pathway.resumed")
    record Resumed(@Nullable Instant from, @Nullable String stay) implements PathwayEvent {

        /** After a pause that a new discharge ends. */
        public Resumed() {
            this(null, null);
        }

        /** After a pause that a person ends. */
        public Resumed(@Nullable Instant from) {
            this(from, null);
        }
    }

    /**
     * What a hospital said of the end of a stay, for whoever starts the pathway by hand.
     *
     * @param destination where to; null where it did not say
     * @param dischargedAt when the stay ended
     * @param facility the hospital, as FINESS number or as the name that its feed bears
     * @param holders who is to be asked for a role, where the hospital named them
     */
    record Proposal(
            @Nullable Destination destination,
            Instant dischargedAt,
            @Nullable String facility,
            List<Choice> holders) {
        public Proposal {
            requireNonNull(dischargedAt, "dischargedAt is missing");
            holders = List.copyOf(holders);
        }

        /** The stay ended, and nothing is said of how. */
        public Proposal(Instant dischargedAt, @Nullable String facility) {
            this(null, dischargedAt, facility, List.of());
        }
    }

    /**
     * The discharge is said but not how (ZFM-2 missing), or says what no rule can do: the coordinator is asked to look.
     *
     * @param why plain words, without patient data
     * @param proposal what is known already; null where nothing is
     * @param alert a professional who is told at once, such as the médecin traitant of who left against medical advice
     */
    @EventType(name = "pathway.needs-attention")
    record NeedsAttention(
            String stay,
            String why,
            @Nullable Proposal proposal,
            @Nullable Party alert) implements PathwayEvent {
        public NeedsAttention {
            requireNonNull(stay, "stay is missing");
            requireNonNull(why, "why is missing");
        }

        /** Nothing is known that could be proposed. */
        public NeedsAttention(String stay, String why) {
            this(stay, why, null, null);
        }
    }

    /** What a person was asked to look at was taken back by the hospital: nothing is left to decide. */
    @EventType(name = "pathway.attention-over")
    record AttentionOver(String stay) implements PathwayEvent {
        public AttentionOver {
            requireNonNull(stay, "stay is missing");
        }
    }

    /** The pathway is over. */
    @EventType(name = "pathway.closed")
    record Closed(CloseReason reason, Instant closedAt) implements PathwayEvent {
        public Closed {
            requireNonNull(reason, "reason is missing");
            requireNonNull(closedAt, "closedAt is missing");
        }
    }

    /** The pathway was closed by a mistake, such as a death said of a living patient, and is open again. */
    @EventType(name = "pathway.reopened")
    record Reopened(Instant at) implements PathwayEvent {
        public Reopened {
            requireNonNull(at, "at is missing");
        }
    }

    /** What a hospital says that neither starts nor stops anything, but that whoever is to visit should know. */
    enum News {
        /** At the emergency room: call before you go. */
        EMERGENCY_ARRIVAL,
        /** The emergency visit ended without a stay. */
        EMERGENCY_LEFT,
        /** Away from hospital for a time, and still its patient. */
        ON_LEAVE,
        /** Back in hospital from a leave. */
        BACK_FROM_LEAVE
    }

    /** Why an accepted handoff came to nothing. */
    enum FailReason {
        PATIENT_ABSENT,
        PATIENT_REFUSED,
        PATIENT_IN_HOSPITAL,
        ORDER_MISSING,
        OTHER
    }

    /** How an appointment stands, as shared agendas say it (CI-SIS GAP, SAS). */
    enum AppointmentStatus {
        BOOKED,
        FULFILLED,
        NOSHOW,
        CANCELLED
    }

    /** Who or what says that somebody else's step was done. */
    enum ReportedBy {
        /** Another member of the circle. */
        CIRCLE,
        /** A secretary or another delegate. */
        DELEGATE,
        /** An appointment that was kept. */
        APPOINTMENT,
        /** A document that came in. */
        DOCUMENT
    }

    /** What became of a call. */
    enum CallOutcome {
        ANSWERED,
        NO_ANSWER
    }

    /**
     * A hospital said something that whoever is to visit should know; nothing starts or stops.
     *
     * @param at effective time
     */
    @EventType(name = "pathway.hospital-news")
    record HospitalNews(String stay, News news, Instant at) implements PathwayEvent {
        public HospitalNews {
            requireNonNull(stay, "stay is missing");
            requireNonNull(news, "news is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * The announced discharge is put off: early offers stand, no day is known.
     */
    @EventType(name = "pathway.discharge-no-longer-expected")
    record DischargeNoLongerExpected(String stay) implements PathwayEvent {
        public DischargeNoLongerExpected {
            requireNonNull(stay, "stay is missing");
        }
    }

    /**
     * Two files were one patient: the pathway follows the one that remains.
     *
     * @param patient internal id of the patient from now on
     * @param former internal id until now
     */
    @EventType(name = "pathway.patient-changed")
    record PatientChanged(String patient, String former) implements PathwayEvent {
        public PatientChanged {
            requireNonNull(patient, "patient is missing");
            requireNonNull(former, "former is missing");
        }
    }

    /**
     * Somebody to whom a handoff is offered has seen it, and not answered yet.
     *
     * @param by who looked: a member or a delegate
     */
    @EventType(name = "pathway.handoff-seen")
    record HandoffSeen(String handoff, String step, Party by, Instant seenAt) implements PathwayEvent {
        public HandoffSeen {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(seenAt, "seenAt is missing");
        }
    }

    /**
     * A member of the structure that is asked said no for themselves: the offer stands for the others.
     *
     * @param by the member
     */
    @EventType(name = "pathway.handoff-left-to-others")
    record HandoffLeftToOthers(String handoff, String step, Party by, DeclineReason reason, Instant leftAt)
            implements PathwayEvent {
        public HandoffLeftToOthers {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(reason, "reason is missing");
            requireNonNull(leftAt, "leftAt is missing");
        }
    }

    /**
     * What was accepted could not be done: the step is open again and somebody else is asked.
     *
     * @param by who had accepted
     * @param responsible who answers for the step from now on
     */
    @EventType(name = "pathway.handoff-failed")
    record HandoffFailed(String handoff, String step, Party by, FailReason reason, Instant failedAt, Party responsible)
            implements PathwayEvent {
        public HandoffFailed {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(reason, "reason is missing");
            requireNonNull(failedAt, "failedAt is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /**
     * An accepted handoff has an appointment, or it changed.
     *
     * @param by who set it: the holder or their secretary
     * @param startsAt when; null for one that is cancelled
     */
    @EventType(name = "pathway.appointment-set")
    record AppointmentSet(
            String handoff,
            String step,
            Party by,
            AppointmentStatus status,
            @Nullable Instant startsAt) implements PathwayEvent {
        public AppointmentSet {
            requireNonNull(handoff, "handoff is missing");
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(status, "status is missing");
        }
    }

    /**
     * Somebody else says that a step was done: probably done, until its holder confirms or corrects it.
     *
     * @param by who says so
     * @param doneAt when it was done, as they say
     */
    @EventType(name = "pathway.step-reported-done")
    record StepReportedDone(String step, Party by, ReportedBy how, Instant doneAt) implements PathwayEvent {
        public StepReportedDone {
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(how, "how is missing");
            requireNonNull(doneAt, "doneAt is missing");
        }
    }

    /**
     * The holder corrects what others reported: the step was not done.
     */
    @EventType(name = "pathway.done-report-corrected")
    record DoneReportCorrected(String step, Party by, Instant at) implements PathwayEvent {
        public DoneReportCorrected {
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * One week of a recurring step was answered: all was done except what is listed.
     *
     * @param week number of the week, from 1
     * @param except civil days (Europe/Paris) on which it was not done
     */
    @EventType(name = "pathway.week-confirmed")
    record WeekConfirmed(String step, int week, List<LocalDate> except, Party by, Instant at) implements PathwayEvent {
        public WeekConfirmed {
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(at, "at is missing");
            except = List.copyOf(except);
        }
    }

    /**
     * Nobody answered for a week of a recurring step. Two in a row are for the coordinator.
     *
     * @param week number of the week, from 1
     * @param inARow how many weeks in a row are unanswered, this one included
     */
    @EventType(name = "pathway.week-unanswered")
    record WeekUnanswered(String step, int week, int inARow, Party responsible) implements PathwayEvent {
        public WeekUnanswered {
            requireNonNull(step, "step is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /**
     * A member of the circle wrote a note. What it says lies sealed in the vault.
     *
     * @param entry id of the note in the vault
     * @param step the step that it is about, where it is about one
     * @param urgent whether it is to be read today
     */
    @EventType(name = "pathway.note-added")
    record NoteAdded(String entry, @Nullable String step, Party by, boolean urgent, Instant at)
            implements PathwayEvent {
        public NoteAdded {
            requireNonNull(entry, "entry is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(at, "at is missing");
        }
    }

    /**
     * Of which stay a letter is.
     *
     * @param facilities the hospital: its FINESS number and the names that its feed bears
     * @param stays ids that the stay may bear, where the sender named the visit
     */
    record LetterOf(List<String> facilities, @Nullable List<String> stays) {
        public LetterOf {
            facilities = List.copyOf(facilities);
        }
    }

    /**
     * A document about the patient came in. What it says lies sealed in the vault.
     *
     * @param document id of the document
     * @param type LOINC code of its type: 11490-0 is the discharge letter (lettre de liaison, CSP R1112-1-2)
     * @param author who wrote it
     * @param of of which stay a discharge letter is, so that it answers for no other hospital's; null where it was handed
     *     in for this very pathway, or is no such letter
     */
    @EventType(name = "pathway.document-received")
    record DocumentReceived(
            String document,
            String type,
            Party author,
            Instant at,
            @Nullable LetterOf of) implements PathwayEvent {
        public DocumentReceived {
            requireNonNull(document, "document is missing");
            requireNonNull(type, "type is missing");
            requireNonNull(author, "author is missing");
            requireNonNull(at, "at is missing");
        }

        /** A document that was handed in for this very pathway. */
        public DocumentReceived(String document, String type, Party author, Instant at) {
            this(document, type, author, at, null);
        }
    }

    /**
     * Somebody called about a step.
     *
     * @param callBackAt until when the row may rest in the list; null where nobody is to call again
     */
    @EventType(name = "pathway.call-made")
    record CallMade(
            String step,
            Party by,
            CallOutcome outcome,
            @Nullable Instant callBackAt,
            Instant at) implements PathwayEvent {
        public CallMade {
            requireNonNull(step, "step is missing");
            requireNonNull(by, "by is missing");
            requireNonNull(outcome, "outcome is missing");
            requireNonNull(at, "at is missing");
        }
    }
}
