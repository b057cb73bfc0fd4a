package fr.relais.kit.stream;

import fr.relais.events.EventJson;
import fr.relais.kit.failure.Failures;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.kafka.Topics;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the owner of a stream, through Kafka, to send it again from a sequence. */
public final class Replays {

    /**
     * What is asked.
     *
     * @param stream the stream
     * @param from first sequence wanted
     * @param asker service and view that asks
     */
    public record Wanted(String stream, long from, String asker) {}

    private static final Logger log = LoggerFactory.getLogger(Replays.class);

    private final EventSender sender;
    private final String service;

    Replays(EventSender sender, String service) {
        this.sender = sender;
        this.service = service;
    }

    /** Asks; whether it was heard is seen by the events that come. */
    public void ask(String stream, long from, String view) {
        byte[] value = EventJson.mapper().writeValueAsBytes(new Wanted(stream, from, service + "/" + view));
        sender.send(Topics.REPLAY, stream, value, Map.of()).whenComplete((sent, failure) -> {
            if (failure != null) {
                log.warn(
                        "could not ask for {} from {}, it is asked again: {}", stream, from, Failures.inWords(failure));
            }
        });
    }

    static Wanted read(byte[] value) {
        return EventJson.mapper().readValue(value, Wanted.class);
    }
}
