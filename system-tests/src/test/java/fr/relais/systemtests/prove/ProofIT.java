package fr.relais.systemtests.prove;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Checkout;
import fr.relais.systemtests.site.Programs;
import fr.relais.systemtests.site.Site;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * The proof in short, three minutes of two cores: {@code ./relais test -Drelais.proof=short}. The whole of it is
 * {@code ./relais prove}.
 */
class ProofIT {

    @Test
    void nothing_is_lost_or_told_twice_while_each_part_dies_once(@TempDir Path data) {
        if (!"short".equals(System.getProperty("relais.proof"))) {
            throw skipped("the proof takes three minutes more: ask for it with -Drelais.proof=short");
        }
        if (!Site.isPossible()) {
            throw skipped(
                    "the proof needs a mongod that it can start: name one in RELAIS_MONGOD or put it on the PATH");
        }
        Options options = new Options(List.of(), 1, Size.SHORT, false, false);
        Scenario scenario = new ShortForm();
        Site.Plan plan = Site.Plan.in(Checkout.root(), data)
                .fromUnpackedJarsIn(Programs.unpack(Checkout.root(), data.resolve("programs")));
        try (Scene scene = Scene.open(plan, scenario, options, System.out)) {
            Outcome outcome = Prove.play(scenario, scene, options.seed());
            System.out.println(Table.of(List.of(outcome)));
            assertThat(outcome.findings()).isEmpty();
        }
    }

    private static TestAbortedException skipped(String why) {
        String message = "SKIPPED: " + why;
        System.out.println(message);
        return new TestAbortedException(message);
    }
}
