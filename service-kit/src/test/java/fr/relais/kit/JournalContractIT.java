package fr.relais.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.failure.MachineFailure;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Outcome;
import fr.relais.kit.journal.Publications;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.MongoDatabaseFactory;

@ParameterizedClass
@MethodSource("choices")
class JournalContractIT {

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    JournalContractIT(MongoChoice choice) {}

    static String run;
    static TestService service;

    @BeforeParameterizedClassInvocation
    static void start(MongoChoice choice) {
        run = TestService.newRun();
        service = TestService.start(choice, run);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        service.close();
    }

    @Test
    void a_command_is_one_document_with_its_actor_and_trace() {
        service.say(run + "-one", "hello");

        List<RecordedEvent> events = service.get(Journal.class).read(run + "-one", 0, 10);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.id()).isEqualTo(run + "-one:1");
            assertThat(event.sequence()).isEqualTo(1);
            assertThat(event.type()).isEqualTo("encounter.pathway-unlinked.v1");
            assertThat(event.actor().id()).isEqualTo("99700900014");
            assertThat(event.traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c");
        });
    }

    @Test
    void a_repeated_command_gets_its_first_answer_even_when_more_has_happened_since() {
        Outcome<List<String>> first = service.say(run + "-repeat", run + "-key", "f1", "a");
        service.say(run + "-repeat", "b");

        Outcome<List<String>> again = service.say(run + "-repeat", run + "-key", "f1", "a");

        assertThat(again).isEqualTo(new Outcome.Done<>(first.state(), first.sequence(), true));
        assertThat(service.words().load(run + "-repeat").state()).containsExactly("a", "b");
    }

    @Test
    void the_same_key_with_another_body_is_refused_on_the_same_and_on_another_stream() {
        service.say(run + "-key-a", run + "-key2", "f1", "a");

        assertThat(List.of(
                        service.say(run + "-key-a", run + "-key2", "f2", "z"),
                        service.say(run + "-key-b", run + "-key2", "f1", "a")))
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                    assertThat(refused.reason().code()).isEqualTo("idempotency-key-reused");
                    assertThat(refused.reason().kind()).isEqualTo(Rejection.Kind.INVALID);
                }));
        assertThat(service.words().load(run + "-key-b").sequence()).isZero();
    }

    @Test
    void rivals_on_one_stream_all_get_in_without_a_hole() throws Exception {
        String stream = run + "-rivals";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome<List<String>>>> rivals = IntStream.range(0, 24)
                    .<Callable<Outcome<List<String>>>>mapToObj(i -> () -> service.say(stream, "word-" + i))
                    .toList();
            for (var each : threads.invokeAll(rivals)) {
                assertThat(each.get()).isInstanceOf(Outcome.Done.class);
            }
        }
        List<RecordedEvent> events = service.get(Journal.class).read(stream, 0, 100);
        assertThat(events)
                .extracting(RecordedEvent::sequence)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 24).mapToObj(Long::valueOf).toList());
    }

    @Test
    void rivals_with_one_key_are_one_command() throws Exception {
        String stream = run + "-twins";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Outcome<List<String>>>> twins = IntStream.range(0, 12)
                    .<Callable<Outcome<List<String>>>>mapToObj(
                            i -> () -> service.say(stream, run + "-twin-key", "f", "once"))
                    .toList();
            for (var each : threads.invokeAll(twins)) {
                assertThat(each.get().sequence()).isEqualTo(1);
            }
        }
        assertThat(service.get(Journal.class).read(stream, 0, 100)).hasSize(1);
    }

    @Test
    void an_expected_sequence_that_has_passed_is_refused() {
        service.say(run + "-match", "a");
        service.say(run + "-match", "b");

        Outcome<List<String>> late =
                service.words().execute(run + "-match", service.contextOf(run + "-m", null), "c", 1L);

        assertThat(late)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.reason().code()).isEqualTo("changed-meanwhile"));
    }

    @Test
    void who_is_refused_by_the_rules_does_not_learn_how_far_the_stream_is() {
        service.say(run + "-hidden", "a");

        Outcome<List<String>> refused =
                service.words().execute(run + "-hidden", service.contextOf(run + "-h", null), "no", 99L);

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        no -> assertThat(no.reason().code()).isEqualTo("no-is-no"));
    }

    @Test
    void a_no_is_a_value_and_writes_nothing() {
        assertThat(service.say(run + "-no", "no")).isInstanceOf(Outcome.Refused.class);
        assertThat(service.words().load(run + "-no").sequence()).isZero();
    }

    @Test
    void a_stream_that_a_newer_build_wrote_on_waits_for_that_build() {
        String stream = run + "-newer";
        service.say(stream, "a");
        var commits = service.get(MongoDatabaseFactory.class).getMongoDatabase().getCollection(Journal.COLLECTION);
        Document newer = new Document(
                        commits.find(new Document("stream", stream)).first())
                .append("_id", stream + ":2")
                .append("first", 2L)
                .append("last", 2L)
                .append("command", run + "-of-a-newer-build");
        newer.getList("events", Document.class)
                .getFirst()
                .append("id", stream + ":2")
                .append("type", "encounter.not-yet-invented.v1");
        commits.insertOne(newer);

        assertThatThrownBy(() -> service.say(stream, "b"))
                .isInstanceOf(MachineFailure.class)
                .hasMessageContaining("encounter.not-yet-invented.v1")
                .hasMessageContaining("run the newer build");
        assertThat(commits.countDocuments(new Document("stream", stream))).isEqualTo(2);
    }

    @Test
    void what_a_crash_left_unsent_is_sent_by_the_sweeper() {
        String stream = run + "-left";
        service.say(stream, "a");
        MongoCollection<Document> commits =
                service.get(MongoDatabaseFactory.class).getMongoDatabase().getCollection(Journal.COLLECTION);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> Boolean.TRUE.equals(
                        commits.find(new Document("stream", stream)).first().getBoolean("sent")));

        commits.updateOne(
                new Document("stream", stream),
                new Document("$set", new Document("sent", false).append("written", new java.util.Date(0L))));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> Boolean.TRUE.equals(
                        commits.find(new Document("stream", stream)).first().getBoolean("sent")));
    }

    @Test
    void the_whole_journal_is_published_again_in_order() throws Exception {
        String stream = run + "-again";
        for (int i = 1; i <= 3; i++) {
            service.say(stream, "word-" + i);
        }
        MongoCollection<Document> commits =
                service.get(MongoDatabaseFactory.class).getMongoDatabase().getCollection(Journal.COLLECTION);
        Document unsent = new Document("sent", false);
        await().atMost(Duration.ofSeconds(20)).until(() -> commits.countDocuments(unsent) == 0);
        commits.updateMany(new Document(), new Document("$set", new Document("written", new java.util.Date(0L))));
        long before = recordsOf(stream).size();
        Publications publications = service.get(Publications.class);

        assertThat(publications.begin()).isPresent();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> publications.state().publication().ended() != null
                        && publications.state().unsent() == 0);
        assertThat(publications.state().publication().marked()).isEqualTo(commits.countDocuments());
        List<String> sent = recordsOf(stream);
        assertThat(sent.subList((int) before, sent.size()))
                .containsExactly(stream + ":1", stream + ":2", stream + ":3");
        assertThat(publications.publish(run + "-never-was", 1)).isFalse();
    }

    private static List<String> recordsOf(String stream) {
        List<String> ids = new ArrayList<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("relais.encounter").stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (record.key().equals(stream)) {
                        ids.add(new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8));
                    }
                });
            }
        }
        return ids;
    }
}
