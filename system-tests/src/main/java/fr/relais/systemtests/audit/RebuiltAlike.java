package fr.relais.systemtests.audit;

import java.util.stream.Stream;

/** A view that is folded again from its topics equals the live one, document for document. */
final class RebuiltAlike implements Rule {

    @Override
    public String name() {
        return "rebuilt alike";
    }

    @Override
    public Stream<Finding> look(Evidence evidence) {
        return evidence.rebuilt().stream()
                .flatMap(rebuilt -> rebuilt.differences().stream()
                        .map(difference -> finding(
                                "view " + rebuilt.view() + " of " + rebuilt.service(),
                                "the same when it is folded again",
                                difference)));
    }
}
