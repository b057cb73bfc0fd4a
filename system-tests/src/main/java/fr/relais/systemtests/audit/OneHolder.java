package fr.relais.systemtests.audit;

import java.util.stream.Stream;

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
    public Stream<Finding> look(Evidence evidence) {
        return evidence.pathways().all().stream()
                .flatMap(pathway -> pathway.oddities.stream()
                        .map(odd -> finding(
                                "stream " + pathway.id + ", event " + odd.event(), odd.expected(), odd.seen())));
    }
}
