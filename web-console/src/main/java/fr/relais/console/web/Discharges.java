package fr.relais.console.web;

import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ward sent home: without a pathway, and with one.
 *
 * @param including the stay that is about to be included; null while none is
 * @param more cursor of the stays that are not shown
 */
record Discharges(
        List<Stay> stays,
        @Nullable String more,
        @Nullable Including including,
        List<Sent> sent,
        List<Board.Choice> templates,
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
    record Including(Stay stay, PathwayModel.@Nullable Patient who) {}

    /**
     * A patient's pathway, and who has taken what.
     *
     * @param letter key of the ward's own step that is still to be done
     */
    record Sent(
            String pathway,
            String title,
            String state,
            @Nullable When dischargedAt,
            List<Step> steps,
            @Nullable String letter,
            @Nullable String letterTitle) {}

    /** A step, in one line: "Première visite infirmière — faite par Anne hier à 9:00". */
    record Step(String title, String tone, String text) {}
}
