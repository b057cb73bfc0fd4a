package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.HospitalDoor;
import fr.relais.pathway.application.HospitalDoor.Segment;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.HospitalMessages.Arrival;
import fr.relais.pathway.application.HospitalMessages.Decision;
import fr.relais.pathway.application.HospitalMessages.Listed;
import fr.relais.pathway.application.HospitalMessages.Search;
import fr.relais.pathway.application.HospitalMessages.Status;
import fr.relais.pathway.application.MessageTriage;
import fr.relais.pathway.application.MessageTriage.Content;
import fr.relais.pathway.application.MessageTriage.Decided;
import fr.relais.pathway.application.Reason;
import fr.relais.pathway.application.SenderQuality;
import fr.relais.pathway.application.SenderQuality.Count;
import fr.relais.pathway.application.SenderQuality.Figures;
import fr.relais.pathway.application.SendingFacilities;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What came from hospitals and what became of it: for operators, and the triage of their own hospital for its wards. What a
 * message says is shown to operators only, after it was written down that they read it.
 */
@RestController
@RequestMapping("/api/v1/hospital-messages")
class HospitalMessagesController {

    /** What a ward sees of its own hospital: what was not understood, and what was decided about it. */
    private static final Set<Status> OF_WARDS = Set.of(Status.TRIAGE, Status.CORRECTED, Status.DISMISSED);

    private static final int LONGEST_REASON = 500;

    private final HospitalMessages messages;
    private final MessageTriage triage;
    private final HospitalDoor door;
    private final Audit audit;
    private final SendingFacilities facilities;
    private final SenderQuality quality;

    HospitalMessagesController(
            HospitalMessages messages,
            MessageTriage triage,
            HospitalDoor door,
            Audit audit,
            SendingFacilities facilities,
            SenderQuality quality) {
        this.messages = messages;
        this.triage = triage;
        this.door = door;
        this.audit = audit;
        this.facilities = facilities;
        this.quality = quality;
    }

    /** A message as it is answered. */
    record MessageBody(
            String id,
            String format,
            String facility,
            String control,
            String trigger,
            String status,
            @Nullable Reason reason,
            @Nullable String outcome,
            Instant receivedAt,
            @Nullable Instant endedAt,
            int repeats,
            int size,
            boolean contentKept,
            @Nullable String corrects,
            @Nullable String correctedBy,
            List<Decision> decisions) {

        static MessageBody of(Listed listed, @Nullable Locale language) {
            Reason reason = listed.reason();
            return new MessageBody(
                    listed.id(),
                    listed.format(),
                    listed.facility(),
                    listed.control(),
                    listed.trigger(),
                    listed.status().word(),
                    reason == null ? null : reason.in(language),
                    listed.outcome(),
                    listed.receivedAt(),
                    listed.endedAt(),
                    listed.repeats(),
                    listed.size(),
                    listed.contentKept(),
                    listed.corrects(),
                    listed.correctedBy(),
                    listed.decisions());
        }
    }

    /**
     * A facility's figures.
     *
     * @param day in Europe/Paris; missing for all days together
     * @param counts received (new), understood, ignored, repeated, otherContent (same MSH-10, other content), late,
     *     withoutZfm, triaged, rejected
     * @param shares each of the counts, of all that were received; repeated of all that came
     * @param examples ids of the latest such messages
     * @param inTriage how many wait in triage now, at most 1000
     */
    record QualityBody(
            String facility,
            @Nullable LocalDate day,
            Map<String, Long> counts,
            Map<String, Double> shares,
            Map<String, List<String>> examples,
            @Nullable Integer inTriage) {

        static QualityBody of(Figures figures) {
            Map<String, Long> counts = new TreeMap<>();
            Map<String, Double> shares = new TreeMap<>();
            Map<String, List<String>> examples = new TreeMap<>();
            long received = figures.counts().getOrDefault(Count.RECEIVED, 0L);
            figures.counts().forEach((count, n) -> {
                counts.put(count.word(), n);
                long of = received + (count == Count.REPEATED || count == Count.REJECTED ? n : 0);
                if (count != Count.RECEIVED && of > 0) {
                    shares.put(count.word(), Math.round(1000.0 * n / of) / 1000.0);
                }
            });
            figures.examples().forEach((count, ids) -> examples.put(count.word(), ids));
            return new QualityBody(figures.facility(), figures.day(), counts, shares, examples, figures.inTriage());
        }
    }

    /**
     * What a message says.
     *
     * @param text as it came, in its character set
     * @param segments the same by position; none where it is not HL7 v2
     */
    record ContentBody(String id, String text, List<Segment> segments) {
        @Override
        public String toString() {
            return "ContentBody[" + id + ", withheld]";
        }
    }

    /**
     * A corrected message.
     *
     * @param text the whole message, segments ended by CR or by LF
     */
    record CorrectionBody(@Nullable String text) {
        @Override
        public String toString() {
            return "CorrectionBody[withheld]";
        }
    }

    /**
     * Why nothing is to be done.
     *
     * @param reason in the operator's words, without identity
     */
    record DismissalBody(@Nullable String reason) {}

    @GetMapping
    Page<MessageBody> list(
            @RequestParam(defaultValue = "triage") String status,
            @RequestParam(required = false) @Nullable String facility,
            @RequestParam(required = false) @Nullable String trigger,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(defaultValue = "false") boolean repeated,
            Caller caller,
            @Nullable Locale language,
            Paging paging) {
        caller.require(Role.OPERATOR, Role.WARD);
        Status asked = Status.ofWord(status)
                .orElseThrow(() -> Problems.badRequest(
                        "status-unknown",
                        "status is one of "
                                + Arrays.stream(Status.values())
                                        .map(Status::word)
                                        .collect(Collectors.joining(", "))));
        if (Stream.of(trigger != null, reason != null, repeated)
                        .filter(given -> given)
                        .count()
                > 1) {
            throw Problems.badRequest(
                    "filters-combined", "Filter by trigger, by reason or by what was repeated, by one at a time");
        }
        Set<String> seen = facility == null ? null : Set.of(facility);
        if (!caller.has(Role.OPERATOR)) {
            Set<String> own = facilities.namesOf(caller);
            if (!OF_WARDS.contains(asked) || (facility != null && !own.contains(facility))) {
                return new Page<>(List.of(), null);
            }
            seen = facility == null ? own : seen;
        }
        return messages.list(new Search(asked, seen, trigger, reason, repeated), paging)
                .map(found -> MessageBody.of(found, language));
    }

    /**
     * How well each facility's messages come in.
     *
     * @param by {@code all} for all days together, {@code day} for each day, the latest first
     */
    @GetMapping("/quality")
    Page<QualityBody> quality(
            @RequestParam(defaultValue = "all") String by,
            @RequestParam(required = false) @Nullable String facility,
            Caller caller,
            Paging paging) {
        caller.require(Role.OPERATOR, Role.WARD);
        Set<String> seen = facility == null ? null : Set.of(facility);
        if (!caller.has(Role.OPERATOR)) {
            Set<String> own = facilities.namesOf(caller);
            if (facility != null && !own.contains(facility)) {
                return new Page<>(List.of(), null);
            }
            seen = facility == null ? own : seen;
        }
        return (switch (by) {
                    case "all" -> quality.inAll(seen, paging);
                    case "day" -> quality.byDay(seen, paging);
                    default -> throw Problems.badRequest("by-unknown", "by is all or day");
                })
                .map(QualityBody::of);
    }

    @GetMapping("/{id}")
    MessageBody message(@PathVariable String id, Caller caller, @Nullable Locale language) {
        caller.require(Role.OPERATOR, Role.WARD);
        return messages.find(id)
                .filter(found -> caller.has(Role.OPERATOR)
                        || (OF_WARDS.contains(found.status())
                                && facilities.namesOf(caller).contains(found.facility())))
                .map(found -> MessageBody.of(found, language))
                .orElseThrow(HospitalMessagesController::unknown);
    }

    @GetMapping("/{id}/content")
    ContentBody content(@PathVariable String id, Caller caller) {
        caller.require(Role.OPERATOR);
        Content content = triage.content(id)
                .orElseThrow(() -> Problems.notFound(
                        "message-content-not-found", "There is no such message, or what it said was deleted"));
        audit.write(Audit.Access.inTriage(caller.actor(), content.patient(), id));
        return new ContentBody(
                id,
                new String(content.body(), Charset.forName(content.charset())),
                door.segments(content.body(), content.charset()));
    }

    /** Puts a message of triage back to work, for example when what it speaks of has become known. */
    @PostMapping("/{id}/retries")
    MessageBody retry(@PathVariable String id, Request request, @Nullable Locale language) {
        request.caller().require(Role.OPERATOR);
        return answer(triage.retry(id, request.command()), language);
    }

    /** Puts a corrected text in the place of a message of triage, which ends as corrected and names the new one. */
    @PostMapping("/{id}/corrections")
    MessageBody correct(
            @PathVariable String id, @RequestBody CorrectionBody body, Request request, @Nullable Locale language) {
        request.caller().require(Role.OPERATOR);
        String text = body.text();
        if (text == null || text.isBlank()) {
            throw Problems.badRequest("text-missing", "Send the whole corrected message as text");
        }
        Arrival corrected = door.written(text)
                .orElseThrow(() -> Problems.badRequest(
                        "text-no-message", "The text must be exactly one HL7 v2 message and begin with its MSH"));
        return answer(triage.correct(id, corrected, request.command(body)), language);
    }

    /** Ends a message of triage, or a rejected one, without doing anything about it. */
    @PostMapping("/{id}/dismissals")
    MessageBody dismiss(
            @PathVariable String id, @RequestBody DismissalBody body, Request request, @Nullable Locale language) {
        request.caller().require(Role.OPERATOR);
        String reason = body.reason();
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw Problems.badRequest(
                    "reason-missing", "Say why nothing is to be done, in 1 to " + LONGEST_REASON + " characters");
        }
        return answer(triage.dismiss(id, reason.strip(), request.command(body)), language);
    }

    private static MessageBody answer(Decided decided, @Nullable Locale language) {
        return switch (decided) {
            case Decided.Done(Listed now) -> MessageBody.of(now, language);
            case Decided.Refused(var why) -> throw Problems.refused(why);
        };
    }

    private static ProblemException unknown() {
        return Problems.notFound("message-not-found", "There is no such message for you");
    }
}
