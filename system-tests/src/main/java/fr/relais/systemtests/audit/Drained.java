package fr.relais.systemtests.audit;

import java.util.stream.Stream;

/** Nothing waits any more: what was taken in has gone its whole way. */
final class Drained implements Rule {

    @Override
    public String name() {
        return "drained";
    }

    @Override
    public Stream<Finding> look(Evidence evidence) {
        return evidence.undrained().stream()
                .map(left -> finding(left, "nothing waits once the flow has ended", "it still waits"));
    }
}
