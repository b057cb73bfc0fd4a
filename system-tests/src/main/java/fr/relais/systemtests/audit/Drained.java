package fr.relais.systemtests.audit;

import java.util.function.Consumer;

/** Nothing waits any more: what was taken in has gone its whole way. */
final class Drained implements Rule {

    @Override
    public String name() {
        return "drained";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        for (String left : evidence.undrained()) {
            findings.accept(finding(left, "nothing waits once the flow has ended", "it still waits"));
        }
    }
}
