package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.pathway.application.EventDoor;
import fr.relais.pathway.application.HospitalDoor;
import fr.relais.pathway.application.HospitalDoor.Answer;
import fr.relais.pathway.application.HospitalDoor.Refusal;
import fr.relais.pathway.application.HospitalDoor.Taken;
import fr.relais.pathway.application.Sender;
import fr.relais.pathway.application.SendingFacilities;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;

/**
 * Takes hospitals' messages over HTTP, as they are taken over MLLP: kept first, then answered, each message for itself. A
 * feed speaks for the facilities of its token only.
 */
@RestController
@RequestMapping("/api/v1/hospital-messages")
class HospitalFeedController {

    private static final Duration READ_WITHIN = Duration.ofMinutes(2);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** From here on a body counts as large, and only so many are held at a time. */
    private static final int LARGE = 1024 * 1024;

    private static final int KEPT_OF_REFUSED = 64 * 1024;
    private static final int LARGE_AT_A_TIME = 8;

    private final HospitalDoor door;
    private final EventDoor events;
    private final SendingFacilities facilities;
    private final Semaphore large = new Semaphore(LARGE_AT_A_TIME);

    HospitalFeedController(HospitalDoor door, EventDoor events, SendingFacilities facilities) {
        this.door = door;
        this.events = events;
        this.facilities = facilities;
    }

    /**
     * What became of a message.
     *
     * @param event id of the CloudEvent that it came in
     * @param message id under which it is kept
     * @param code AA, AE or AR, as in MSA-1
     * @param repeat whether the same was kept before
     * @param said what is wrong, in plain words
     */
    record AcknowledgementBody(
            @Nullable String event,
            @Nullable String message,
            String facility,
            String control,
            String code,
            boolean repeat,
            @Nullable String said) {

        static AcknowledgementBody of(@Nullable String event, Taken taken) {
            return new AcknowledgementBody(
                    event,
                    taken.id().isEmpty() ? null : taken.id(),
                    taken.facility(),
                    taken.control(),
                    taken.answer().name(),
                    taken.repeat(),
                    taken.said().isEmpty() ? null : taken.said());
        }
    }

    /** What became of each message, in the order in which they came. */
    record AcknowledgementsBody(List<AcknowledgementBody> acknowledgements) {}

    /** One HL7 v2 message, or a batch of several. */
    @PostMapping(consumes = "application/hl7-v2")
    AcknowledgementsBody hl7(
            @RequestBody Flux<DataBuffer> body,
            @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, required = false) @Nullable Long length,
            Caller caller) {
        Sender sender = sender(caller);
        return whole(
                body,
                length,
                sender,
                content -> answer(door.take(content, sender), taken -> AcknowledgementBody.of(null, taken)));
    }

    /** One CloudEvent in the JSON format. */
    @PostMapping(consumes = "application/cloudevents+json")
    AcknowledgementsBody event(
            @RequestBody Flux<DataBuffer> body,
            @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, required = false) @Nullable Long length,
            Caller caller) {
        return events(body, length, caller, false);
    }

    /** Several CloudEvents in the JSON format. */
    @PostMapping(consumes = "application/cloudevents-batch+json")
    AcknowledgementsBody batch(
            @RequestBody Flux<DataBuffer> body,
            @RequestHeader(name = HttpHeaders.CONTENT_LENGTH, required = false) @Nullable Long length,
            Caller caller) {
        return events(body, length, caller, true);
    }

    private AcknowledgementsBody events(Flux<DataBuffer> body, @Nullable Long length, Caller caller, boolean batch) {
        Sender sender = sender(caller);
        String structure = caller.structure();
        String feed = structure == null ? caller.id() : structure;
        return whole(body, length, sender, content -> switch (events.take(content, batch, sender, feed)) {
            case EventDoor.Answer.Invalid(int index, String why) ->
                throw Problems.of(Problem.of(400, "cloud-event-invalid", "CloudEvent " + index + ": " + why)
                        .with("index", index));
            case EventDoor.Answer.All(var taken) -> {
                record Acknowledged(String event, Taken taken) {}
                List<Acknowledged> all = taken.stream()
                        .flatMap(event -> event.messages().stream().map(each -> new Acknowledged(event.id(), each)))
                        .toList();
                yield answer(
                        all.stream().map(Acknowledged::taken).toList(),
                        all.stream()
                                .map(each -> AcknowledgementBody.of(each.event(), each.taken()))
                                .toList());
            }
        });
    }

    private Sender sender(Caller caller) {
        caller.require(Role.FEED);
        return new Sender(caller.actor().id(), facilities.namesOf(caller));
    }

    private AcknowledgementsBody answer(List<Taken> taken, Function<Taken, AcknowledgementBody> show) {
        return answer(taken, taken.stream().map(show).toList());
    }

    /** Where none was taken the status says why; where some were, each says so for itself. */
    private AcknowledgementsBody answer(List<Taken> taken, List<AcknowledgementBody> acknowledgements) {
        if (taken.stream().anyMatch(each -> each.answer() == Answer.AE)) {
            throw Problems.of(Problem.of(503, "message-not-stored", "Not all could be stored: send them again")
                    .with("acknowledgements", acknowledgements)
                    .withHeader(HttpHeaders.RETRY_AFTER, Long.toString(RETRY_AFTER.toSeconds())));
        }
        if (taken.isEmpty() || taken.stream().anyMatch(each -> each.answer() == Answer.AA)) {
            return new AcknowledgementsBody(acknowledgements);
        }
        Refusal refusal = taken.stream()
                .map(Taken::refusal)
                .flatMap(Optional::stream)
                .max(Refusal::compareTo)
                .orElse(Refusal.NO_HEADER);
        Problem problem = switch (refusal) {
            case NO_HEADER -> Problem.of(400, "hl7-header-missing", "Send HL7 v2 that begins with its MSH");
            case TOO_LARGE -> Problem.of(413, "message-too-large", "A message may have " + door.largest() + " bytes");
            case SENDER_NOT_ALLOWED ->
                Problem.of(
                        403,
                        "facility-not-yours",
                        "Your token may not speak for the facility of MSH-4; ask your operator to list it");
        };
        throw Problems.of(problem.with("acknowledgements", acknowledgements));
    }

    private AcknowledgementsBody whole(
            Flux<DataBuffer> body, @Nullable Long length, Sender sender, Function<byte[], AcknowledgementsBody> then) {
        boolean isLarge = length == null || length > LARGE;
        if (isLarge && !large.tryAcquire()) {
            throw Problems.unavailable("too-many-large-bodies", "Too many large bodies at once", RETRY_AFTER);
        }
        try {
            Content content = new Content(door.largest());
            try {
                body.takeUntil(content::add).then().block(READ_WITHIN);
            } catch (IllegalStateException e) {
                if (Exceptions.unwrap(e).getCause() instanceof TimeoutException) {
                    throw Problems.of(Problem.of(408, "body-too-slow", "The body took longer than " + READ_WITHIN));
                }
                throw e;
            }
            byte[] bytes = content.bytes();
            if (!content.isTooLarge()) {
                return then.apply(bytes);
            }
            return answer(
                    List.of(door.refuseTooLarge(bytes, door.largest(), sender)),
                    taken -> AcknowledgementBody.of(null, taken));
        } finally {
            if (isLarge) {
                large.release();
            }
        }
    }

    /** What has come of a body: all of it, or the beginning of one that is too large. */
    private static final class Content {

        private final long limit;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private long seen;

        private Content(long limit) {
            this.limit = limit;
        }

        /** Whether it is so much too large that nobody reads on; a little more is read, so that the sender hears why. */
        private boolean add(DataBuffer part) {
            try {
                seen += part.readableByteCount();
                if (seen <= limit) {
                    byte[] bytes = new byte[part.readableByteCount()];
                    part.read(bytes);
                    kept.writeBytes(bytes);
                } else if (kept.size() < KEPT_OF_REFUSED) {
                    byte[] bytes = new byte[Math.min(part.readableByteCount(), KEPT_OF_REFUSED - kept.size())];
                    part.read(bytes);
                    kept.writeBytes(bytes);
                }
            } finally {
                DataBufferUtils.release(part);
            }
            return seen > 10 * limit;
        }

        private boolean isTooLarge() {
            return seen > limit;
        }

        private byte[] bytes() {
            byte[] bytes = kept.toByteArray();
            return isTooLarge() && bytes.length > KEPT_OF_REFUSED ? Arrays.copyOf(bytes, KEPT_OF_REFUSED) : bytes;
        }
    }
}
