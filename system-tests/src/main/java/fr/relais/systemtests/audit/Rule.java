package fr.relais.systemtests.audit;

import java.util.function.Consumer;

/** Something that must hold of every run, whatever was done to Relais. */
interface Rule {

    /** Its name in findings and in the guarantees, for example {@code published in order}. */
    String name();

    /** Says what is not as it must be. */
    void look(Evidence evidence, Consumer<Finding> findings);

    /** A finding of this rule. */
    default Finding finding(String where, String expected, String seen) {
        return new Finding(name(), where, expected, seen);
    }
}
