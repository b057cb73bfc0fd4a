package fr.relais.systemtests.audit;

import java.util.stream.Stream;

/** No view and no reaction met a record that it could not use, but for those that were put in on purpose. */
final class NothingSetAside implements Rule {

    @Override
    public String name() {
        return "nothing set aside";
    }

    @Override
    public Stream<Finding> look(Evidence evidence) {
        return evidence.setAside().stream()
                .filter(record -> !evidence.isInjected(record.stream()))
                .map(record -> finding(
                        record.at() + ", stream " + record.stream(),
                        record.consumer() + " of " + record.service() + " can use it",
                        "it was set aside: " + record.reason()));
    }
}
