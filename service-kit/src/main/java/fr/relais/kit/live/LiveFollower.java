package fr.relais.kit.live;

import fr.relais.events.EventJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import tools.jackson.core.JacksonException;

/**
 * Reads the service's live topic from its beginning, in every instance and without a group, and hands it to the feed. It
 * tries again without end while Kafka is away: pages stay open meanwhile.
 */
final class LiveFollower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = POLL.multipliedBy(5);
    private static final long PAUSE_MILLIS = 1_000;

    private final LiveFeed feed;
    private final LiveTopic changes;
    private final LiveProperties properties;
    private final TopicPartition partition;
    private final Supplier<Consumer<String, byte[]>> consumer;
    private volatile boolean running;
    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Consumer<String, byte[]> following;
    private Thread reader = Thread.currentThread();

    LiveFollower(
            LiveFeed feed,
            LiveTopic changes,
            LiveProperties properties,
            String topic,
            Supplier<Consumer<String, byte[]>> consumer) {
        this.feed = feed;
        this.changes = changes;
        this.properties = properties;
        this.partition = new TopicPartition(topic, 0);
        this.consumer = consumer;
    }

    @Override
    public void start() {
        running = true;
        stopping = new CountDownLatch(1);
        feed.open();
        reader = Thread.ofPlatform().daemon().name("live-reader").start(this::followForEver);
        Thread.ofVirtual().name("live-ticker").start(this::tickForEver);
    }

    private void followForEver() {
        boolean silent = false;
        while (running) {
            try {
                try (Consumer<String, byte[]> kafka = consumer.get()) {
                    following = kafka;
                    open(kafka);
                    silent = false;
                    follow(kafka);
                } finally {
                    following = null;
                }
            } catch (WakeupException e) {
                return;
            } catch (KafkaException e) {
                if (!silent) {
                    log.warn(
                            "live changes of {} cannot be followed ({}); open pages wait until Kafka is back",
                            partition.topic(),
                            e.getMessage());
                }
                silent = true;
                if (!pause(PAUSE_MILLIS)) {
                    return;
                }
            }
        }
    }

    /** Goes on where the feed stands, or, where that is gone or at the first time, from the beginning. */
    private void open(Consumer<String, byte[]> kafka) {
        List<TopicPartition> only = List.of(partition);
        kafka.assign(only);
        long begin = at(kafka.beginningOffsets(only));
        long end = at(kafka.endOffsets(only));
        long next = feed.next();
        boolean resumes = next > 0 && begin <= next && next <= end;
        if (!resumes) {
            feed.startsAt(begin);
        }
        kafka.seek(partition, resumes ? next : begin);
        while (running && kafka.position(partition) < end) {
            hand(kafka);
        }
        feed.caughtUp();
    }

    private long at(Map<TopicPartition, Long> offsets) {
        return offsets.getOrDefault(partition, 0L);
    }

    private void follow(Consumer<String, byte[]> kafka) {
        while (running) {
            hand(kafka);
            changes.makeGood();
        }
    }

    private void hand(Consumer<String, byte[]> kafka) {
        for (ConsumerRecord<String, byte[]> record : kafka.poll(POLL)) {
            try {
                feed.told(new Told(record.offset(), EventJson.mapper().readValue(record.value(), Change.class)));
            } catch (JacksonException e) {
                log.warn("record {} of {} is no change and is passed over", record.offset(), partition.topic());
            }
        }
    }

    private void tickForEver() {
        long period = Math.clamp(
                Math.min(
                                properties.heartbeat().toMillis(),
                                properties.patience().toMillis())
                        / 4,
                20,
                1_000);
        while (running && pause(period)) {
            feed.tick();
        }
    }

    /** Waits; false when the instance stops meanwhile. */
    private boolean pause(long millis) {
        try {
            return !stopping.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void stop() {
        running = false;
        // Streams end before the server waits for its open requests.
        feed.close();
        stopping.countDown();
        // It ends by itself after a poll, and its consumer is closed before what it uses is. Only one that waits for a
        // broker is woken.
        if (!ended()) {
            Consumer<String, byte[]> kafka = following;
            if (kafka != null) {
                kafka.wakeup();
            }
        }
    }

    private boolean ended() {
        try {
            return reader.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Last to start, first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
