package fr.relais.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What hospitals say of a patient's stays, and which pathways it concerns. One stream per patient, so that a discharge
 * and an inclusion that cross each other are put in order and neither is missed.
 *
 * <p>Effective times come from ZBE-2 or EVN-6 of the message (PAM-FR 2.11.2), not from its arrival.
 */
@EventFamily(topic = "relais.encounter", owner = "pathway-service")
public sealed interface EncounterEvent extends DomainEvent {

    /** Internal id of the stay: a keyed pseudonym of facility and visit number (PV1-19). */
    String stay();

    /** Pathways of this patient that the event concerns; empty when nobody follows the patient. */
    List<String> pathways();

    /** How a stay ended, for those who are to go on caring (ZFM-2 and ZFM-4 of PAM-FR 2.11.2, PV1-36). */
    enum Destination {
        /** Home (ZFM-2 = 8, ZFM-4 empty). */
        HOME,
        /** Home in an EHPAD or another medico-social structure (8 + 7). */
        MEDICO_SOCIAL,
        /** Home with a SSIAD (8 + 8). */
        SSIAD,
        /** Hospitalisation à domicile (6, 7 or 8, each with ZFM-4 = 6). */
        HAD,
        /** Transfer to another hospital (7). */
        OTHER_HOSPITAL,
        /** Left against medical advice (4, or PV1-36 = 4). */
        AGAINST_ADVICE
    }

    /**
     * What is known of a stay when a pathway is linked to its patient.
     *
     * @param admittedAt null while no admission was heard of, such as after a discharge whose A01 is late
     * @param to FINESS number of where the patient went (PV1-37); null where it is not said
     */
    record StaySnapshot(
            String stay,
            String facility,
            @Nullable Instant admittedAt,
            @Nullable Instant expectedDischarge,
            @Nullable Instant dischargedAt,
            @Nullable Destination destination,
            @Nullable String to) {
        public StaySnapshot {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
        }

        /** A stay of which is not said where the patient went. */
        public StaySnapshot(
                String stay,
                String facility,
                @Nullable Instant admittedAt,
                @Nullable Instant expectedDischarge,
                @Nullable Instant dischargedAt,
                @Nullable Destination destination) {
            this(stay, facility, admittedAt, expectedDischarge, dischargedAt, destination, null);
        }
    }

    /**
     * The patient was admitted to a stay (ADT A01).
     *
     * @param unit number that the hospital gives its unit (ZBE-7), never its name; null where it is not said
     * @param circle who cares for this patient, said only where no pathway follows: each of them is told once
     */
    @EventType(name = "encounter.admitted")
    record Admitted(
            String stay,
            String facility,
            Instant admittedAt,
            List<String> pathways,
            @Nullable String unit,
            @Nullable List<Party> circle)
            implements EncounterEvent {
        public Admitted {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(admittedAt, "admittedAt is missing");
            pathways = List.copyOf(pathways);
        }

        /** An admission to a unit that is not said. */
        public Admitted(String stay, String facility, Instant admittedAt, List<String> pathways) {
            this(stay, facility, admittedAt, pathways, null, null);
        }
    }

    /** The stay is about to end (ADT A16; EVN-3 or PV2-9 give the expected time). */
    @EventType(name = "encounter.discharge-planned")
    record DischargePlanned(String stay, String facility, Instant expectedAt, List<String> pathways)
            implements EncounterEvent {
        public DischargePlanned {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(expectedAt, "expectedAt is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The stay ended and the patient left alive (ADT A03 of an inpatient stay).
     *
     * @param unit number that the hospital gives its unit (ZBE-7), never its name; null where it is not said
     * @param circle who cares for this patient, said only where no pathway follows: each of them is told once
     * @param to FINESS number of where the patient went (PV1-37); null where it is not said
     * @param physician the médecin traitant as hospitals name them, said only of who left against advice: they are alerted
     */
    @EventType(name = "encounter.discharged")
    record Discharged(
            String stay,
            String facility,
            Instant dischargedAt,
            Destination destination,
            List<String> pathways,
            @Nullable String unit,
            @Nullable List<Party> circle,
            @Nullable String to,
            @Nullable Party physician)
            implements EncounterEvent {
        public Discharged {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(dischargedAt, "dischargedAt is missing");
            requireNonNull(destination, "destination is missing");
            pathways = List.copyOf(pathways);
        }

        /** A discharge of which is not said to which structure. */
        public Discharged(
                String stay,
                String facility,
                Instant dischargedAt,
                Destination destination,
                List<String> pathways,
                @Nullable String unit,
                @Nullable List<Party> circle) {
            this(stay, facility, dischargedAt, destination, pathways, unit, circle, null, null);
        }

        /** A discharge from a unit that is not said. */
        public Discharged(
                String stay, String facility, Instant dischargedAt, Destination destination, List<String> pathways) {
            this(stay, facility, dischargedAt, destination, pathways, null, null);
        }
    }

    /**
     * The stay is said to have ended but not how (ZFM-2 missing or unknown): a person decides before anything starts.
     *
     * @param why plain words for the triage, without patient data
     */
    @EventType(name = "encounter.discharge-unclear")
    record DischargeUnclear(String stay, String facility, Instant at, String why, List<String> pathways)
            implements EncounterEvent {
        public DischargeUnclear {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            requireNonNull(why, "why is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /** The discharge was a mistake or was put off: the stay goes on (ADT A13). */
    @EventType(name = "encounter.discharge-cancelled")
    record DischargeCancelled(String stay, String facility, Instant at, List<String> pathways)
            implements EncounterEvent {
        public DischargeCancelled {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /** The patient died (A03 with ZFM-2 = 9, or PID-30 = Y). */
    @EventType(name = "encounter.died")
    record Died(String stay, String facility, Instant diedAt, List<String> pathways) implements EncounterEvent {
        public Died {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(diedAt, "diedAt is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The death was said of a living patient (A13 after an A03 with ZFM-2 = 9): whatever it closed reopens, with a
     * visible correction.
     */
    @EventType(name = "encounter.death-cancelled")
    record DeathCancelled(String stay, String facility, Instant at, List<String> pathways) implements EncounterEvent {
        public DeathCancelled {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * From here on what hospitals say of this patient concerns the pathway.
     *
     * @param stay empty: a link concerns the patient, not one stay
     * @param pathways the one pathway that was linked
     * @param stays what is known of the patient's stays at this moment, oldest admission first
     */
    @EventType(name = "encounter.pathway-linked")
    record PathwayLinked(String stay, List<String> pathways, List<StaySnapshot> stays) implements EncounterEvent {
        public PathwayLinked {
            requireNonNull(stay, "stay is missing");
            pathways = List.copyOf(pathways);
            stays = List.copyOf(stays);
        }

        /** Links one pathway. */
        public PathwayLinked(String pathway, List<StaySnapshot> stays) {
            this("", List.of(pathway), stays);
        }
    }

    /**
     * The pathway is closed and hears no more of this patient's stays.
     *
     * @param circle who cared for the patient on that pathway, and is told of later stays; null where it is not said
     */
    @EventType(name = "encounter.pathway-unlinked")
    record PathwayUnlinked(
            String stay, List<String> pathways, @Nullable List<Party> circle) implements EncounterEvent {
        public PathwayUnlinked {
            requireNonNull(stay, "stay is missing");
            pathways = List.copyOf(pathways);
        }

        /** Unlinks one pathway, of whose circle nothing is said. */
        public PathwayUnlinked(String pathway) {
            this("", List.of(pathway), null);
        }
    }

    /**
     * The admission was a mistake, or the class was changed from inpatient back (ADT A11, A07): whatever it paused goes on.
     */
    @EventType(name = "encounter.admission-cancelled")
    record AdmissionCancelled(String stay, String facility, Instant at, List<String> pathways)
            implements EncounterEvent {
        public AdmissionCancelled {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * A stay is planned (ADT A05): information, nothing starts or stops.
     */
    @EventType(name = "encounter.stay-planned")
    record StayPlanned(String stay, String facility, Instant expectedAt, List<String> pathways)
            implements EncounterEvent {
        public StayPlanned {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(expectedAt, "expectedAt is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The planned stay will not be (ADT A38).
     */
    @EventType(name = "encounter.stay-plan-cancelled")
    record StayPlanCancelled(String stay, String facility, Instant at, List<String> pathways)
            implements EncounterEvent {
        public StayPlanCancelled {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The announced discharge is put off or will not be (ADT A25).
     */
    @EventType(name = "encounter.discharge-plan-cancelled")
    record DischargePlanCancelled(String stay, String facility, Instant at, List<String> pathways)
            implements EncounterEvent {
        public DischargePlanCancelled {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The patient arrived at the emergency room (ADT A04 with PV1-2 = E): no stay yet, nothing stops, but whoever is about
     * to visit should call first.
     */
    @EventType(name = "encounter.emergency-arrived")
    record EmergencyArrived(String stay, String facility, Instant arrivedAt, List<String> pathways)
            implements EncounterEvent {
        public EmergencyArrived {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(arrivedAt, "arrivedAt is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The emergency visit ended without a stay (ADT A03 with PV1-2 = E), whether seen or gone unseen (PV1-36 = PSA).
     */
    @EventType(name = "encounter.emergency-left")
    record EmergencyLeft(String stay, String facility, Instant leftAt, List<String> pathways)
            implements EncounterEvent {
        public EmergencyLeft {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(leftAt, "leftAt is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The patient left for a time and is to come back (ADT A21, or A53 that takes a return back): the stay goes on.
     */
    @EventType(name = "encounter.leave-started")
    record LeaveStarted(String stay, String facility, Instant at, List<String> pathways) implements EncounterEvent {
        public LeaveStarted {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The patient is back from a leave (ADT A22, or A52 that takes a leave back).
     */
    @EventType(name = "encounter.leave-ended")
    record LeaveEnded(String stay, String facility, Instant at, List<String> pathways) implements EncounterEvent {
        public LeaveEnded {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * The patient lies in another unit (ADT A02, A12, Z99).
     *
     * @param unit number that the hospital gives its unit (ZBE-7), never its name; null where it is not said
     */
    @EventType(name = "encounter.moved")
    record Moved(
            String stay,
            String facility,
            Instant at,
            @Nullable String unit,
            List<String> pathways) implements EncounterEvent {
        public Moved {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /** What a circle was told. */
    enum News {
        ADMITTED,
        DISCHARGED
    }

    /**
     * What a circle was told of a stay is not so: it was cancelled, or turned out to be something else (ADT A11, A13, Z99).
     *
     * @param news what it was told
     * @param circle those who were told, each of whom is told once that it is not so
     */
    @EventType(name = "encounter.news-taken-back")
    record NewsTakenBack(String stay, String facility, News news, Instant at, List<String> pathways, List<Party> circle)
            implements EncounterEvent {
        public NewsTakenBack {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(news, "news is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
            circle = List.copyOf(circle);
        }
    }

    /**
     * Two files were one patient (ADT A40), and this is the one that is given up: its pathways follow the other from now on.
     *
     * @param stay empty: it concerns the patient, not one stay
     * @param patient internal id of the patient who remains
     */
    @EventType(name = "encounter.merged-into")
    record MergedInto(String stay, String patient, Instant at, List<String> pathways) implements EncounterEvent {
        public MergedInto {
            requireNonNull(stay, "stay is missing");
            requireNonNull(patient, "patient is missing");
            requireNonNull(at, "at is missing");
            pathways = List.copyOf(pathways);
        }
    }

    /**
     * Two files were one patient (ADT A40), and this is the one that remains: it takes over what the other knew.
     *
     * @param stay empty: it concerns the patient, not one stay
     * @param patient internal id of the patient that was given up
     * @param stays what was known of that one's stays, oldest first
     * @param pathways those that followed that one
     * @param circle who cared for that one on pathways that are over; null where no pathway ever followed it
     * @param told what its circle was told of stays, and not yet that it is not so; null where nothing
     */
    @EventType(name = "encounter.absorbed")
    record Absorbed(
            String stay,
            String patient,
            Instant at,
            List<StaySnapshot> stays,
            List<String> pathways,
            @Nullable List<Party> circle,
            @Nullable List<Told> told)
            implements EncounterEvent {
        public Absorbed {
            requireNonNull(stay, "stay is missing");
            requireNonNull(patient, "patient is missing");
            requireNonNull(at, "at is missing");
            stays = List.copyOf(stays);
            pathways = List.copyOf(pathways);
            circle = circle == null ? null : List.copyOf(circle);
            told = told == null ? null : List.copyOf(told);
        }

        /** Of a file that no pathway ever followed. */
        public Absorbed(String stay, String patient, Instant at, List<StaySnapshot> stays, List<String> pathways) {
            this(stay, patient, at, stays, pathways, null, null);
        }
    }

    /**
     * What a circle was told of a stay.
     *
     * @param circle those who were told
     */
    record Told(String stay, News news, List<Party> circle) {
        public Told {
            requireNonNull(stay, "stay is missing");
            requireNonNull(news, "news is missing");
            circle = List.copyOf(circle);
        }
    }

    /** What a movement is about. */
    enum MovementKind {
        /** A stay is planned (A05). */
        STAY_PLANNED,
        /** A stay began (A01, A06). */
        ADMISSION,
        /** The class is no longer that of a stay (A07). */
        NO_LONGER_INPATIENT,
        /** Another unit (A02). */
        TRANSFER,
        /** Arrival at the emergency room (A04 with PV1-2 = E). */
        EMERGENCY,
        /** End of an emergency visit (A03 with PV1-2 = E). */
        EMERGENCY_END,
        /** Temporary leave (A21). */
        LEAVE,
        /** Return from it (A22). */
        RETURN,
        /** The discharge is announced (A16). */
        DISCHARGE_PLANNED,
        /** End of a stay, of which it is known how the patient left (A03). */
        DISCHARGE,
        /** End of a stay, of which it is not known how. */
        DISCHARGE_UNCLEAR,
        /** The patient died. */
        DEATH,
        /** Something of which no rule makes anything: a person is asked. */
        QUESTION,
        /** A movement that was corrected into one that concerns nobody, such as the end of a consultation. */
        NO_CONCERN
    }

    /**
     * A hospital reported a movement of a stay, corrected it, or took it back. Kept so that the order in which messages
     * arrive does not matter; what it means is said by the events that follow it, if it changes anything.
     *
     * @param kind what the movement is, or what sort of movement is taken back
     * @param movement pseudonym of the hospital's id of the movement (ZBE-1); null where the message has none
     * @param at effective time (ZBE-2, EVN-6)
     * @param saidAt when the hospital recorded it (EVN-2): of two reports of one movement the later holds
     * @param cancelled whether it is taken back
     * @param expectedAt of an announced discharge: for when
     * @param destination of a discharge: where to
     * @param unit number that the hospital gives its unit (ZBE-7), never its name; null where it is not said
     * @param why of what a person has to look at: plain words, without patient data
     * @param pathways empty: it moves nothing by itself
     * @param to of a discharge: FINESS number of where the patient went (PV1-37); null where it is not said
     */
    @EventType(name = "encounter.movement-reported")
    record MovementReported(
            String stay,
            String facility,
            MovementKind kind,
            @Nullable String movement,
            Instant at,
            Instant saidAt,
            boolean cancelled,
            @Nullable Instant expectedAt,
            @Nullable Destination destination,
            @Nullable String unit,
            @Nullable String why,
            List<String> pathways,
            @Nullable String to)
            implements EncounterEvent {
        public MovementReported {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(kind, "kind is missing");
            requireNonNull(at, "at is missing");
            requireNonNull(saidAt, "saidAt is missing");
            pathways = List.copyOf(pathways);
        }

        /** A movement of which is not said to which structure. */
        public MovementReported(
                String stay,
                String facility,
                MovementKind kind,
                @Nullable String movement,
                Instant at,
                Instant saidAt,
                boolean cancelled,
                @Nullable Instant expectedAt,
                @Nullable Destination destination,
                @Nullable String unit,
                @Nullable String why,
                List<String> pathways) {
            this(
                    stay,
                    facility,
                    kind,
                    movement,
                    at,
                    saidAt,
                    cancelled,
                    expectedAt,
                    destination,
                    unit,
                    why,
                    pathways,
                    null);
        }
    }

    /**
     * The hospital named the patient's médecin traitant (ROL with ODRP): part of the circle from now on.
     *
     * @param stay empty: it concerns the patient, not one stay
     * @param physician a person, by RPPS number
     * @param saidAt when the hospital said it: the later holds
     */
    @EventType(name = "encounter.treating-physician-named")
    record TreatingPhysicianNamed(String stay, String facility, Party physician, Instant saidAt, List<String> pathways)
            implements EncounterEvent {
        public TreatingPhysicianNamed {
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(physician, "physician is missing");
            requireNonNull(saidAt, "saidAt is missing");
            pathways = List.copyOf(pathways);
        }
    }
}
