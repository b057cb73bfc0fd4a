package fr.relais.pathway.ingress.hl7v2;

import ca.uhn.hl7v2.HL7Exception;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Kept;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.ingress.hl7v2.Acknowledgement.Code;
import fr.relais.pathway.ingress.mllp.MllpReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the door: each message is kept, then acknowledged, whether it is understood or not. Doubt goes to triage, never back
 * to the sender.
 */
final class Hl7v2Reception implements MllpReceiver {

    private static final Logger log = LoggerFactory.getLogger(Hl7v2Reception.class);

    /** Triggers that are work; all others are kept as not used yet. */
    private static final Set<String> USED = Set.of("A01", "A16", "A03", "A13", "A28", "A31", "A08");

    private static final int KEPT_OF_REFUSED = 64 * 1024;

    private final HospitalMessages messages;
    private final Pseudonyms pseudonyms;
    private final InsRule insRule;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Timer storing;
    private final Runnable workWaits;

    Hl7v2Reception(
            HospitalMessages messages,
            Pseudonyms pseudonyms,
            InsRule insRule,
            Clock clock,
            MeterRegistry meters,
            Runnable workWaits) {
        this.messages = messages;
        this.pseudonyms = pseudonyms;
        this.insRule = insRule;
        this.clock = clock;
        this.meters = meters;
        this.storing = Timer.builder("relais.hospital.messages.store")
                .description("time until a hospital message is durably stored")
                .publishPercentileHistogram()
                .register(meters);
        this.workWaits = workWaits;
    }

    private record Answer(@Nullable Header header, Acknowledgement acknowledgement) {}

    @Override
    public byte[] receive(byte[] frame) {
        Er7.Decoded decoded = Er7.decode(frame);
        Er7.Frame content = Er7.split(decoded.text());
        if (content.messages().isEmpty()) {
            return bytes(
                    text(refuse(null, frame, decoded.charset(), "no MSH: it does not begin with an HL7 v2 header")),
                    decoded.charset());
        }
        boolean single = content.messages().size() == 1;
        List<Answer> answers = content.messages().stream()
                .map(segments -> keep(
                        segments,
                        single ? frame : String.join("\r", segments).getBytes(decoded.charset()),
                        decoded.charset()))
                .toList();
        StringBuilder text = new StringBuilder();
        // One answer for a frame. A batch is answered by a batch, each message in it by its own MSA.
        if (content.batch() != null) {
            text.append("BHS").append(answerHeader(content.batch())).append('\r');
        }
        answers.forEach(answer -> text.append(text(answer)));
        if (content.batch() != null) {
            char separator = content.batch().charAt(3);
            text.append("BTS").append(separator).append(answers.size()).append('\r');
        }
        return bytes(text.toString(), decoded.charset());
    }

    @Override
    public byte[] refuseTooLarge(byte[] head, long limit) {
        Er7.Decoded decoded = Er7.decode(head);
        Er7.Frame content = Er7.split(decoded.text());
        Header header = content.messages().isEmpty()
                ? null
                : Header.of(content.messages().getFirst()).orElse(null);
        return bytes(
                text(refuse(header, head, decoded.charset(), "too large: a message may have " + limit + " bytes")),
                decoded.charset());
    }

    private Answer keep(List<String> segments, byte[] body, Charset charset) {
        Optional<Header> read = Header.of(segments);
        if (read.isEmpty()) {
            return refuse(null, body, charset, "MSH does not say how fields are separated");
        }
        Header header = read.get();
        Arrival arrival = arrival(header, segments, body, charset);
        try {
            Kept kept = store(arrival);
            count(kept == Kept.NEW ? "kept" : "repeat");
            if (kept == Kept.NEW && arrival.status() == Status.RECEIVED) {
                workWaits.run();
            }
            return new Answer(header, new Acknowledgement(Code.AA, header.control(), ""));
        } catch (RuntimeException e) {
            return notStored(header, e);
        }
    }

    private Arrival arrival(Header header, List<String> segments, byte[] body, Charset charset) {
        boolean used = header.type().equals("ADT") && USED.contains(header.trigger());
        Status status = used ? Status.RECEIVED : Status.NOT_USED_YET;
        String reason = null;
        if (header.type().isEmpty()
                || (header.type().equals("ADT") && header.trigger().isEmpty())) {
            status = Status.TRIAGE;
            reason = "what kind of message it is (MSH-9) is missing";
        }
        String lane = null;
        try {
            lane = lane(header, AdtMessage.of(header, segments));
        } catch (HL7Exception e) {
            // Nothing that a sender writes is a reason not to keep it.
            if (used) {
                status = Status.TRIAGE;
                reason = "the HL7 parser cannot read it (error " + e.getErrorCode() + ")";
            }
        }
        return new Arrival(
                Hl7v2Format.NAME,
                header.facility(),
                header.control(),
                header.kind(),
                pseudonyms.ofContent(String.join("\r", segments)),
                lane,
                body,
                charset.name(),
                status,
                reason);
    }

    /**
     * The patient's number before the visit: a visit has one patient, and what is said of the patient between two messages
     * of a visit keeps its place.
     */
    private @Nullable String lane(Header header, AdtMessage adt) {
        PatientIdentifiers identifiers =
                new AdtReading(header, adt, insRule, pseudonyms, clock.instant()).identifiers();
        if (identifiers.ipp() != null) {
            return pseudonyms.ofIpp(identifiers.ipp());
        }
        return identifiers.visit() == null ? null : pseudonyms.ofVisit(identifiers.visit());
    }

    private Kept store(Arrival arrival) {
        Timer.Sample sample = Timer.start(meters);
        Kept kept = messages.keep(arrival);
        sample.stop(storing);
        return kept;
    }

    private Answer notStored(@Nullable Header header, RuntimeException e) {
        // The failure's text may quote the message: only its kind is said.
        log.warn(
                "a message of {} could not be stored and was answered AE: {}",
                header == null ? "an unknown sender" : header.facility(),
                e.getClass().getName());
        count("not-stored");
        return new Answer(
                header,
                new Acknowledgement(Code.AE, header == null ? "" : header.control(), "not stored: send it again"));
    }

    /** What never can be a message for us. Its beginning is kept, so that operators can see what a sender tries. */
    private Answer refuse(@Nullable Header header, byte[] body, Charset charset, String why) {
        byte[] beginning = body.length > KEPT_OF_REFUSED ? Arrays.copyOf(body, KEPT_OF_REFUSED) : body;
        Arrival arrival = new Arrival(
                Hl7v2Format.NAME,
                header == null ? "" : header.facility(),
                header == null ? "" : header.control(),
                header == null ? "" : header.kind(),
                pseudonyms.ofContent(new String(beginning, StandardCharsets.ISO_8859_1)),
                null,
                beginning,
                charset.name(),
                Status.TRIAGE,
                "refused (AR): " + why);
        try {
            store(arrival);
        } catch (RuntimeException e) {
            return notStored(header, e);
        }
        count("refused");
        return new Answer(header, new Acknowledgement(Code.AR, header == null ? "" : header.control(), why));
    }

    private void count(String result) {
        meters.counter("relais.hospital.messages.received", "result", result).increment();
    }

    private String text(Answer answer) {
        // MSH-10 holds 20 characters; these are time and chance.
        String id = Ids.random("a").substring(2, 22);
        return answer.acknowledgement().text(answer.header(), id, clock.instant());
    }

    /** Separators of the batch we got, and nothing else of it. */
    private static String answerHeader(String batch) {
        int end = batch.indexOf(batch.charAt(3), 4);
        return end < 0 ? batch.substring(3) : batch.substring(3, end);
    }

    private static byte[] bytes(String answer, Charset charset) {
        // Acknowledgements are short and plain; senders of UTF-16 read them too.
        boolean wide = charset.name().startsWith("UTF-16");
        return answer.getBytes(wide ? StandardCharsets.UTF_8 : charset);
    }
}
