package fr.relais.console.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are offered together: what would become of each, or what became of it.
 *
 * @param done whether it was done, and not only looked at
 * @param offered those that are, or can be
 * @param left those that are not, and why
 * @param back the board one came from
 */
record Reoffer(boolean done, List<Row> offered, List<Row> left, String back, String once) {

    /**
     * A step.
     *
     * @param item as forms carry it
     * @param responsible whoever answers for it until somebody accepts; null where it is left as it is
     * @param asked who is asked; null where it is left as it is
     * @param why why it is left as it is
     */
    record Row(
            String item,
            String pathway,
            String what,
            String template,
            String place,
            @Nullable String responsible,
            @Nullable String asked,
            @Nullable String why) {}
}
