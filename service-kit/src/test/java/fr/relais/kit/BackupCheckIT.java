package fr.relais.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.Journal;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.time.Duration;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/** A MongoDB that was restored from a backup lacks what Kafka has. */
class BackupCheckIT {

    private final MongoChoice choice = LocalMongo.everyChoice().getFirst();
    private final String run = TestService.newRun();
    private final String stream = run + "-restored";
    private final String echoed = run + "-echoed";

    @Test
    void a_journal_that_is_older_than_kafka_is_refused_and_can_adopt_what_kafka_knows() {
        List<RecordedEvent> before;
        try (TestService service = TestService.start(choice, run)) {
            service.say(stream, "kept");
            service.say(stream, "lost");
            service.say(stream, "echo:" + echoed + ":hello");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> service.words().load(echoed).sequence() == 1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> commits(service).countDocuments(Filters.eq("sent", false)) == 0);
            before = service.get(Journal.class).read(stream, 0, 10);

            commits(service).deleteMany(Filters.and(Filters.eq("stream", stream), Filters.gt("first", 1L)));
            commits(service).deleteMany(Filters.eq("stream", echoed));
        }

        assertThatThrownBy(() -> TestService.start(choice, run))
                .rootCause()
                .hasMessageContaining(stream + " from 2 to 3")
                .hasMessageContaining(echoed + " from 1 to 1")
                .hasMessageContaining("relais.journal.behind=adopt");

        try (TestService service = TestService.start(choice, run, "relais.journal.behind=adopt")) {
            assertThat(service.get(Journal.class).read(stream, 0, 10)).isEqualTo(before);
            // The relay sends what was adopted once more, and the reaction to it knows that it has acted.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> commits(service).countDocuments(Filters.eq("sent", false)) == 0);
            assertThat(service.words().load(echoed).sequence()).isEqualTo(1);
            assertThat(service.say(stream, "new").sequence()).isEqualTo(4);
        }

        try (TestService service = TestService.start(choice, run)) {
            assertThat(service.words().load(stream).sequence()).isEqualTo(4);
        }
    }

    private static MongoCollection<Document> commits(TestService service) {
        return service.get(MongoDatabaseFactory.class).getMongoDatabase().getCollection(Journal.COLLECTION);
    }
}
