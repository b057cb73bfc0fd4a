package fr.relais.systemtests.audit;

import java.util.function.Consumer;

/** No view and no reaction met a record that it could not use, but for those that were put in on purpose. */
final class NothingSetAside implements Rule {

    @Override
    public String name() {
        return "nothing set aside";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        for (SetAside record : evidence.setAside()) {
            if (!evidence.isInjected(record.stream()) && !evidence.isInjectedAt(record.at())) {
                findings.accept(finding(
                        record.at() + ", stream " + record.stream(),
                        record.consumer() + " of " + record.service() + " can use it",
                        "it was set aside: " + record.reason()));
            }
        }
    }
}
