package fr.relais.pathway.ingress.cloudevents;

import fr.relais.events.EventJson;
import fr.relais.pathway.application.EventDoor;
import fr.relais.pathway.application.HospitalDoor;
import fr.relais.pathway.application.HospitalDoor.Taken;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Kept;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.application.Reason;
import fr.relais.pathway.application.Sender;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Takes CloudEvents apart: the HL7 v2 message in one goes the way of all messages; an event of a type that nobody here knows
 * is kept for a person to see.
 */
final class CloudEventReception implements EventDoor {

    /** Format under which events of unknown types are kept. */
    static final String FORMAT = "cloudevent";

    private static final Logger log = LoggerFactory.getLogger(CloudEventReception.class);

    private final HospitalDoor door;
    private final HospitalMessages messages;
    private final Pseudonyms pseudonyms;

    CloudEventReception(HospitalDoor door, HospitalMessages messages, Pseudonyms pseudonyms) {
        this.door = door;
        this.messages = messages;
        this.pseudonyms = pseudonyms;
    }

    @Override
    public Answer take(byte[] json, boolean batch, Sender sender, String structure) {
        JsonNode read;
        try {
            read = EventJson.mapper().readTree(json);
        } catch (JacksonException e) {
            return new Answer.Invalid(0, "the body is no JSON");
        }
        if (batch != read.isArray()) {
            return new Answer.Invalid(
                    0,
                    batch
                            ? "a batch is a JSON array of CloudEvents: send one event as application/cloudevents+json"
                            : "one event is a JSON object: send an array as application/cloudevents-batch+json");
        }
        List<CloudEvent> events = new ArrayList<>();
        for (JsonNode each : batch ? List.copyOf(read.asArray().values()) : List.of(read)) {
            try {
                CloudEvent event = CloudEvent.of(each);
                if (event.type().equals(HL7V2) && event.data() == null) {
                    throw new CloudEvent.Invalid(
                            "its data is missing: put the HL7 v2 message in data as text, or in data_base64");
                }
                events.add(event);
            } catch (CloudEvent.Invalid e) {
                return new Answer.Invalid(events.size(), String.valueOf(e.getMessage()));
            }
        }
        return new Answer.All(events.stream()
                .map(event -> new TakenEvent(event.id(), take(event, sender, structure)))
                .toList());
    }

    private List<Taken> take(CloudEvent event, Sender sender, String structure) {
        byte[] data = event.data();
        return event.type().equals(HL7V2) && data != null
                ? door.take(data, sender)
                : List.of(keepUnknown(event, structure));
    }

    private Taken keepUnknown(CloudEvent event, String structure) {
        String text = event.json().toString();
        Arrival arrival = new Arrival(
                FORMAT,
                structure,
                event.id(),
                event.type(),
                pseudonyms.ofContent(event.source() + "\n" + text),
                null,
                text.getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8.name(),
                Status.TRIAGE,
                new Reason("event-type-unknown", "nothing here knows CloudEvents of this type"),
                Set.of());
        try {
            Kept kept = messages.keep(arrival);
            return new Taken(
                    kept.id(), structure, event.id(), HospitalDoor.Answer.AA, Optional.empty(), !kept.isNew(), "");
        } catch (RuntimeException e) {
            // The failure's text may quote the event: only its kind is said.
            log.warn(
                    "a CloudEvent of {} could not be stored: {}",
                    structure,
                    e.getClass().getName());
            return new Taken(
                    "",
                    structure,
                    event.id(),
                    HospitalDoor.Answer.AE,
                    Optional.empty(),
                    false,
                    "not stored: send it again");
        }
    }
}
