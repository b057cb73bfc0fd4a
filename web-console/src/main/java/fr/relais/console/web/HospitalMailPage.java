package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.HospitalMessages;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.web.Texts.Reader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Draws the messages of hospitals: one call for a list; for a message one, and one more for what it says. */
@Component
class HospitalMailPage {

    /** As the API names them, what waits for a person first. */
    static final List<String> STATUSES =
            List.of("triage", "corrected", "dismissed", "rejected", "received", "processed", "ignored");

    /** What a ward is shown of its own hospital. */
    private static final List<String> OF_WARDS = List.of("triage", "corrected", "dismissed");

    private static final int SHOWN = 50;

    private final HospitalMessages messages;
    private final Names names;
    private final Texts texts;
    private final Once once;

    HospitalMailPage(HospitalMessages messages, Names names, Texts texts, Once once) {
        this.messages = messages;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    HospitalMail list(Visitor visitor, @Nullable String asked, @Nullable String facility, @Nullable String after) {
        Reader reader = texts.in(visitor.language());
        String status = asked != null && STATUSES.contains(asked) ? asked : STATUSES.getFirst();
        Page<HospitalMessages.Message> found = messages.list(visitor, status, facility, after, SHOWN);
        List<String> statuses = visitor.is(Visitor.Role.OPERATOR) ? STATUSES : OF_WARDS;
        return new HospitalMail(
                status,
                statuses.stream()
                        .map(one -> new HospitalMail.Tab(
                                one, reader.code("mail", one), address(one, facility, null), one.equals(status)))
                        .toList(),
                found.items().stream().map(message -> row(message, reader)).toList(),
                found.next() == null ? null : address(status, facility, found.next()),
                facility,
                Objects.requireNonNull(reader.when(reader.now())));
    }

    HospitalMail.Message one(Visitor visitor, String id, boolean read, @Nullable String corrected) {
        Reader reader = texts.in(visitor.language());
        HospitalMessages.Message message = messages.message(visitor, id);
        boolean operator = visitor.is(Visitor.Role.OPERATOR);
        HospitalMessages.Content content = read ? messages.content(visitor, id) : null;
        List<HospitalMessages.Decision> decisions = message.decisions() == null ? List.of() : message.decisions();
        Map<String, String> called = names.of(
                visitor,
                decisions.stream().map(decision -> "person:" + decision.by()).toList());
        HospitalMail.Row row = row(message, reader);
        return new HospitalMail.Message(
                row,
                decisions.stream()
                        .map(decision -> new HospitalMail.Decided(
                                reader.code("mail.decided", decision.what()),
                                called.getOrDefault("person:" + decision.by(), decision.by()),
                                Objects.requireNonNull(reader.when(decision.at())),
                                decision.why()))
                        .toList(),
                operator && message.contentKept(),
                operator && message.status().equals("triage"),
                message.corrects(),
                message.correctedBy(),
                content == null ? null : SegmentTexts.reading(content, row.why(), reader),
                content == null || corrected == null
                        ? null
                        : SegmentTexts.comparison(content.text(), corrected, reader),
                once.fresh());
    }

    private static String address(String status, @Nullable String facility, @Nullable String after) {
        UriComponentsBuilder address =
                UriComponentsBuilder.fromPath("/hospital-messages").queryParam("status", status);
        if (facility != null) {
            address.queryParam("facility", "{facility}");
        }
        if (after != null) {
            address.queryParam("after", "{after}");
        }
        return address.encode()
                .buildAndExpand(
                        Map.of("facility", facility == null ? "" : facility, "after", after == null ? "" : after))
                .toUriString();
    }

    static HospitalMail.Row row(HospitalMessages.Message message, Reader reader) {
        HospitalMessages.Reason reason = message.reason();
        return new HospitalMail.Row(
                message.id(),
                kind(message.trigger(), reader),
                message.facility(),
                message.control() == null || message.control().isBlank() ? null : message.control(),
                switch (message.status()) {
                    case "triage", "rejected" -> "late";
                    case "processed", "corrected" -> "good";
                    default -> "";
                },
                reader.code("mail.one", message.status()),
                reason == null ? message.outcome() : reason.words() == null ? reason.code() : reason.words(),
                Objects.requireNonNull(reader.when(message.receivedAt())),
                message.repeats());
    }

    /** "Sortie (ADT^A03)"; the trigger alone where this build has no word for it. */
    private static String kind(@Nullable String trigger, Reader reader) {
        if (trigger == null || trigger.isBlank()) {
            return reader.text("mail.kind.none");
        }
        String[] parts = trigger.split("\\^", -1);
        String word = reader.word("mail.kind." + parts[parts.length > 1 ? 1 : 0], "");
        return word.isEmpty() ? trigger : word + " (" + trigger.replace('^', ' ') + ")";
    }
}
