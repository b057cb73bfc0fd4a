package fr.relais.pathway;

import static fr.relais.pathway.view.ManyPathways.NOW;
import static fr.relais.pathway.view.ManyPathways.TERRITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoDatabase;
import fr.relais.events.Addressee;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.view.BulkRows;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Rows;
import fr.relais.localstack.MongoChoice;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.view.Boards;
import fr.relais.pathway.view.EndedStayRow;
import fr.relais.pathway.view.EndedStaysProjector;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.ManyPathways;
import fr.relais.pathway.view.PathwayProjector;
import fr.relais.pathway.view.PathwayView;
import fr.relais.pathway.view.PathwayViews;
import fr.relais.pathway.view.TellingProjector;
import fr.relais.pathway.view.TellingView;
import fr.relais.pathway.view.Tellings;
import fr.relais.pathway.view.WorkParty;
import fr.relais.pathway.view.WorkQuery;
import fr.relais.pathway.view.WorkRow;
import fr.relais.pathway.view.WorkRow.Filter;
import fr.relais.pathway.view.WorkRow.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Among very many rows every list and counter is read from an index and examines little more than it returns: with each of
 * its filters, and with {@code -Drelais.rows=100000}, as many as a large territory has, with each two of them and for each
 * kind of list.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathwayQueriesIT extends RunningPathwayService {

    private static final int ROWS = Integer.getInteger("relais.rows", 10_000);

    /** Explaining takes a second a query: among as many rows as a large territory has, every combination is looked at. */
    private static final boolean EVERY_COMBINATION = ROWS >= 100_000;

    private static final Set<String> OUR_WORDS =
            Set.of("lsid", "$db", "$clusterTime", "$readPreference", "txnNumber", "cursor");

    /** Several ranges of an index are read side by side, and each is looked at once more than it gives. */
    private static final int RANGES = 40;

    /** What one person or team has is looked through where it is narrowed by what they nearly all share. */
    private static final int OF_A_TEAM = 400;

    private static final String WATCH = WorkParty.watch("structure:" + TERRITORY);
    private static final Set<String> COORDINATOR = Set.of(WATCH, WorkParty.own("structure:" + TERRITORY));
    private static final Set<String> WARD = Set.of(
            WorkParty.own("person:1"),
            WorkParty.hold("person:1"),
            WorkParty.own("structure:" + ManyPathways.hospital(1)));
    private static final Set<String> NURSE = Set.of(
            WorkParty.own(ManyPathways.person(7, 1)),
            WorkParty.hold(ManyPathways.person(7, 1)),
            WorkParty.own("structure:" + ManyPathways.cabinet(7)),
            WorkParty.hold(Addressee.memberKey(ManyPathways.cabinet(7), "60")));

    private static final Map<Filter, String> VALUES = new EnumMap<>(Map.of(
            Filter.TEMPLATE,
            "heart-failure",
            Filter.COMMUNE,
            ManyPathways.commune(3),
            Filter.ROLE,
            "nurse",
            Filter.STATUS,
            "offered",
            Filter.PERSON,
            ManyPathways.person(7, 1),
            Filter.STRUCTURE,
            ManyPathways.hospital(1)));

    @Autowired
    PathwayViews views;

    @Autowired
    Boards boards;

    @Autowired
    Tellings tellings;

    @Autowired
    Audit audit;

    @Autowired
    MongoDatabaseFactory databases;

    private final Map<String, Document> costly = new TreeMap<>();
    private final List<Document> slowest = new ArrayList<>();
    private MongoDatabase database;
    private int seen;
    private long answered;

    @BeforeAll
    void fill() {
        assumeTrue(
                MongoChoice.MONGOD.isHere() || MongoChoice.ADDRESS.isHere(),
                "SKIPPED: no mongod here, and only that shows what a query examines");
        database = databases.getMongoDatabase();
        int pathways = ROWS / ManyPathways.ROWS_OF_ONE;
        long started = System.nanoTime();
        int rows = BulkRows.write(database, PathwayProjector.WORK, pathways, ManyPathways::pathway);
        System.out.printf(
                "%d rows of lists in %d ms%n",
                rows, Duration.ofNanos(System.nanoTime() - started).toMillis());
        BulkRows.write(database, PathwayProjector.HANDOFFS, pathways, ManyPathways::pathway);
        BulkRows.write(database, PathwayProjector.DEADLINES, pathways / 5, ManyPathways::pathway);
        BulkRows.count(database, PathwayProjector.BOARDS, pathways, ManyPathways::pathway);
        BulkRows.write(
                database,
                with(EndedStaysProjector.ROWS, EndedStayRow.class, EndedStayRow::id),
                ROWS / 5,
                PathwayQueriesIT::endedStay);
        BulkRows.write(
                database, documents(new PathwayProjector(), PathwayView::id), pathways / 5, ManyPathways::pathway);
        BulkRows.write(
                database, documents(new TellingProjector(), TellingView::id), ROWS / 5, PathwayQueriesIT::telling);
        readings(ROWS / 5);
    }

    /** The same collection, of rows that are written as they are. */
    private static <R> Rows<R, R> with(Rows<?, R> rows, Class<R> type, Function<R, String> id) {
        return new Rows<>(rows.name(), rows.version(), type, id, List::of, rows.indexes());
    }

    private static <S> Rows<S, S> documents(Projector<S> projector, Function<S, String> id) {
        return new Rows<>(
                projector.name(), projector.version(), projector.document(), id, List::of, projector.indexes());
    }

    private static TellingView telling(int n) {
        return new TellingView(
                "delivery-many-" + n,
                "pathway-many-" + n / 20,
                null,
                null,
                "pathway-many-" + n / 20 + ":" + n % 20 / 4,
                "person:" + n % 300,
                "inbox",
                "offer",
                NOW.plusSeconds(n),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private void readings(int many) {
        List<Document> some = new ArrayList<>();
        for (int n = 0; n < many; n++) {
            String patient = "patient-many-" + n / 40;
            some.add(new Document("_id", patient + ":" + "%012d".formatted(n % 40 + 1))
                    .append("chain", patient)
                    .append("at", Date.from(NOW))
                    .append("person", "99700900014")
                    .append("patient", patient)
                    .append("pathway", "pathway-many-" + n / 20)
                    .append("what", "IDENTITY")
                    .append("subject", patient)
                    .append("ground", "TEAM"));
            if (some.size() == 2_000 || n == many - 1) {
                database.getCollection("audit").insertMany(some);
                some.clear();
            }
        }
    }

    private static EndedStayRow endedStay(int n) {
        return new EndedStayRow(
                "ended-many-" + n,
                "patient-many-" + n,
                "stay-many-" + n,
                "HOPITAL-" + n % 7,
                "unit-" + n % 50,
                NOW.minusSeconds(n),
                null,
                n % 3 == 0);
    }

    @Test
    void every_list_with_each_filter_and_each_two_is_read_from_the_index_and_examines_little_more_than_it_returns() {
        for (Kind kind : Kind.values()) {
            list(COORDINATOR, kind, Map.of(), RANGES);
            if (EVERY_COMBINATION || kind == Kind.OPEN) {
                list(WARD, kind, Map.of(), RANGES);
                list(NURSE, kind, Map.of(), RANGES);
            }
            for (Filter one : kind.filters()) {
                if (EVERY_COMBINATION || kind == Kind.OPEN || kind == Kind.PATHWAYS) {
                    list(COORDINATOR, kind, narrowed(kind, one, one), RANGES);
                }
            }
        }
        for (Filter one : Filter.values()) {
            for (Filter other : Filter.values()) {
                if (EVERY_COMBINATION && one.compareTo(other) < 0) {
                    list(COORDINATOR, Kind.OPEN, narrowed(Kind.OPEN, one, other), RANGES);
                }
            }
            if (EVERY_COMBINATION || one == Filter.TEMPLATE) {
                list(WARD, Kind.OPEN, narrowed(Kind.OPEN, one, Filter.STATUS), RANGES);
                list(NURSE, Kind.OPEN, narrowed(Kind.OPEN, one, one), OF_A_TEAM);
            }
        }
        list(Set.of(WorkParty.diary(ManyPathways.cabinet(7))), Kind.OPEN, Map.of(), RANGES);
        list(
                Set.of(WorkParty.diary(ManyPathways.cabinet(7))),
                Kind.OPEN,
                Map.of(Filter.PERSON, ManyPathways.person(7, 1)),
                RANGES);
        assertThat(seen).isGreaterThan(EVERY_COMBINATION ? 120 : 30);
        report();
    }

    @Test
    void every_counter_of_a_board_is_read_from_an_index() {
        Duration day = Duration.ofHours(24);
        for (String board : List.of(WATCH, WorkParty.ALL)) {
            asked(RANGES, () -> boards.now(board, Map.of(), NOW, day));
            for (Filter one : EVERY_COMBINATION || board.equals(WATCH)
                    ? List.of(Filter.TEMPLATE, Filter.COMMUNE, Filter.STRUCTURE)
                    : List.of(Filter.TEMPLATE)) {
                asked(RANGES, () -> boards.now(board, Map.of(one, value(one)), NOW, day));
                asked(RANGES, () -> boards.by(board, one, Map.of(), NOW, day, new Paging(3, null)));
            }
        }
        for (Filter other : List.of(Filter.COMMUNE, Filter.STRUCTURE)) {
            Map<Filter, String> pair = Map.of(Filter.TEMPLATE, value(Filter.TEMPLATE), other, value(other));
            asked(
                    RANGES,
                    () -> assertThat(boards.now(WATCH, pair, NOW, day).openSteps())
                            .isPositive());
            asked(
                    RANGES,
                    () -> boards.by(
                            WATCH,
                            other,
                            Map.of(Filter.TEMPLATE, value(Filter.TEMPLATE)),
                            NOW,
                            day,
                            new Paging(3, null)));
        }
        assertThat(boards.now(WATCH, Map.of(), NOW, Duration.ofDays(31)).moreDueSoon())
                .isTrue();
        assertThat(boards.now(WATCH, Map.of(), NOW, Duration.ofDays(31)).dueSoon())
                .isEqualTo(Boards.MOST_DUE_SOON);
        report();
    }

    @Test
    void every_other_list_is_read_from_an_index() {
        String cabinet = Addressee.memberKey(ManyPathways.cabinet(7), "60");
        Set<String> audience = Set.of(ManyPathways.person(7, 1), cabinet);
        pages(RANGES, after -> views.handoffs(audience, null, new Paging(10, after)));
        for (HandoffRow.Status status : List.of(HandoffRow.Status.OFFERED, HandoffRow.Status.ACCEPTED)) {
            pages(RANGES, after -> views.handoffs(audience, status, new Paging(10, after)));
        }
        asked(RANGES, () -> views.handoffs(List.of("handoff-many-1-1", "handoff-many-2-1")));
        asked(RANGES, () -> views.ofPatient("patient-many-7"));
        pages(RANGES, after -> views.endedWithoutPathway(null, null, new Paging(20, after)));
        pages(RANGES, after -> views.endedWithoutPathway(Set.of("HOPITAL-3"), null, new Paging(20, after)));
        pages(RANGES, after -> views.endedWithoutPathway(Set.of("HOPITAL-3"), "unit-3", new Paging(5, after)));
        pages(RANGES, after -> tellings.ofPathway("pathway-many-7", new Paging(5, after)));
        asked(RANGES, () -> tellings.ofEvents(List.of("pathway-many-7:1", "pathway-many-8:2")));
        pages(RANGES, after -> audit.ofPatient("patient-many-7", new Paging(10, after)));
        pages(RANGES, after -> audit.ofPatients(List.of("patient-many-7", "patient-many-9"), new Paging(10, after)));
        pages(RANGES, after -> audit.underPathway("pathway-many-7", new Paging(5, after)));
        explain(
                BsonDocument.parse("{find: 'deadlines_v" + PathwayProjector.DEADLINES.version()
                        + "', filter: {open: true, dueAt: {$lte: {$date: '" + NOW
                        + "'}}}, sort: {dueAt: 1}, limit: 100}"),
                RANGES);
        report();
    }

    private static Map<Filter, String> narrowed(Kind kind, Filter one, Filter other) {
        Map<Filter, String> filters = new EnumMap<>(Filter.class);
        filters.put(one, value(one));
        filters.put(other, value(other));
        if (kind == Kind.PATHWAYS) {
            filters.replace(Filter.STATUS, "paused");
        } else if (filters.containsKey(Filter.STATUS)
                && (filters.containsKey(Filter.PERSON) || kind == Kind.UNASSIGNED)) {
            filters.put(Filter.STATUS, kind == Kind.UNASSIGNED ? "unassigned" : "accepted");
        } else if (kind == Kind.ATTENTION && filters.containsKey(Filter.STATUS)) {
            filters.put(Filter.STATUS, "running");
        }
        if (filters.containsKey(Filter.PERSON) && filters.containsKey(Filter.STRUCTURE)) {
            filters.put(Filter.STRUCTURE, ManyPathways.cabinet(7));
        }
        return filters;
    }

    private static String value(Filter filter) {
        return VALUES.getOrDefault(filter, "");
    }

    private void list(Set<String> parties, Kind kind, Map<Filter, String> filters, int slack) {
        Instant from = kind == Kind.DUE_SOON ? NOW : null;
        Instant until = switch (kind) {
            case DUE_SOON -> NOW.plus(Duration.ofHours(24));
            case ESCALATED -> NOW.minus(WorkRow.ESCALATED_AFTER);
            case OPEN, LATE, UNASSIGNED, PROBABLY_DONE, ATTENTION, PATHWAYS, OPENED, CLOSED -> null;
        };
        boolean newest = kind == Kind.CLOSED || kind == Kind.OPENED;
        WorkQuery query = new WorkQuery(parties, kind, filters, from, until, newest);
        pages(slack, after -> views.work(query, new Paging(20, after)));
        if (filters.isEmpty() && kind == Kind.OPEN && parties == COORDINATOR) {
            WorkQuery backwards = new WorkQuery(parties, kind, filters, from, until, true);
            pages(slack, after -> views.work(backwards, new Paging(20, after)));
        }
    }

    /** The first page, and one further into the list, where a query that began at its start would examine what went before. */
    private void pages(int slack, Function<String, Page<?>> list) {
        String after = null;
        for (int n = 0; n < 12; n++) {
            Page<?> page = list.apply(after);
            if (page.next() == null || n == 11) {
                break;
            }
            after = page.next();
        }
        String last = after;
        asked(slack, () -> list.apply(last));
        if (last != null && EVERY_COMBINATION) {
            asked(slack, () -> list.apply(null));
        }
    }

    private void asked(int slack, Runnable question) {
        Overheard.ASKED.clear();
        Overheard.LISTENING.set(true);
        long began = System.nanoTime();
        try {
            question.run();
        } finally {
            Overheard.LISTENING.set(false);
        }
        answered += System.nanoTime() - began;
        for (BsonDocument command : List.copyOf(Overheard.ASKED)) {
            // What the running service asks meanwhile, for itself, is of other tests.
            if (isOfUs(command) && !command.toJson().contains("_stale")) {
                OUR_WORDS.forEach(command::remove);
                if (command.containsKey("aggregate")) {
                    command.append("cursor", new BsonDocument());
                }
                explain(command, slack);
            }
        }
    }

    private static boolean isOfUs(BsonDocument command) {
        String collection = command.getString(command.getFirstKey()).getValue();
        return collection.startsWith("work_v")
                || collection.startsWith("boards_v")
                || collection.startsWith("ended_stay")
                || collection.startsWith("tellings_v")
                || collection.startsWith("pathways_v")
                || collection.equals("audit")
                || collection.startsWith("handoffs_v");
    }

    private void explain(BsonDocument command, int slack) {
        seen++;
        long asked = System.nanoTime();
        Document explained =
                database.runCommand(new Document("explain", command.append("maxTimeMS", new BsonInt32(60_000)))
                        .append("verbosity", "executionStats"));
        Document stats = stats(explained);
        long returned = Math.max(returned(stats), 1);
        long keys = number(stats, "totalKeysExamined");
        long documents = number(stats, "totalDocsExamined");
        String plan = stats.toJson();
        boolean byId = plan.contains("IDHACK");
        if (Math.max(keys, documents) > 10 * returned + slack
                || (!plan.contains("IXSCAN") && !byId && !plan.contains("\"EOF\""))
                || plan.contains("COLLSCAN")
                || plan.contains("\"SORT\"")) {
            costly.put(
                    command.toJson(),
                    new Document("keys", keys)
                            .append("documents", documents)
                            .append("returned", returned)
                            .append("plan", plan.substring(0, Math.min(3000, plan.length()))));
        }
        slowest.add(new Document("ms", (System.nanoTime() - asked) / 1_000_000)
                .append("keys", keys)
                .append("returned", returned)
                .append("command", command.toJson()));
    }

    private void report() {
        slowest.sort((one, other) -> Long.compare(other.getLong("ms"), one.getLong("ms")));
        slowest.stream().limit(6).forEach(each -> System.out.println(each.toJson()));
        System.out.printf("%d queries of %d rows seen, answered in %d ms%n", seen, ROWS, answered / 1_000_000);
        slowest.clear();
        Map<String, Document> all = Map.copyOf(costly);
        costly.clear();
        assertThat(all).isEmpty();
    }

    private static Document stats(Document explained) {
        Document stats = explained.get("executionStats", Document.class);
        if (stats != null) {
            return stats;
        }
        Document cursor = explained.getList("stages", Document.class).getFirst().get("$cursor", Document.class);
        return cursor.get("executionStats", Document.class);
    }

    /** What was found, also where it is then only counted. */
    private static long returned(Object stage) {
        long most = 0;
        if (stage instanceof Document document) {
            if ("FETCH".equalsIgnoreCase(document.getString("stage")) || document.containsKey("executionSuccess")) {
                most = number(document, "nReturned");
            }
            for (Object inner : document.values()) {
                most = Math.max(most, returned(inner));
            }
        } else if (stage instanceof List<?> several) {
            for (Object inner : several) {
                most = Math.max(most, returned(inner));
            }
        }
        return most;
    }

    private static long number(Document stats, String field) {
        return ((Number) stats.get(field)).longValue();
    }
}
