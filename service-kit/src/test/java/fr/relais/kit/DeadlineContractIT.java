package fr.relais.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.Journal;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("choices")
class DeadlineContractIT {

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    final MongoChoice choice;

    DeadlineContractIT(MongoChoice choice) {
        this.choice = choice;
    }

    @Test
    void of_two_instances_one_handles_each_deadline_and_only_when_the_clock_has_moved(@TempDir Path folder)
            throws IOException {
        Path clock = Files.writeString(folder.resolve("clock"), "PT0S");
        String run = TestService.newRun();
        String offset = "relais.clock.offset-file=" + clock;
        Instant due = Instant.now().plus(2, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        try (TestService one = TestService.start(choice, run, offset);
                TestService two = TestService.start(choice, run, offset)) {
            List<String> streams =
                    IntStream.range(0, 60).mapToObj(i -> run + "-" + i).toList();
            streams.forEach(stream -> one.say(stream, "due:" + due));
            assertThat(streams)
                    .allSatisfy(stream ->
                            assertThat(two.words().load(stream).state()).containsExactly("due:" + due));

            Files.writeString(clock, "PT49H");

            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(streams)
                            .allSatisfy(stream -> assertThat(
                                            two.words().load(stream).state())
                                    .containsExactly("due:" + due, "done:0")));
            assertThat(streams)
                    .allSatisfy(stream -> assertThat(one.get(Journal.class).read(stream, 0, 10))
                            .extracting(RecordedEvent::sequence)
                            .containsExactly(1L, 2L));
        }
    }
}
