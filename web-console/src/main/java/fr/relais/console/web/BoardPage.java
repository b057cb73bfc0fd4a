package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Dashboard;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Names;
import fr.relais.console.api.Page;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.Template;
import fr.relais.console.api.WorkItem;
import fr.relais.console.web.Inbox.Fact;
import fr.relais.console.web.Texts.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** Draws the board: one call for the counters, one for the list, one for titles. */
@Component
class BoardPage {

    private static final String PERSON = "person:";
    private static final String STRUCTURE = "structure:";

    private static final Pattern FINESS = Pattern.compile("[0-9][0-9AB][0-9]{7}");

    /** What only those narrow by who look at all: everybody else's board is within one collective, or one's own. */
    static final String COLLECTIVE = "collective";

    /** What a list may be narrowed by; the names are those of the address and of the API. */
    static final List<String> FILTERS = List.of(COLLECTIVE, "template", "commune", "structure", "person", "status");

    /** Filters that the directory has a name for, and of what kind that is. */
    private static final Map<String, String> KEYS =
            Map.of(COLLECTIVE, STRUCTURE, "commune", "commune:", "structure", STRUCTURE, "person", PERSON);

    /** What counters may be narrowed by. */
    static final Set<String> OF_COUNTERS = Set.of(COLLECTIVE, "template", "commune", "structure");

    /** What a number of each looks like; anything else is a name, or a part of one. */
    private static final Map<String, Pattern> NUMBERS =
            Map.of(COLLECTIVE, FINESS, "structure", FINESS, "person", Pattern.compile("[0-9/]{8,}"));

    private static final int SHOWN = 50;
    private static final int NAMESAKES = 10;

    private final Boards boards;
    private final Pathways pathways;
    private final Directory directory;
    private final Names names;
    private final Texts texts;
    private final Once once;

    BoardPage(Boards boards, Pathways pathways, Directory directory, Names names, Texts texts, Once once) {
        this.boards = boards;
        this.pathways = pathways;
        this.directory = directory;
        this.names = names;
        this.texts = texts;
        this.once = once;
    }

    Board of(
            Visitor visitor,
            String kind,
            Map<String, String> filters,
            @Nullable String after,
            @Nullable AtLeast atLeast) {
        Reader reader = texts.in(visitor.language());
        Map<String, String> ofCounters = new LinkedHashMap<>(filters);
        ofCounters.keySet().retainAll(OF_COUNTERS);
        boolean narrowed = ofCounters.size() == filters.size();
        Dashboard dashboard;
        try {
            dashboard = boards.dashboard(visitor, narrowed ? ofCounters : Map.of());
        } catch (Refusal refusal) {
            if (refusal.status() != 400 || filters.isEmpty()) {
                throw refusal;
            }
            // Counters take fewer filters together than lists do.
            narrowed = false;
            dashboard = boards.dashboard(visitor, Map.of());
        }
        Page<WorkItem> work = visitor.is(Visitor.Role.COORDINATOR, Visitor.Role.WARD)
                ? boards.work(visitor, kind, filters, after, SHOWN, atLeast)
                : null;
        List<Template> templates = pathways.templates(visitor);
        List<WorkItem> items = work == null ? List.of() : work.items();
        Map<String, String> called = names.of(
                visitor,
                Stream.concat(
                                items.stream()
                                        .flatMap(item -> Stream.of(
                                                item.responsible(),
                                                item.calledBy(),
                                                item.reportedBy(),
                                                item.structure() == null ? null : STRUCTURE + item.structure(),
                                                Names.commune(item.commune()))),
                                filters.entrySet().stream()
                                        .filter(filter -> KEYS.containsKey(filter.getKey()))
                                        .map(filter -> key(filter.getKey(), filter.getValue())))
                        .filter(Objects::nonNull)
                        .toList());
        Rows rows = new Rows(templates, called, reader);
        return new Board(
                counters(dashboard, kind, filters, reader),
                kind,
                reader.code("board", kind),
                work == null ? null : work.items().stream().map(rows::row).toList(),
                work == null || work.next() == null ? null : address(kind, filters, work.next()),
                filters,
                chips(kind, filters, called, rows, reader),
                new Board.Seen(
                        seen(items.stream().map(WorkItem::commune), "commune:", called),
                        seen(items.stream().map(WorkItem::structure), STRUCTURE, called),
                        seen(
                                items.stream()
                                        .map(WorkItem::responsible)
                                        .filter(party -> party.startsWith(PERSON))
                                        .map(party -> party.substring(PERSON.length())),
                                PERSON,
                                called)),
                newest(templates).stream()
                        .map(template -> new Board.Choice(template.key(), rows.title(template.key())))
                        .toList(),
                narrowed,
                narrowed ? Map.copyOf(ofCounters) : Map.of(),
                address(kind, filters, null),
                address("/board.csv", kind, filters, null),
                once.fresh(),
                Objects.requireNonNull(reader.when(dashboard.at())));
    }

    /** As the directory names it. */
    private static String key(String filter, String value) {
        return KEYS.getOrDefault(filter, "") + value;
    }

    /** A filter that says a name where the list wants a number; empty where there is none. */
    Optional<String> named(Map<String, String> filters) {
        return NUMBERS.entrySet().stream()
                .filter(number -> filters.containsKey(number.getKey())
                        && !number.getValue()
                                .matcher(filters.getOrDefault(number.getKey(), ""))
                                .matches())
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst();
    }

    /** Those of the directory who bear that name, each with the address of the list narrowed by them. */
    List<Board.Choice> bearers(Visitor visitor, String kind, Map<String, String> filters, String filter) {
        return directory
                .list(
                        visitor,
                        filter.equals("person") ? "professionals" : "structures",
                        Map.of("q", filters.getOrDefault(filter, "")),
                        null,
                        NAMESAKES)
                .items()
                .stream()
                .map(entry -> {
                    Map<String, String> narrowed = new LinkedHashMap<>(filters);
                    narrowed.put(filter, entry.id());
                    return new Board.Choice(address(kind, narrowed, null), entry.name());
                })
                .toList();
    }

    /** That other numbers, too, are those of one collective, and the address of the same without. */
    static Board.@Nullable Chip collective(
            Visitor visitor, @Nullable String collective, String without, Names names, Reader reader) {
        if (collective == null) {
            return null;
        }
        String key = key(COLLECTIVE, collective);
        return new Board.Chip(
                reader.text("board.chip." + COLLECTIVE),
                names.of(visitor, List.of(key)).getOrDefault(key, collective),
                without);
    }

    private static List<Board.Chip> chips(
            String kind, Map<String, String> filters, Map<String, String> called, Rows rows, Reader reader) {
        return filters.entrySet().stream()
                .map(filter -> {
                    Map<String, String> without = new LinkedHashMap<>(filters);
                    without.remove(filter.getKey());
                    String value = filter.getValue();
                    return new Board.Chip(
                            reader.text("board.chip." + filter.getKey()),
                            switch (filter.getKey()) {
                                case "template" -> rows.title(value);
                                case "status" -> reader.code("work", value);
                                case "commune" -> reader.place(value, called);
                                default -> called.getOrDefault(key(filter.getKey(), value), value);
                            },
                            address(kind, without, null));
                })
                .toList();
    }

    private static List<Board.Choice> seen(Stream<@Nullable String> numbers, String kind, Map<String, String> called) {
        return numbers.filter(Objects::nonNull)
                .distinct()
                .map(number -> new Board.Choice(number, called.getOrDefault(kind + number, number)))
                .sorted(Comparator.comparing(Board.Choice::title))
                .toList();
    }

    private static List<Template> newest(List<Template> templates) {
        Map<String, Template> newest = new LinkedHashMap<>();
        templates.stream()
                .sorted(Comparator.comparingInt(Template::version))
                .forEach(template -> newest.put(template.key(), template));
        return List.copyOf(newest.values());
    }

    static String address(String kind, Map<String, String> filters, @Nullable String after) {
        return address("/board", kind, filters, after);
    }

    private static String address(String path, String kind, Map<String, String> filters, @Nullable String after) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path).queryParam("kind", kind);
        Map<String, Object> values = new LinkedHashMap<>(filters);
        filters.keySet().forEach(name -> address.queryParam(name, "{" + name + "}"));
        if (after != null) {
            address.queryParam("after", "{after}");
            values.put("after", after);
        }
        return address.encode().buildAndExpand(values).toUriString();
    }

    static List<Board.Counter> counters(Dashboard dashboard, String kind, Map<String, String> filters, Reader reader) {
        Dashboard.Counters now = dashboard.counters();
        List<Board.Counter> counters = new ArrayList<>();
        count(counters, "unassigned", now.unassigned(), "late", kind, filters, reader, "");
        count(counters, "late", now.late(), "late", kind, filters, reader, "");
        count(counters, "escalated", now.escalated(), "late", kind, filters, reader, "");
        count(counters, "attention", now.attention(), "soon", kind, filters, reader, "");
        count(counters, "due-soon", now.dueSoon(), "soon", kind, filters, reader, now.moreDueSoon() ? "+" : "");
        count(counters, "probably-done", now.probablyDone(), "", kind, filters, reader, "");
        count(counters, "open", now.openSteps(), "", kind, filters, reader, "");
        count(counters, "pathways", now.openPathways(), "", kind, filters, reader, "");
        count(counters, "opened", dashboard.opened(), "", kind, filters, reader, "");
        count(counters, "closed", dashboard.closed(), "", kind, filters, reader, "");
        return counters;
    }

    private static void count(
            List<Board.Counter> counters,
            String one,
            @Nullable Long number,
            String tone,
            String kind,
            Map<String, String> filters,
            Reader reader,
            String more) {
        counters.add(new Board.Counter(
                one,
                reader.code("board", one),
                number == null ? "–" : reader.number(number) + more,
                number != null && number > 0 ? tone : "",
                address(one, filters, null),
                one.equals(kind)));
    }

    /** The rows of one drawing. */
    private static final class Rows {

        private final Map<String, Template> templates = new LinkedHashMap<>();
        private final Map<String, String> called;
        private final Reader reader;

        private Rows(List<Template> templates, Map<String, String> called, Reader reader) {
            newest(templates).forEach(template -> this.templates.put(template.key(), template));
            this.called = called;
            this.reader = reader;
        }

        String title(String template) {
            Template found = templates.get(template);
            return found == null
                    ? template
                    : found.title().getOrDefault(reader.language().getLanguage(), template);
        }

        private String step(WorkItem item) {
            Template found = templates.get(item.template());
            return found == null
                    ? String.valueOf(item.step())
                    : found.steps().stream()
                            .filter(step -> step.key().equals(item.step()))
                            .findFirst()
                            .map(step ->
                                    step.title().getOrDefault(reader.language().getLanguage(), step.key()))
                            .orElse(String.valueOf(item.step()));
        }

        Board.Row row(WorkItem item) {
            boolean aStep = item.step() != null;
            List<Fact> facts = new ArrayList<>();
            facts.add(new Fact(
                    reader.text("board.responsible"), called.getOrDefault(item.responsible(), item.responsible())));
            facts.add(new Fact(reader.text("inbox.where"), reader.place(item.commune(), called)));
            if (item.level() > 0) {
                facts.add(new Fact(reader.text("board.level"), Integer.toString(item.level())));
            }
            if (item.reportedBy() != null) {
                facts.add(new Fact(
                        reader.text("board.reported-by"), called.getOrDefault(item.reportedBy(), item.reportedBy())));
            }
            if (item.unansweredWeeks() > 0) {
                facts.add(new Fact(reader.text("board.silent-weeks"), Integer.toString(item.unansweredWeeks())));
            }
            boolean rests = item.restsUntil() != null && item.restsUntil().isAfter(reader.now());
            return new Board.Row(
                    item.pathway(),
                    item.step(),
                    item.step() == null ? null : ReofferPage.item(item.pathway(), item.step()),
                    item.code() == null ? "" : item.code(),
                    aStep ? step(item) : title(item.template()),
                    aStep ? title(item.template()) : "",
                    item.late() ? "late" : item.status(),
                    item.late() ? reader.text("late") : reader.code("work", item.status()),
                    facts,
                    item.unassigned() != null
                            ? reader.code(
                                    "unassigned",
                                    item.unassigned().replace('_', '-').toLowerCase(java.util.Locale.ROOT))
                            : item.why(),
                    reader.when(item.dueAt()),
                    item.late(),
                    Objects.requireNonNull(reader.when(item.since())),
                    rests
                            ? reader.text(
                                    "board.rests",
                                    item.calledBy() == null
                                            ? ""
                                            : called.getOrDefault(item.calledBy(), item.calledBy()),
                                    Objects.requireNonNull(reader.when(item.restsUntil()))
                                            .words())
                            : null,
                    aStep && !rests,
                    aStep && item.status().equals("unassigned"));
        }
    }
}
