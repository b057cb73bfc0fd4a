package fr.relais.pathway.domain;

import fr.relais.events.EncounterEvent.Destination;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.Choice;
import fr.relais.events.PathwayEvent.CloseReason;
import fr.relais.events.PathwayEvent.LetterOf;
import fr.relais.events.PathwayEvent.PauseReason;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pathway as it stands. */
public sealed interface Pathway {

    /** There is none. */
    record NotOpened() implements Pathway {}

    /** A patient was included; perhaps it is over since. */
    sealed interface Opened extends Pathway {

        /** What stays the same for life. */
        Dossier dossier();

        /** Its steps and how many ids were given. */
        Steps steps();

        /** Who cares for this patient: those chosen, and those who hold or did a step. */
        default Set<Party> circle() {
            return Asking.circle(this);
        }
    }

    /** It goes on. */
    sealed interface Open extends Opened {

        /** The same with other steps. */
        Open with(Steps steps);

        /** The same of another patient, when two files were one. */
        Open ofPatient(String patient);
    }

    /** The patient is not home yet. */
    record WaitingForDischarge(
            Dossier dossier, Steps steps, @Nullable Expected expected) implements Open {
        @Override
        public WaitingForDischarge with(Steps next) {
            return new WaitingForDischarge(dossier, next, expected);
        }

        @Override
        public WaitingForDischarge ofPatient(String patient) {
            return new WaitingForDischarge(dossier.ofPatient(patient), steps, expected);
        }
    }

    /**
     * The patient is home and delays run.
     *
     * @param resumedFrom from when delays count again after a pause that somebody ended
     */
    record Running(
            Dossier dossier,
            Steps steps,
            Discharge discharge,
            @Nullable Instant resumedFrom) implements Open {
        @Override
        public Running with(Steps next) {
            return new Running(dossier, next, discharge, resumedFrom);
        }

        @Override
        public Running ofPatient(String patient) {
            return new Running(dossier.ofPatient(patient), steps, discharge, resumedFrom);
        }
    }

    /**
     * It stands still.
     *
     * @param before the discharge from which its delays ran
     * @param stay the stay that paused it
     * @param expected the announced end of that stay
     */
    record Paused(
            Dossier dossier,
            Steps steps,
            PauseReason reason,
            Discharge before,
            @Nullable String stay,
            @Nullable Expected expected)
            implements Open {
        @Override
        public Paused with(Steps next) {
            return new Paused(dossier, next, reason, before, stay, expected);
        }

        @Override
        public Paused ofPatient(String patient) {
            return new Paused(dossier.ofPatient(patient), steps, reason, before, stay, expected);
        }
    }

    /**
     * It is over.
     *
     * @param before how it stood, should it reopen
     */
    record Closed(Open before, CloseReason reason, Instant at) implements Opened {
        @Override
        public Dossier dossier() {
            return before.dossier();
        }

        @Override
        public Steps steps() {
            return before.steps();
        }
    }

    /**
     * What an inclusion said, for life; the patient's id alone changes, when two files were one.
     *
     * @param hospital the hospital for a stay of which it was opened, where somebody of one opened it
     */
    record Dossier(
            String patient,
            String template,
            int templateVersion,
            Party owner,
            Party coordinator,
            String commune,
            List<Choice> choices,
            @Nullable String hospital) {
        public Dossier {
            choices = List.copyOf(choices);
        }

        Dossier ofPatient(String other) {
            return new Dossier(other, template, templateVersion, owner, coordinator, commune, choices, hospital);
        }
    }

    /** An announced discharge, and of which hospital where that is known. */
    record Expected(String stay, Instant at, @Nullable String facility) {}

    /**
     * A discharge that happened.
     *
     * @param endsAt when the pathway ends by itself, where its template says
     * @param facility the hospital, where it is known
     * @param destination where to
     * @param to FINESS number of the structure that looks after the patient there, where it is known
     */
    record Discharge(
            String stay,
            Instant at,
            @Nullable Instant endsAt,
            @Nullable String facility,
            Destination destination,
            @Nullable String to) {}

    /**
     * A document that came in.
     *
     * @param of of which stay a discharge letter is; null where it is of this very pathway, or is no such letter
     */
    record Received(
            String type, Party author, Instant at, @Nullable LetterOf of) {}

    /**
     * Steps by key, in the order in which they opened.
     *
     * @param handoffs how many handoffs were ever offered; the next id is made of it
     * @param searches how many searches were ever asked
     * @param documents what was received, by id
     * @param asked the stay of which a person is asked to say how it ended
     */
    record Steps(
            Map<String, Step> byKey,
            int handoffs,
            int searches,
            Map<String, Received> documents,
            @Nullable String asked) {

        static final Steps NONE = new Steps(Map.of(), 0, 0, Map.of(), null);

        public Steps {
            byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
            documents = Collections.unmodifiableMap(new LinkedHashMap<>(documents));
        }

        Steps with(String id, Received document) {
            Map<String, Received> next = new LinkedHashMap<>(documents);
            next.put(id, document);
            return new Steps(byKey, handoffs, searches, next, asked);
        }

        Steps with(Step step) {
            Map<String, Step> next = new LinkedHashMap<>(byKey);
            next.put(step.key(), step);
            return new Steps(next, handoffs, searches, documents, asked);
        }

        Steps asking(@Nullable String stay) {
            return new Steps(byKey, handoffs, searches, documents, stay);
        }

        Steps counting(int moreHandoffs, int moreSearches) {
            return new Steps(byKey, handoffs + moreHandoffs, searches + moreSearches, documents, asked);
        }

        Steps inNewRound(boolean delaysStop) {
            Map<String, Step> next = new LinkedHashMap<>();
            byKey.forEach((key, step) -> {
                Step round = step.open() ? step.inNewRound() : step;
                next.put(key, step.open() && delaysStop ? round.withDue(null).withReport(null) : round);
            });
            return new Steps(next, handoffs, searches, documents, asked);
        }
    }
}
