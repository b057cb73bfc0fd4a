package fr.relais.systemtests.audit;

import java.util.function.Consumer;

/** A view that is folded again from its topics equals the live one, document for document. */
final class RebuiltAlike implements Rule {

    @Override
    public String name() {
        return "rebuilt alike";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        for (Rebuilt rebuilt : evidence.rebuilt()) {
            for (String difference : rebuilt.differences()) {
                findings.accept(finding(
                        "view " + rebuilt.view() + " of " + rebuilt.service(),
                        "the same when it is folded again",
                        difference));
            }
        }
    }
}
