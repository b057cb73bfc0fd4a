package fr.relais.kit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.time.Ids;
import fr.relais.localstack.LocalStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.Disposable;

/** Two instances that follow one topic of a real broker. */
@ExtendWith(OutputCaptureExtension.class)
class LiveTopicIT {

    private static final LiveProperties PROPERTIES =
            new LiveProperties(1_000, Duration.ofSeconds(15), 100, 64, Duration.ofSeconds(5));
    private static final Set<String> ANNE = Set.of("person:anne");

    private final String topic = "relais." + Ids.random("kit") + ".live";
    private final Map<String, Object> kafka =
            Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
    private final List<LiveFollower> instances = new ArrayList<>();
    private final List<Disposable> pages = new ArrayList<>();
    private final AtomicBoolean broken = new AtomicBoolean();
    private KafkaProducer<String, byte[]> producer;
    private LiveTopic changes;

    @BeforeEach
    void makeTopic() throws Exception {
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        changes = new LiveTopic(value -> {
            if (broken.get()) {
                return CompletableFuture.failedFuture(new IllegalStateException("no broker"));
            }
            CompletableFuture<Object> sent = new CompletableFuture<>();
            producer.send(new ProducerRecord<>(topic, value), (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(failure);
                }
            });
            return sent;
        });
    }

    @AfterEach
    void stop() {
        pages.forEach(Disposable::dispose);
        instances.forEach(LiveFollower::stop);
        producer.close(Duration.ZERO);
    }

    private LiveFeed instance() {
        LiveFeed feed = new LiveFeed(PROPERTIES);
        LiveFollower follower = new LiveFollower(feed, changes, PROPERTIES, topic, LiveConfiguration.consumers(kafka));
        follower.start();
        instances.add(follower);
        return feed;
    }

    private List<String> page(LiveFeed feed, @Nullable String lastEventId) {
        List<String> told = new CopyOnWriteArrayList<>();
        pages.add(feed.subscribe(ANNE, lastEventId).subscribe(event -> {
            if (event.data() != null) {
                told.add(event.data().kind() + event.data().id() + "@" + event.id());
            }
        }));
        return told;
    }

    private void tell(String... ids) {
        changes.publish(java.util.Arrays.stream(ids)
                .map(id -> new Change("handoff", id, ANNE, Map.of()))
                .toList());
    }

    @Test
    void a_change_reaches_every_instance_under_one_id_and_a_page_resumes_on_another() {
        LiveFeed one = instance();
        LiveFeed two = instance();
        List<String> onOne = page(one, null);
        List<String> onTwo = page(two, null);
        await().untilAsserted(() -> assertThat(onOne).containsExactly("ready@-1"));
        await().untilAsserted(() -> assertThat(onTwo).containsExactly("ready@-1"));

        tell("a", "b", "c");

        await().untilAsserted(
                        () -> assertThat(onOne).containsExactly("ready@-1", "handoffa@0", "handoffb@1", "handoffc@2"));
        await().untilAsserted(() -> assertThat(onTwo).isEqualTo(onOne));
        List<String> moved = page(two, "0");
        await().untilAsserted(() -> assertThat(moved).containsExactly("handoffb@1", "handoffc@2", "ready@2"));
    }

    @Test
    void an_instance_that_starts_later_resumes_pages_of_the_others() {
        LiveFeed one = instance();
        List<String> onOne = page(one, null);
        await().untilAsserted(() -> assertThat(onOne).containsExactly("ready@-1"));
        tell("a", "b");
        await().untilAsserted(() -> assertThat(onOne).contains("handoffb@1"));

        List<String> moved = page(instance(), "0");

        await().untilAsserted(() -> assertThat(moved).containsExactly("handoffb@1", "ready@1"));
    }

    @Test
    void what_kafka_did_not_take_makes_every_page_load_anew() {
        List<String> told = page(instance(), null);
        await().untilAsserted(() -> assertThat(told).containsExactly("ready@-1"));

        broken.set(true);
        tell("a", "b");
        broken.set(false);

        await().untilAsserted(() -> assertThat(told).contains("reset@0"));
        tell("c");
        await().untilAsserted(() -> assertThat(told).contains("handoffc@1"));
    }

    @Test
    void a_stop_is_quiet_and_leaves_no_reader_behind(CapturedOutput output) {
        for (int i = 0; i < 5; i++) {
            List<String> told = page(instance(), null);
            await().untilAsserted(() -> assertThat(told).containsExactly("ready@-1"));

            instances.getLast().stop();
        }

        assertThat(output.getAll()).doesNotContain("ERROR");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("live-reader");
    }

    @Test
    void a_feed_waits_for_a_topic_that_is_not_there_yet_to_stop_at_once() {
        LiveFeed feed = new LiveFeed(PROPERTIES);
        LiveFollower follower =
                new LiveFollower(feed, changes, PROPERTIES, topic + ".other", LiveConfiguration.consumers(kafka));
        follower.start();
        instances.add(follower);
        List<String> told = page(feed, null);

        follower.stop();

        assertThat(told).isEmpty();
        assertThat(feed.subscribers()).isZero();
    }
}
