package fr.relais.console.web;

import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has taken on, by the day on which it is to be done; for a secretary, what her colleagues have.
 *
 * @param count how many there are in all groups
 * @param patients those whom they care for, by name
 * @param whole whether everything is shown
 */
record Day(
        List<Group> groups,
        int count,
        List<PatientRow> patients,
        boolean professional,
        boolean whole,
        String once,
        When at) {

    /**
     * A part of the time ahead.
     *
     * @param name {@code late}, {@code today}, {@code tomorrow}, {@code week}, {@code later}, {@code undated}
     */
    record Group(String name, List<Item> items) {}

    /**
     * Something to do.
     *
     * @param id of the handoff
     * @param what acts, in words; for a secretary whose it is
     * @param patient null for whoever may not know who it is
     * @param place commune, by name
     * @param when the appointment, or else until when it is to be done
     * @param appointment whether {@code when} is one
     * @param mine whether the visitor has it
     */
    record Item(
            String id,
            String what,
            @Nullable String pathway,
            PathwayModel.@Nullable Patient patient,
            @Nullable String place,
            @Nullable When when,
            boolean appointment,
            boolean late,
            boolean probablyDone,
            boolean mine) {}

    /** Somebody they care for. */
    record PatientRow(PathwayModel.Patient patient, String pathway, String what) {

        @Override
        public String toString() {
            return "PatientRow[withheld]";
        }
    }
}
