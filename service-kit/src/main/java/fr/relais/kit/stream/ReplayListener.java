package fr.relais.kit.stream;

import fr.relais.kit.journal.Relay;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.kafka.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import tools.jackson.core.JacksonException;

/** Hears what views of any service ask for and has the relay send it again, where the stream is one of this service. */
public final class ReplayListener implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ReplayListener.class);

    private final Relay relay;
    private final ConcurrentMessageListenerContainer<String, byte[]> container;

    public ReplayListener(Relay relay, Listeners listeners) {
        this.relay = relay;
        this.container = listeners.batches("replay", List.of(Topics.REPLAY), this::onBatch);
    }

    private void onBatch(List<ConsumerRecord<String, byte[]>> batch) {
        Map<String, Long> wanted = new HashMap<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                Replays.Wanted each = Replays.read(record.value());
                wanted.merge(each.stream(), each.from(), Math::min);
            } catch (JacksonException e) {
                log.warn("{} asks for a replay in words this build cannot read", Incoming.reference(record));
            }
        }
        wanted.forEach(relay::sendAgain);
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public int getPhase() {
        return 200;
    }
}
