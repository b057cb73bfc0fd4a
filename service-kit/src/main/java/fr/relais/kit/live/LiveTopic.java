package fr.relais.kit.live;

import fr.relais.events.EventJson;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every instance of this service what changed, through the service's live topic. It never fails and never waits for
 * the broker's answer: what could not be told is made good by telling all pages to load anew.
 */
final class LiveTopic implements LiveChanges {

    private static final Logger log = LoggerFactory.getLogger(LiveTopic.class);

    private final Function<byte[], ? extends CompletableFuture<?>> kafka;
    private final AtomicBoolean missed = new AtomicBoolean();

    LiveTopic(Function<byte[], ? extends CompletableFuture<?>> kafka) {
        this.kafka = kafka;
    }

    @Override
    public void publish(List<Change> changes) {
        makeGood();
        for (Change change : changes) {
            // Each send to a broker that is away would wait for it: once is enough.
            if (missed.get()) {
                return;
            }
            send(change);
        }
    }

    /** After something could not be told: tells all pages to load anew. */
    void makeGood() {
        if (missed.compareAndSet(true, false)) {
            send(Told.missed());
        }
    }

    private void send(Change change) {
        kafka.apply(EventJson.mapper().writeValueAsBytes(change)).whenComplete((sent, failure) -> {
            if (failure != null && !missed.getAndSet(true)) {
                log.warn(
                        "live changes cannot be told to Kafka ({}); pages will be asked to load anew",
                        failure.getMessage());
            }
        });
    }
}
