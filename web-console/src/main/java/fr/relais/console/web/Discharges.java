package fr.relais.console.web;

import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ward sent home: without a pathway, and with one.
 *
 * @param including the stay that is about to be included; null while none is
 * @param named whether patients are named; each look is recorded, so only where that was asked for
 * @param weekend what is still lacking for those who leave until the next working day
 * @param more cursor of the stays that are not shown
 */
record Discharges(
        List<Stay> stays,
        @Nullable String more,
        @Nullable Including including,
        Weekend weekend,
        List<Sent> sent,
        List<Board.Choice> templates,
        boolean named,
        String once,
        When at) {

    /** A stay that ended without a pathway. */
    record Stay(
            String stay,
            String patient,
            When endedAt,
            @Nullable String unit,
            @Nullable String destination) {

        @Override
        public String toString() {
            return "Stay[" + stay + "]";
        }
    }

    /**
     * What is asked before a patient is included.
     *
     * @param who null where pathway-service does not say
     */
    record Including(Stay stay, PathwayModel.@Nullable Patient who, Filled filled) {}

    /**
     * What was filled in before something was still missing: nobody types it twice.
     *
     * @param communes those that the name may mean; empty where it means one, or none
     * @param coordinators the collectives of that commune, where there are several to choose from
     */
    record Filled(
            @Nullable String template,
            @Nullable String commune,
            List<Board.Choice> communes,
            List<Board.Choice> coordinators,
            @Nullable String how,
            boolean order,
            boolean material,
            @Nullable String line,
            @Nullable String until) {

        static final Filled NOTHING = new Filled(null, null, List.of(), List.of(), null, false, false, null, null);

        @Override
        public String toString() {
            return "Filled[withheld]";
        }
    }

    /**
     * Who leaves until the next working day and lacks a nurse, an order, drugs or a GP.
     *
     * @param now whether it is time to look: the eve of days off from 15:00, and the days off themselves
     * @param until that working day, in words
     */
    record Weekend(boolean now, String until, List<Lacking> lacking) {}

    /** Somebody who leaves, and what they lack. */
    record Lacking(String pathway, @Nullable String who, String title, When leaves, boolean left, List<String> lacks) {

        @Override
        public String toString() {
            return "Lacking[" + pathway + "]";
        }
    }

    /**
     * A patient's pathway, and who has taken what.
     *
     * @param who the patient's name; null where it was not asked for
     * @param letter key of the ward's own step that is still to be done
     * @param ofDischarge whether that step is the discharge letter
     * @param call whom to call, where nobody has taken a step yet
     * @param phone their number, where they published one
     */
    record Sent(
            String pathway,
            @Nullable String who,
            String title,
            String state,
            @Nullable When dischargedAt,
            List<Step> steps,
            @Nullable String letter,
            @Nullable String letterTitle,
            boolean ofDischarge,
            @Nullable String call,
            @Nullable String phone) {

        @Override
        public String toString() {
            return "Sent[" + pathway + "]";
        }
    }

    /** A step, in one line: "Première visite infirmière — faite par Anne hier à 9:00". */
    record Step(String title, String tone, String text) {}
}
