package fr.relais.pathway.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.EncounterEvent.MovementKind;
import fr.relais.events.Party;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital says of one stay of one patient, whatever format it came in.
 *
 * <p>Facts may come repeated, late or out of order: what the hospital recorded later holds, and effective times put
 * movements in order; arrival decides nothing.
 */
public sealed interface HospitalFact extends PatientCommand {

    /** Which stay, and when. */
    About about();

    /** Internal id of the patient in the vault; also the stream that keeps the patient's stays. */
    default String patient() {
        return about().patient();
    }

    /** Internal id of the stay. */
    default String stay() {
        return about().stay();
    }

    /** FINESS number of the hospital, or the name that its feed bears. */
    default String facility() {
        return about().facility();
    }

    /** Effective time. */
    default Instant at() {
        return about().at();
    }

    /**
     * Which stay of whom a fact is about.
     *
     * @param stay internal id: a keyed pseudonym of facility and visit number; empty where it concerns the patient
     * @param facility FINESS number of the hospital, or the name that its feed bears
     * @param at effective time (ZBE-2 or EVN-6)
     * @param movement pseudonym of the hospital's id of the movement (ZBE-1): what is said under the same one corrects or
     *     cancels it; null where the message has none
     * @param saidAt when the hospital recorded it (EVN-2)
     */
    record About(
            String patient,
            String stay,
            String facility,
            Instant at,
            @Nullable String movement,
            Instant saidAt) {
        public About {
            requireNonNull(patient, "patient is missing");
            requireNonNull(stay, "stay is missing");
            requireNonNull(facility, "facility is missing");
            requireNonNull(at, "at (effective time) is missing");
            requireNonNull(saidAt, "saidAt is missing");
        }

        /** A fact recorded when it happened, of a hospital that does not number its movements. */
        public About(String patient, String stay, String facility, Instant at) {
            this(patient, stay, facility, at, null, at);
        }

        /** The same, recorded then. */
        public About said(Instant then) {
            return new About(patient, stay, facility, at, movement, then);
        }

        /** The same, of that movement. */
        public About of(String number) {
            return new About(patient, stay, facility, at, number, saidAt);
        }
    }

    /** The patient was admitted to a stay (A01, A06). */
    record Admit(About about, @Nullable String unit) implements HospitalFact {
        public Admit(String patient, String stay, String facility, Instant at) {
            this(new About(patient, stay, facility, at), null);
        }
    }

    /** The class is no longer that of a stay (A07). */
    record Declass(About about) implements HospitalFact {}

    /** The patient lies in another unit (A02). */
    record Move(About about, @Nullable String unit) implements HospitalFact {}

    /** A stay is planned; its effective time is when (A05). */
    record PlanStay(About about) implements HospitalFact {}

    /** The patient arrived at the emergency room (A04 with PV1-2 = E). */
    record ArriveAtEmergency(About about) implements HospitalFact {}

    /** The emergency visit ended (A03 with PV1-2 = E). */
    record LeaveEmergency(About about) implements HospitalFact {}

    /** The patient left for a time (A21). */
    record GoOnLeave(About about) implements HospitalFact {}

    /** The patient is back from a leave (A22). */
    record ReturnFromLeave(About about) implements HospitalFact {}

    /**
     * The stay is about to end (A16).
     *
     * @param expectedAt when the discharge is expected (EVN-3 or PV2-9)
     */
    record PlanDischarge(About about, Instant expectedAt) implements HospitalFact {
        public PlanDischarge {
            requireNonNull(expectedAt, "expectedAt is missing");
        }

        public PlanDischarge(String patient, String stay, String facility, Instant at, Instant expectedAt) {
            this(new About(patient, stay, facility, at), expectedAt);
        }
    }

    /**
     * The stay ended and the patient left alive (A03 of an inpatient stay); said again, it corrects time or destination.
     *
     * @param to FINESS number of the structure where the patient went (PV1-37)
     */
    record Discharge(
            About about,
            Destination destination,
            @Nullable String unit,
            @Nullable String to) implements HospitalFact {
        public Discharge {
            requireNonNull(destination, "destination is missing");
        }

        public Discharge(String patient, String stay, String facility, Instant at, Destination destination) {
            this(new About(patient, stay, facility, at), destination, null, null);
        }

        /** To a structure that is not said. */
        public Discharge(About about, Destination destination, @Nullable String unit) {
            this(about, destination, unit, null);
        }
    }

    /**
     * The stay is said to have ended but not how, or in a way of which no rule makes anything.
     *
     * @param code word for counting, for example {@code mode-missing}
     * @param why plain words for the triage, without patient data
     */
    record Unclear(
            About about, String code, String why, @Nullable String unit) implements HospitalFact {
        public Unclear {
            requireNonNull(code, "code is missing");
            requireNonNull(why, "why is missing");
        }

        public Unclear(String patient, String stay, String facility, Instant at, String why) {
            this(new About(patient, stay, facility, at), "discharge-unclear", why, null);
        }
    }

    /**
     * Something happened of which no rule may make anything: whoever watches the pathway is asked to look.
     *
     * @param code word for counting
     * @param why plain words, without patient data
     */
    record Ask(About about, String code, String why) implements HospitalFact {
        public Ask {
            requireNonNull(code, "code is missing");
            requireNonNull(why, "why is missing");
        }
    }

    /** The patient died (A03 with ZFM-2 = 9, or PID-30 = Y). */
    record Die(About about) implements HospitalFact {
        public Die(String patient, String stay, String facility, Instant at) {
            this(new About(patient, stay, facility, at));
        }
    }

    /**
     * A movement is what concerns nobody at home, such as the end of a consultation; it may have been something else
     * before it was corrected.
     *
     * @param code why it concerns nobody, as a word
     */
    record Unconcern(About about, String code) implements HospitalFact {
        public Unconcern {
            requireNonNull(code, "code is missing");
        }
    }

    /**
     * A movement is taken back (A11, A12, A13, A25, A38, A52, A53).
     *
     * @param kind what sort of movement; a discharge stands for any end of a stay, a death too
     */
    record Cancel(About about, MovementKind kind) implements HospitalFact {
        public Cancel {
            requireNonNull(kind, "kind is missing");
        }
    }

    /** The hospital names the patient's médecin traitant (ROL with ODRP). */
    record NamePhysician(About about, Party physician) implements HospitalFact {
        public NamePhysician {
            requireNonNull(physician, "physician is missing");
        }
    }
}
