package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
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
     * On which ground the pathway was opened (CSP L1110-4: informed, may oppose at any time).
     *
     * @param how how the patient was informed: {@code oral}, {@code written}, {@code relative}
     */
    record Inclusion(Instant informedAt, Party informedBy, String how) {
        public Inclusion {
            requireNonNull(informedAt, "informedAt is missing");
            requireNonNull(informedBy, "informedBy is missing");
            requireNonNull(how, "how is missing");
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
        PATHWAY_CLOSED
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
        BY_PERSON
    }

    /**
     * A patient was included in a pathway.
     *
     * @param patient internal id of the patient in the vault
     * @param template key of the template, pinned for life together with its version
     * @param owner who answers for the pathway until others accept: the ward, GP or structure that included
     * @param coordinator structure whose coordinators watch this pathway
     * @param commune INSEE code (COG) of where the care is given
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
            List<Choice> choices)
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
    }

    /** The discharge is announced: offers may go out early, no delay runs yet. */
    @EventType(name = "pathway.discharge-expected")
    record DischargeExpected(String stay, Instant expectedAt) implements PathwayEvent {
        public DischargeExpected {
            requireNonNull(stay, "stay is missing");
            requireNonNull(expectedAt, "expectedAt is missing");
        }
    }

    /**
     * The patient went home: delays run from here. Repeated with another time it moves the delays.
     *
     * @param dischargedAt effective time of the discharge
     */
    @EventType(name = "pathway.started")
    record Started(String stay, Instant dischargedAt, EncounterEvent.Destination destination) implements PathwayEvent {
        public Started {
            requireNonNull(stay, "stay is missing");
            requireNonNull(dischargedAt, "dischargedAt is missing");
            requireNonNull(destination, "destination is missing");
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
     */
    @EventType(name = "pathway.step-scheduled")
    record StepScheduled(
            String step,
            String role,
            String profession,
            @Nullable Instant remindAt,
            @Nullable Instant dueAt,
            Party responsible)
            implements PathwayEvent {
        public StepScheduled {
            requireNonNull(step, "step is missing");
            requireNonNull(role, "role is missing");
            requireNonNull(profession, "profession is missing");
            requireNonNull(responsible, "responsible is missing");
        }
    }

    /**
     * A step has no chosen professional: the directory is asked for candidates.
     *
     * @param search id of the search, unique in the pathway; the directory's answer bears it
     * @param answerBy after this the step goes to the coordinator's queue
     * @param circle professionals and structures that already care for this patient
     * @param exclude who was asked already
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
            List<Party> exclude)
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

    /** The pathway goes on after a pause. */
    @EventType(name = "pathway.resumed")
    record Resumed() implements PathwayEvent {}

    /**
     * The discharge is said but not how (ZFM-2 missing): nothing starts, the coordinator is asked to look.
     *
     * @param why plain words, without patient data
     */
    @EventType(name = "pathway.needs-attention")
    record NeedsAttention(String stay, String why) implements PathwayEvent {
        public NeedsAttention {
            requireNonNull(stay, "stay is missing");
            requireNonNull(why, "why is missing");
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
}
