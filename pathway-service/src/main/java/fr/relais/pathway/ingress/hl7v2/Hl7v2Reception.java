package fr.relais.pathway.ingress.hl7v2;

import ca.uhn.hl7v2.HL7Exception;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.HospitalDoor;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Kept;
import fr.relais.pathway.application.HospitalMessages.Sign;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.application.Reason;
import fr.relais.pathway.application.Sender;
import fr.relais.pathway.ingress.mllp.MllpReceiver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At the door: each message is kept, then acknowledged, whether it is understood or not. Doubt goes to triage, never back
 * to the sender.
 */
final class Hl7v2Reception implements MllpReceiver, HospitalDoor {

    private static final Logger log = LoggerFactory.getLogger(Hl7v2Reception.class);

    private static final int KEPT_OF_REFUSED = 64 * 1024;

    private final HospitalMessages messages;
    private final Pseudonyms pseudonyms;
    private final InsRule insRule;
    private final Clock clock;
    private final Duration lateAfter;
    private final long largest;
    private final MeterRegistry meters;
    private final Timer storing;
    private final Runnable workWaits;

    Hl7v2Reception(
            HospitalMessages messages,
            Pseudonyms pseudonyms,
            InsRule insRule,
            Clock clock,
            Duration lateAfter,
            long largest,
            MeterRegistry meters,
            Runnable workWaits) {
        this.messages = messages;
        this.pseudonyms = pseudonyms;
        this.insRule = insRule;
        this.clock = clock;
        this.lateAfter = lateAfter;
        this.largest = largest;
        this.meters = meters;
        this.storing = Timer.builder("relais.hospital.messages.store")
                .description("time until a hospital message is durably stored")
                .publishPercentileHistogram()
                .register(meters);
        this.workWaits = workWaits;
    }

    /** What is to be answered to a message, and its header where it has one. */
    private record Told(@Nullable Header header, Taken taken) {}

    @Override
    public byte[] receive(byte[] frame, Sender sender) {
        Er7.Decoded decoded = Er7.decode(frame);
        Er7.Frame content = Er7.split(decoded.text());
        StringBuilder text = new StringBuilder();
        List<Told> told = takeAll(frame, decoded, content, sender);
        // One answer for a frame. A batch is answered by a batch, each message in it by its own MSA.
        if (content.batch() != null) {
            text.append("BHS").append(answerHeader(content.batch())).append('\r');
        }
        told.forEach(each -> text.append(text(each)));
        if (content.batch() != null) {
            char separator = content.batch().charAt(3);
            text.append("BTS").append(separator).append(told.size()).append('\r');
        }
        return bytes(text.toString(), decoded.charset());
    }

    @Override
    public byte[] tooLarge(byte[] head, long limit, Sender sender) {
        return bytes(text(large(head, limit, sender)), Er7.decode(head).charset());
    }

    @Override
    public long largest() {
        return largest;
    }

    @Override
    public List<Taken> take(byte[] content, Sender sender) {
        Er7.Decoded decoded = Er7.decode(content);
        return takeAll(content, decoded, Er7.split(decoded.text()), sender).stream()
                .map(Told::taken)
                .toList();
    }

    @Override
    public Taken refuseTooLarge(byte[] beginning, long limit, Sender sender) {
        return large(beginning, limit, sender).taken();
    }

    @Override
    public Optional<Arrival> written(String text) {
        List<List<String>> messages = Er7.split(text).messages();
        if (messages.size() != 1) {
            return Optional.empty();
        }
        List<String> segments = messages.getFirst();
        byte[] body = String.join("\r", segments).getBytes(StandardCharsets.UTF_8);
        return Header.of(segments).map(header -> arrival(header, segments, body, StandardCharsets.UTF_8));
    }

    @Override
    public List<Segment> segments(byte[] body, String charset) {
        List<Segment> segments = new ArrayList<>();
        for (List<String> message :
                Er7.split(new String(body, Charset.forName(charset))).messages()) {
            Header.of(message).ifPresent(header -> segments.addAll(header.byPosition(message)));
        }
        return segments;
    }

    private List<Told> takeAll(byte[] frame, Er7.Decoded decoded, Er7.Frame content, Sender sender) {
        if (content.messages().isEmpty()) {
            return List.of(refuse(
                    null,
                    frame,
                    decoded.charset(),
                    sender,
                    Refusal.NO_HEADER,
                    "no MSH: it does not begin with an HL7 v2 header"));
        }
        boolean single = content.messages().size() == 1;
        return content.messages().stream()
                .map(segments -> keep(
                        segments,
                        single ? frame : String.join("\r", segments).getBytes(decoded.charset()),
                        decoded.charset(),
                        sender))
                .toList();
    }

    private Told large(byte[] head, long limit, Sender sender) {
        Er7.Decoded decoded = Er7.decode(head);
        Er7.Frame content = Er7.split(decoded.text());
        Header header = content.messages().isEmpty()
                ? null
                : Header.of(content.messages().getFirst()).orElse(null);
        return refuse(
                header,
                head,
                decoded.charset(),
                sender,
                Refusal.TOO_LARGE,
                "too large: a message may have " + limit + " bytes");
    }

    private Told keep(List<String> segments, byte[] body, Charset charset, Sender sender) {
        Optional<Header> read = Header.of(segments);
        if (read.isEmpty()) {
            return refuse(null, body, charset, sender, Refusal.NO_HEADER, "MSH does not say how fields are separated");
        }
        Header header = read.get();
        if (!sender.maySpeakFor(header.facility())) {
            return refuse(
                    header,
                    body,
                    charset,
                    sender,
                    Refusal.SENDER_NOT_ALLOWED,
                    sender.name() + " may not speak for the facility of MSH-4: ask the operators of Relais to list it");
        }
        Arrival arrival = arrival(header, segments, body, charset);
        try {
            Kept kept = store(arrival);
            count(kept.isNew() ? "kept" : "repeat");
            if (kept.isNew() && arrival.status() == Status.RECEIVED) {
                workWaits.run();
            }
            return told(header, kept.id(), Answer.AA, null, !kept.isNew(), "");
        } catch (RuntimeException e) {
            return notStored(header, e);
        }
    }

    private static Told told(
            @Nullable Header header, String id, Answer answer, @Nullable Refusal refusal, boolean repeat, String said) {
        String facility = header == null ? "" : header.facility();
        String control = header == null ? "" : header.control();
        return new Told(header, new Taken(id, facility, control, answer, Optional.ofNullable(refusal), repeat, said));
    }

    private Arrival arrival(Header header, List<String> segments, byte[] body, Charset charset) {
        boolean used = header.type().equals("ADT") && AdtReading.READ.contains(header.trigger());
        Status status = used ? Status.RECEIVED : Status.IGNORED;
        Reason reason = used
                ? null
                : header.type().equals("ADT")
                        ? new Reason("trigger-not-used", "messages ADT^" + header.trigger() + " change nothing here")
                        : new Reason("not-adt", "only ADT messages say anything here, and this is " + header.kind());
        if (header.type().isEmpty()
                || (header.type().equals("ADT") && header.trigger().isEmpty())) {
            status = Status.TRIAGE;
            reason = new Reason("kind-missing", "what kind of message it is (MSH-9) is missing");
        }
        String lane = null;
        Set<Sign> signs = EnumSet.noneOf(Sign.class);
        try {
            AdtMessage adt = AdtMessage.of(header, segments);
            lane = lane(header, adt);
            signs = signs(header, adt);
        } catch (HL7Exception e) {
            // Nothing that a sender writes is a reason not to keep it.
            if (used) {
                status = Status.TRIAGE;
                reason = Reason.saying("the HL7 parser cannot read it (error " + e.getErrorCode() + ")");
            }
        } catch (RuntimeException e) {
            log.warn(
                    "a message of {} could not be read at the door: {}",
                    header.facility(),
                    e.getClass().getName());
            if (used) {
                status = Status.TRIAGE;
                reason = Reason.saying("it could not be read: " + e.getClass().getSimpleName());
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
                reason,
                signs);
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

    private Set<Sign> signs(Header header, AdtMessage adt) {
        Set<Sign> signs = EnumSet.noneOf(Sign.class);
        Optional<Instant> written = Hl7Times.instant(adt.get("EVN", 2)).or(() -> Hl7Times.instant(header.sentAt()));
        if (written.isPresent() && written.get().plus(lateAfter).isBefore(clock.instant())) {
            signs.add(Sign.LATE);
        }
        if (header.type().equals("ADT")
                && header.trigger().equals("A03")
                && adt.get("PV1", 2).equals("I")
                && adt.get("ZFM", 2).isEmpty()
                && !adt.get("PV1", 36).equals("4")
                && !adt.get("PID", 30).equals("Y")
                && !adt.get("ZFM", 1).equals("N")) {
            signs.add(Sign.WITHOUT_ZFM);
        }
        return signs;
    }

    private Kept store(Arrival arrival) {
        Timer.Sample sample = Timer.start(meters);
        Kept kept = messages.keep(arrival);
        sample.stop(storing);
        return kept;
    }

    private Told notStored(@Nullable Header header, RuntimeException e) {
        // The failure's text may quote the message: only its kind is said.
        log.warn(
                "a message of {} could not be stored and was answered AE: {}",
                header == null ? "an unknown sender" : header.facility(),
                e.getClass().getName());
        count("not-stored");
        return told(header, "", Answer.AE, null, false, "not stored: send it again");
    }

    /** What never can be a message for us. Its beginning is kept, so that operators can see what a sender tries. */
    private Told refuse(
            @Nullable Header header, byte[] body, Charset charset, Sender sender, Refusal refusal, String why) {
        byte[] beginning = body.length > KEPT_OF_REFUSED ? Arrays.copyOf(body, KEPT_OF_REFUSED) : body;
        String by = sender.name().isEmpty() ? "" : " (sent by " + sender.name() + ")";
        // A fingerprint of its own: were it the message's, the message would be taken for a repeat of what was refused.
        String fingerprint = pseudonyms.ofContent(
                "refused " + refusal + " " + sender.name() + " " + new String(beginning, StandardCharsets.ISO_8859_1));
        Arrival arrival = new Arrival(
                Hl7v2Format.NAME,
                header == null ? "" : header.facility(),
                header == null ? "" : header.control(),
                header == null ? "" : header.kind(),
                fingerprint,
                null,
                beginning,
                charset.name(),
                Status.REJECTED,
                new Reason(refusal.name().toLowerCase(Locale.ROOT).replace('_', '-'), why + by),
                Set.of());
        Kept kept;
        try {
            kept = store(arrival);
        } catch (RuntimeException e) {
            return notStored(header, e);
        }
        count("refused");
        return told(header, kept.id(), Answer.AR, refusal, !kept.isNew(), why);
    }

    private void count(String result) {
        meters.counter("relais.hospital.messages.received", "result", result).increment();
    }

    private String text(Told told) {
        // MSH-10 holds 20 characters; these are time and chance.
        String id = Ids.random("a").substring(2, 22);
        Taken taken = told.taken();
        return new Acknowledgement(taken.answer(), taken.control(), taken.said())
                .text(told.header(), id, clock.instant());
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
