package fr.relais.systemtests.audit;

import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * No name, INS, birth date, number, telephone or message of a patient who was sent in stands in any topic, log, mail or
 * other notice. The names of professionals are in the directory's topics, and one of them may be a patient's too.
 */
final class NobodyReadsWhoItIs implements Rule {

    private static final String DIRECTORY = "relais.directory";

    @Override
    public String name() {
        return "nobody reads who it is";
    }

    @Override
    public void look(Evidence evidence, Consumer<Finding> findings) {
        Secrets secrets = Secrets.of(evidence.ledger().identities());
        try (Stream<Text> texts = evidence.texts()) {
            texts.forEach(text -> secrets.in(text.text())
                    .filter(secret ->
                            secret.kind() != Secret.Kind.NAME || !text.where().startsWith(DIRECTORY))
                    .forEach(secret -> findings.accept(finding(
                            text.where(),
                            "nothing that says who a patient is",
                            "a " + secret.kind().words + " that was sent in: " + secret.text()))));
        }
    }
}
