package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Identity;
import fr.relais.console.api.Line;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Pathway;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.ServiceAway;
import fr.relais.console.api.Template;
import fr.relais.console.web.Inbox.Fact;
import fr.relais.console.web.Texts.Reader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Draws a pathway: what it is, what happened on it, who it is about, and the names of those who take part. */
@Component
class PathwayPage {

    /** The last of what happened; a pathway of six months has some two hundred lines, and the others are a page further. */
    private static final int LINES = 100;

    private static final int LENGTH = 1000;

    private final Pathways pathways;
    private final Names names;
    private final Texts texts;
    private final Once once;

    PathwayPage(Pathways pathways, Names names, Texts texts, Once once) {
        this.pathways = pathways;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    /**
     * The page.
     *
     * @param after cursor of the events after which, newest first, others are shown
     * @param opened the note that is read
     * @param since up to which event the visitor had seen it when they opened the page; null where they open it now
     */
    PathwayModel of(
            Visitor visitor,
            String id,
            @Nullable String after,
            @Nullable String opened,
            @Nullable Long since,
            @Nullable AtLeast atLeast) {
        Pathway pathway = pathways.pathway(visitor, id, atLeast);
        Page<Line> lines = pathways.timelineBackwards(visitor, id, after, LINES);
        Drawing drawing = new Drawing(
                visitor,
                pathway,
                lines,
                after == null ? seenBefore(visitor, id, lines, since) : Long.MAX_VALUE,
                steps(pathways.templates(visitor), pathway.template(), visitor.language()),
                names.of(visitor, parties(pathway, lines)),
                texts.in(visitor.language()));
        String patient = pathway.patient();
        return drawing.draw(
                patient == null ? null : pathways.identity(visitor, patient).orElse(null),
                opened,
                opened == null ? null : pathways.note(visitor, id, opened).orElse(null),
                once.fresh());
    }

    /** Everything is new to whoever never looked, and nothing is worth a mark then. */
    private long seenBefore(Visitor visitor, String id, Page<Line> lines, @Nullable Long since) {
        if (lines.items().isEmpty()) {
            return Long.MAX_VALUE;
        }
        long last = lines.items().getFirst().sequence();
        try {
            long before = pathways.look(visitor, id, last);
            long then = since == null ? before : since;
            return then < 0 ? Long.MAX_VALUE : then;
        } catch (Refusal | ServiceAway e) {
            // A page without marks is better than none.
            return Long.MAX_VALUE;
        }
    }

    private record Titles(String template, Map<String, String> steps) {}

    private static Titles steps(List<Template> templates, String id, Locale language) {
        String word = language.getLanguage();
        return templates.stream()
                .filter(template -> template.id().equals(id))
                .findFirst()
                .map(template -> {
                    Map<String, String> steps = new LinkedHashMap<>();
                    template.steps()
                            .forEach(step -> steps.put(step.key(), step.title().getOrDefault(word, step.key())));
                    return new Titles(template.title().getOrDefault(word, id), steps);
                })
                .orElseGet(() -> new Titles(id, Map.of()));
    }

    private static Set<String> parties(Pathway pathway, Page<Line> lines) {
        Set<String> keys = new LinkedHashSet<>();
        keys.add(pathway.owner());
        keys.add(pathway.coordinator());
        keys.add(Names.commune(pathway.commune()));
        pathway.steps().forEach(step -> {
            keys.add(step.responsible());
            if (step.doneBy() != null) {
                keys.add(step.doneBy());
            }
            step.handoffs().forEach(offer -> keys.add(offer.by() == null ? offer.to() : offer.by()));
        });
        lines.items().forEach(line -> {
            keys.add(actor(line));
            keys.add(subject(line));
            line.told().forEach(told -> keys.add(told.recipient()));
        });
        keys.removeIf(
                key -> !key.startsWith("person:") && !key.startsWith("structure:") && !key.startsWith("commune:"));
        return keys;
    }

    /** Key of the person who did it; empty where the system did. */
    private static String actor(Line line) {
        String id = line.actor().id();
        return id.startsWith("system:") || id.startsWith("feed:") ? "" : "person:" + id;
    }

    /** Key of whom it is about: who was asked, who accepted, who is told. */
    private static String subject(Line line) {
        JsonNode data = line.data();
        if (data == null) {
            return "";
        }
        for (String field : List.of("to", "by", "responsible", "author")) {
            JsonNode found = data.path(field);
            JsonNode party = found.has("party") ? found.path("party") : found;
            if (party.has("kind")) {
                return party.path("kind").asString("").toLowerCase(Locale.ROOT) + ":"
                        + party.path("id").asString("");
            }
        }
        return "";
    }

    /** One drawing: everything that was asked, and what it looks like. */
    private static final class Drawing {

        private final Visitor visitor;
        private final Pathway pathway;
        private final Page<Line> lines;
        private final long seen;
        private final Titles titles;
        private final Map<String, String> called;
        private final Reader reader;
        private final Instant from;
        private final Instant to;

        private Drawing(
                Visitor visitor,
                Pathway pathway,
                Page<Line> lines,
                long seen,
                Titles titles,
                Map<String, String> called,
                Reader reader) {
            this.visitor = visitor;
            this.pathway = pathway;
            this.lines = lines;
            this.seen = seen;
            this.titles = titles;
            this.called = called;
            this.reader = reader;
            this.from = pathway.dischargedAt() == null ? pathway.openedAt() : pathway.dischargedAt();
            this.to = end();
        }

        PathwayModel draw(
                @Nullable Identity identity, @Nullable String opened, @Nullable String text, String onceOnly) {
            List<PathwayModel.Step> steps =
                    pathway.steps().stream().map(this::step).toList();
            boolean open = !pathway.status().equals("closed");
            return new PathwayModel(
                    pathway.id(),
                    titles.template(),
                    now(),
                    pathway.status(),
                    reader.code("pathway", pathway.status()),
                    Patients.shown(identity, reader),
                    facts(),
                    Ready.of(pathway.preparation(), reader),
                    steps,
                    new PathwayModel.Span(
                            Objects.requireNonNull(reader.when(from)),
                            Objects.requireNonNull(reader.when(to)),
                            position(reader.now())),
                    events(),
                    lines.next(),
                    circle(),
                    notes(opened, text),
                    open && visitor.is(Visitor.Role.PROFESSIONAL, Visitor.Role.WARD),
                    callBack(),
                    (int) lines.items().stream().filter(this::isFresh).count(),
                    seen,
                    onceOnly,
                    Objects.requireNonNull(reader.when(reader.now())));
        }

        private Instant end() {
            Instant last = pathway.steps().stream()
                    .flatMap(step -> Stream.of(step.dueAt(), step.doneAt()))
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(from.plus(Duration.ofDays(7)));
            Instant end = last.isBefore(reader.now()) && !pathway.status().equals("closed") ? reader.now() : last;
            Duration length = Duration.between(from, end);
            // A little room to the right, so that the last mark is seen whole.
            return end.plus(length.isNegative() || length.isZero() ? Duration.ofDays(1) : length.dividedBy(20));
        }

        private int position(Instant instant) {
            double share = (double) Duration.between(from, instant).toMillis()
                    / Math.max(1, Duration.between(from, to).toMillis());
            return (int) Math.round(Math.clamp(share, 0, 1) * LENGTH);
        }

        private String name(@Nullable String key) {
            return key == null
                    ? ""
                    : key.equals(visitor.key()) ? reader.text("pathway.me") : called.getOrDefault(key, key);
        }

        private String title(String step) {
            return titles.steps().getOrDefault(step, step);
        }

        /** The next thing that is not done, and who has it. */
        private String now() {
            switch (pathway.status()) {
                case "closed" -> {
                    return reader.text("pathway.now.closed", reader.code("close", pathway.closeReason()));
                }
                case "waiting-for-discharge" -> {
                    return reader.text("pathway.now.waiting");
                }
                case "paused" -> {
                    return reader.text("pathway.now.paused");
                }
                default -> {
                    // Running: said below.
                }
            }
            return pathway.steps().stream()
                    .filter(step -> !step.status().equals("done"))
                    .min(Comparator.comparing(Pathway.Step::dueAt, Comparator.nullsLast(Comparator.naturalOrder())))
                    .map(this::nowOf)
                    .orElseGet(() -> reader.text("pathway.now.nothing"));
        }

        private String nowOf(Pathway.Step step) {
            String title = title(step.key());
            String due = step.dueAt() == null
                    ? ""
                    : reader.text(
                            step.overdue() ? "pathway.now.late" : "pathway.now.due",
                            Objects.requireNonNull(reader.when(step.dueAt())).words());
            String sentence = switch (step.status()) {
                case "accepted", "probably-done" ->
                    reader.text("pathway.now." + step.status(), name(step.responsible()), title);
                case "offered" ->
                    reader.text(
                            "pathway.now.offered",
                            name(step.responsible()),
                            title,
                            step.handoffs().stream()
                                    .filter(offer -> offer.status().equals("offered"))
                                    .count());
                case "unassigned" -> reader.text("pathway.now.unassigned", name(step.responsible()), title);
                default -> reader.text("pathway.now.open", name(step.responsible()), title);
            };
            return due.isEmpty() ? sentence + "." : sentence + ", " + due + ".";
        }

        private List<Fact> facts() {
            List<Fact> facts = new ArrayList<>();
            if (pathway.code() != null) {
                facts.add(new Fact(reader.text("calls"), pathway.code()));
            }
            facts.add(new Fact(reader.text("pathway.owner"), name(pathway.owner())));
            facts.add(new Fact(reader.text("pathway.coordinator"), name(pathway.coordinator())));
            facts.add(new Fact(reader.text("inbox.where"), reader.place(pathway.commune(), called)));
            if (pathway.dischargedAt() != null) {
                facts.add(new Fact(
                        reader.text("pathway.discharged"),
                        Objects.requireNonNull(reader.when(pathway.dischargedAt()))
                                .words()));
            } else if (pathway.expectedAt() != null) {
                facts.add(new Fact(
                        reader.text("pathway.expected"),
                        Objects.requireNonNull(reader.when(pathway.expectedAt()))
                                .words()));
            }
            return facts;
        }

        private PathwayModel.Step step(Pathway.Step step) {
            boolean done = step.status().equals("done");
            String state = done ? "done" : step.overdue() ? "late" : step.dueSoon() ? "soon" : step.status();
            String mine = step.handoffs().stream()
                    .filter(offer ->
                            offer.status().equals("accepted") && visitor.key().equals(offer.by()))
                    .map(Pathway.Offer::id)
                    .findFirst()
                    .orElse(null);
            boolean open = !done && pathway.status().equals("running");
            return new PathwayModel.Step(
                    step.key(),
                    title(step.key()),
                    state,
                    reader.code("step", step.overdue() ? "late" : step.status()),
                    done ? name(step.doneBy()) : name(step.responsible()),
                    reader.when(done ? step.doneAt() : step.dueAt()),
                    reader.text(done ? "pathway.done-at" : "inbox.due"),
                    step.dueAt() == null ? -1 : position(step.dueAt()),
                    step.doneAt() == null ? -1 : position(step.doneAt()),
                    mine,
                    says(step),
                    !done && step.reported() != null,
                    mine == null ? null : weekly(step),
                    open && mine == null);
        }

        private List<String> says(Pathway.Step step) {
            List<String> says = new ArrayList<>();
            if (step.status().equals("done")) {
                return says;
            }
            Pathway.Report report = step.reported();
            if (report != null) {
                says.add(reader.text(
                        "pathway.reported",
                        name(report.by()),
                        Objects.requireNonNull(reader.when(report.doneAt())).words()));
            }
            Pathway.Call call = step.call();
            if (call != null) {
                String at = Objects.requireNonNull(reader.when(call.at())).words();
                says.add(
                        call.callBackAt() == null
                                ? reader.text("pathway.called." + call.outcome(), name(call.by()), at)
                                : reader.text(
                                        "pathway.called.again",
                                        name(call.by()),
                                        at,
                                        Objects.requireNonNull(reader.when(call.callBackAt()))
                                                .words()));
            }
            return says;
        }

        private PathwayModel.@Nullable Weekly weekly(Pathway.Step step) {
            Pathway.Weeks weeks = step.weeks();
            if (weeks == null) {
                return null;
            }
            LocalDate today = reader.today();
            return new PathwayModel.Weekly(
                    reader.text(
                            "pathway.weeks",
                            weeks.confirmed().size(),
                            weeks.answersBy().size()),
                    IntStream.rangeClosed(0, 6)
                            .mapToObj(back -> today.minusDays(back))
                            .map(day -> new Said.Until(day.toString(), reader.day(day)))
                            .toList());
        }

        private List<Said.Until> callBack() {
            Instant tomorrow =
                    reader.today().plusDays(1).atTime(9, 0).atZone(Texts.PARIS).toInstant();
            return Stream.of(
                            reader.now().plus(Duration.ofHours(1)), reader.now().plus(Duration.ofHours(3)), tomorrow)
                    .map(at -> at.truncatedTo(ChronoUnit.MINUTES))
                    .map(at -> new Said.Until(
                            at.toString(),
                            Objects.requireNonNull(reader.when(at)).words()))
                    .toList();
        }

        private boolean isFresh(Line line) {
            return line.sequence() > seen && !actor(line).equals(visitor.key());
        }

        private List<PathwayModel.Event> events() {
            return lines.items().stream().map(this::event).toList();
        }

        private PathwayModel.Event event(Line line) {
            JsonNode data = line.data();
            String step = data == null ? "" : data.path("step").asString("");
            Instant happened = line.effectiveAt();
            boolean other = happened != null
                    && Duration.between(happened, line.time()).abs().toMinutes() >= 5;
            String actor = actor(line);
            return new PathwayModel.Event(
                    isFresh(line),
                    reader.event(line.what(), step.isEmpty() ? "" : title(step), name(subject(line))),
                    actor.isEmpty() ? reader.text("pathway.system") : name(actor),
                    Objects.requireNonNull(reader.when(line.time())),
                    other ? reader.when(happened) : null,
                    line.told().stream().map(this::told).toList());
        }

        private String told(Line.Told told) {
            String who = name(told.recipient());
            if (told.readAt() != null) {
                return reader.text(
                        "pathway.read",
                        who,
                        Objects.requireNonNull(reader.when(told.readAt())).words());
            }
            if (told.trouble() != null) {
                return reader.text("pathway.not-told", who);
            }
            return reader.text(
                    "pathway.told",
                    who,
                    Objects.requireNonNull(
                                    reader.when(told.deliveredAt() == null ? told.queuedAt() : told.deliveredAt()))
                            .words());
        }

        private List<PathwayModel.Member> circle() {
            Map<String, Set<String>> roles = new LinkedHashMap<>();
            roles.computeIfAbsent(pathway.owner(), key -> new TreeSet<>()).add(reader.text("pathway.owner"));
            roles.computeIfAbsent(pathway.coordinator(), key -> new TreeSet<>())
                    .add(reader.text("pathway.coordinator"));
            for (Pathway.Step step : pathway.steps()) {
                String holder = step.doneBy() != null
                        ? step.doneBy()
                        : step.status().equals("accepted") ? step.responsible() : null;
                if (holder != null) {
                    roles.computeIfAbsent(holder, key -> new TreeSet<>()).add(title(step.key()));
                }
            }
            return roles.entrySet().stream()
                    .map(member -> new PathwayModel.Member(name(member.getKey()), String.join(", ", member.getValue())))
                    .toList();
        }

        private List<PathwayModel.Note> notes(@Nullable String opened, @Nullable String text) {
            return lines.items().stream()
                    .filter(line -> line.what().equals("pathway.note-added") && line.data() != null)
                    .map(line -> {
                        JsonNode data = Objects.requireNonNull(line.data());
                        String entry = data.path("entry").asString("");
                        return new PathwayModel.Note(
                                entry,
                                name(subject(line)),
                                Objects.requireNonNull(reader.when(line.time())),
                                data.path("urgent").asBoolean(false),
                                entry.equals(opened) ? text : null);
                    })
                    .toList();
        }
    }
}
