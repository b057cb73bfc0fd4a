package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Handoff;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Pathways;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Draws the inbox: two calls for the lists, and the names that this instance does not remember. */
@Component
class InboxPage {

    private static final int SHOWN = 50;
    private static final Duration URGENT = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofHours(4);
    private static final Duration TASK_SOON = Duration.ofHours(24);

    private final Pathways pathways;
    private final Names names;
    private final Texts texts;
    private final Once once;

    InboxPage(Pathways pathways, Names names, Texts texts, Once once) {
        this.pathways = pathways;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Inbox of(Visitor visitor, @Nullable String afterAsks, @Nullable String afterTasks, @Nullable AtLeast atLeast) {
        Page<Handoff> offered = pathways.handoffs(visitor, "offered", afterAsks, SHOWN, atLeast);
        Page<Handoff> accepted = pathways.handoffs(visitor, "accepted", afterTasks, SHOWN, atLeast);
        Map<String, String> called = names.of(
                visitor,
                Stream.concat(offered.items().stream(), accepted.items().stream())
                        .flatMap(handoff -> Stream.of(
                                handoff.to(),
                                handoff.from(),
                                handoff.by(),
                                Names.commune(handoff.terms().commune())))
                        .filter(Objects::nonNull)
                        .filter(key -> !key.startsWith(visitor.key()))
                        .toList());
        Texts.Reader reader = texts.in(visitor.language());
        return new Inbox(
                offered.items().stream()
                        // Whoever said no for themselves is no longer asked; their colleagues still are.
                        .filter(handoff -> !handoff.leftByMe())
                        .map(handoff -> ask(handoff, visitor, called, reader))
                        .toList(),
                accepted.items().stream()
                        .map(handoff -> task(handoff, visitor, called, reader))
                        .toList(),
                offered.next(),
                accepted.next(),
                visitor.is(Visitor.Role.PROFESSIONAL),
                once.fresh(),
                Objects.requireNonNull(reader.when(reader.now())));
    }

    private static Inbox.Ask ask(Handoff handoff, Visitor visitor, Map<String, String> called, Texts.Reader reader) {
        boolean mine = handoff.to().startsWith(visitor.key());
        Duration left = Duration.between(reader.now(), handoff.answerBy());
        String pressing = left.compareTo(URGENT) < 0
                ? "urgent"
                : left.compareTo(SOON) < 0 ? "soon" : handoff.seenByMe() ? "" : "new";
        return new Inbox.Ask(
                handoff.id(),
                reader.codes("act", handoff.terms().acts()),
                facts(handoff.terms(), called, reader),
                mine ? reader.text("inbox.to-me") : called.getOrDefault(handoff.to(), handoff.to()),
                !mine,
                Ready.of(handoff.terms().preparation(), reader),
                Objects.requireNonNull(reader.when(handoff.answerBy())),
                Objects.requireNonNull(reader.when(handoff.offeredAt())),
                pressing);
    }

    private static Inbox.Task task(Handoff handoff, Visitor visitor, Map<String, String> called, Texts.Reader reader) {
        boolean mine = visitor.key().equals(handoff.by());
        Handoff.Appointment appointment = handoff.appointment();
        return new Inbox.Task(
                handoff.id(),
                reader.codes("act", handoff.terms().acts()),
                facts(handoff.terms(), called, reader),
                handoff.pathway(),
                handoff.from() == null ? null : called.get(handoff.from()),
                mine || handoff.by() == null ? null : called.get(handoff.by()),
                mine,
                Ready.of(handoff.terms().preparation(), reader),
                reader.when(handoff.dueAt()),
                appointment == null || !appointment.status().equals("booked")
                        ? null
                        : reader.when(appointment.startsAt()),
                handoff.late(),
                !handoff.late()
                        && handoff.dueAt() != null
                        && Duration.between(reader.now(), handoff.dueAt()).compareTo(TASK_SOON) < 0,
                handoff.probablyDone());
    }

    private static List<Inbox.Fact> facts(Handoff.Terms terms, Map<String, String> called, Texts.Reader reader) {
        List<Inbox.Fact> facts = new ArrayList<>();
        String rhythm = terms.timesPerDay() > 1
                ? reader.text("inbox.times-per-day", terms.timesPerDay())
                : terms.days() != null && terms.days() > 1 ? reader.text("inbox.once-a-day") : "";
        if (terms.days() != null && terms.days() > 1) {
            rhythm = (rhythm.isEmpty() ? "" : rhythm + ", ") + reader.text("inbox.days", terms.days());
        }
        if (terms.weekends()) {
            rhythm = (rhythm.isEmpty() ? "" : rhythm + ", ") + reader.text("inbox.weekends");
        }
        add(facts, reader, "inbox.rhythm", rhythm);
        add(facts, reader, "inbox.where", reader.place(terms.commune(), called));
        add(
                facts,
                reader,
                "inbox.how",
                reader.codes("mode", terms.modes().isEmpty() ? List.of(terms.mode()) : terms.modes()));
        if (terms.start() != null) {
            add(facts, reader, "inbox.start", reader.day(LocalDate.parse(terms.start())));
        }
        add(facts, reader, "inbox.material", String.join(", ", terms.material()));
        return facts;
    }

    private static void add(List<Inbox.Fact> facts, Texts.Reader reader, String name, String text) {
        if (!text.isBlank()) {
            facts.add(new Inbox.Fact(reader.text(name), text));
        }
    }
}
