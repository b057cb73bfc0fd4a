package fr.relais.systemtests.audit;

import java.util.function.Consumer;

/**
 * At most one holder for each handoff and each step, every acceptance once, every other offer withdrawn with it, every rung
 * of the ladder once, and no open step without somebody who answers for it.
 */
final class OneHolder implements Rule {

    @Override
    public String name() {
        return "one holder, always somebody";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        for (Pathways.Pathway pathway : evidence.pathways().all()) {
            for (Pathways.Oddity odd : pathway.oddities) {
                findings.accept(finding("stream " + pathway.id + ", event " + odd.event(), odd.expected(), odd.seen()));
            }
        }
    }
}
