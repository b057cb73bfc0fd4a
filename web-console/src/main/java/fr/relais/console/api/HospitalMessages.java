package fr.relais.console.api;

import fr.relais.console.access.Visitor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;

/** What hospitals sent and what became of it, and what a person does about what no machine could decide. */
@Component
public class HospitalMessages {

    private static final ParameterizedTypeReference<Page<Message>> SEVERAL = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Message> ONE = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Content> CONTENT = new ParameterizedTypeReference<>() {};
    private static final ParameterizedTypeReference<Page<Quality>> QUALITY = new ParameterizedTypeReference<>() {};

    /**
     * A message, without what it says.
     *
     * @param outcome for one that was understood: what it did
     * @param corrects id of the message whose place it took
     * @param correctedBy id of the message that took its place
     */
    public record Message(
            String id,
            String facility,
            @Nullable String trigger,
            @Nullable String control,
            Instant receivedAt,
            String status,
            @Nullable Reason reason,
            @Nullable String outcome,
            int repeats,
            boolean contentKept,
            @Nullable String corrects,
            @Nullable String correctedBy,
            @Nullable List<Decision> decisions) {}

    /** Why, as a word and in words. */
    public record Reason(String code, @Nullable String words) {}

    /** What a person did about it. */
    public record Decision(
            String what, String by, Instant at, @Nullable String why) {}

    /** What a message says; for one page, never for a log. */
    public record Content(String id, String text, List<Segment> segments) {
        @Override
        public String toString() {
            return "Content[" + id + ", withheld]";
        }
    }

    /** A segment by its name, with the fields that are not empty. */
    public record Segment(String name, List<Field> fields) {
        @Override
        public String toString() {
            return "Segment[" + name + ", withheld]";
        }
    }

    /** A field by its position, as the standard counts. */
    public record Field(int position, String value) {
        @Override
        public String toString() {
            return "Field[" + position + ", withheld]";
        }
    }

    /**
     * How well the messages of a hospital come in.
     *
     * @param counts how many of each kind
     * @param shares the same as a part of all, from 0 to 1
     * @param examples ids of the latest messages of a kind
     * @param inTriage how many wait for a person now
     */
    public record Quality(
            String facility,
            Map<String, Long> counts,
            Map<String, Double> shares,
            Map<String, List<String>> examples,
            @Nullable Integer inTriage) {}

    private final ServiceClient service;

    HospitalMessages(ServicesProperties services) {
        this.service = new ServiceClient("pathway-service", services.pathway(), services.timeout());
    }

    /** Messages of a status, the latest first. */
    public Page<Message> list(
            Visitor visitor, String status, @Nullable String facility, @Nullable String after, int limit) {
        return service.get(
                visitor,
                null,
                address -> {
                    address.path("/api/v1/hospital-messages")
                            .queryParam("status", status)
                            .queryParam("limit", limit);
                    if (facility != null) {
                        address.queryParam("facility", "{facility}");
                    }
                    if (after != null) {
                        address.queryParam("after", "{after}");
                    }
                    return address.build(
                            Map.of("facility", facility == null ? "" : facility, "after", after == null ? "" : after));
                },
                SEVERAL);
    }

    /** One message. */
    public Message message(Visitor visitor, String id) {
        return service.get(
                visitor,
                null,
                address -> address.path("/api/v1/hospital-messages/{id}").build(id),
                ONE);
    }

    /** What it says. That it was read is written down by the service. */
    public Content content(Visitor visitor, String id) {
        return service.get(
                visitor,
                null,
                address ->
                        address.path("/api/v1/hospital-messages/{id}/content").build(id),
                CONTENT);
    }

    /** How well each hospital's messages come in. */
    public Page<Quality> quality(Visitor visitor, int limit) {
        return service.get(
                visitor,
                null,
                address -> address.path("/api/v1/hospital-messages/quality")
                        .queryParam("limit", limit)
                        .build(),
                QUALITY);
    }

    /** Puts a corrected text in its place. */
    public void correct(Visitor visitor, String id, String text, String once) {
        send(visitor, id, "corrections", Map.of("text", text), once);
    }

    /** Reads it again. */
    public void retry(Visitor visitor, String id, String once) {
        send(visitor, id, "retries", null, once);
    }

    /** Leaves it for good. */
    public void dismiss(Visitor visitor, String id, String reason, String once) {
        send(visitor, id, "dismissals", Map.of("reason", reason), once);
    }

    private void send(Visitor visitor, String id, String what, @Nullable Object body, String once) {
        service.command(
                visitor,
                once,
                address ->
                        address.path("/api/v1/hospital-messages/{id}/" + what).build(id),
                body);
    }
}
