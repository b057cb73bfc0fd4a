package fr.relais.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoDatabase;
import fr.relais.directory.application.FileFormat;
import fr.relais.directory.application.LoadReport;
import fr.relais.directory.application.Loads;
import fr.relais.directory.domain.Entries;
import fr.relais.directory.domain.Teams;
import fr.relais.directory.view.DirectoryView;
import fr.relais.directory.view.OpenHandoffs;
import fr.relais.events.Actor;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.Party;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.page.Page;
import fr.relais.kit.time.Ids;
import fr.relais.localstack.LocalStack;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * A directory of thousands that are loaded, all in Dordogne, as topics are shared with other tests, and of more that are
 * copied from them: loads stay bounded, and every query is read from an index. Say {@code -Drelais.rows=100000} for as many
 * professionals as a large region has; that takes minutes, most of them to write the copies.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DirectoryQueriesIT {

    private static final int PROFESSIONALS = 4_000;
    private static final int ROWS = Math.max(2 * PROFESSIONALS, Integer.getInteger("relais.rows", 0));
    private static final int STRUCTURES = 300;
    private static final int COMMUNES = 100;
    private static final LocalDate TODAY = LocalDate.parse("2026-03-02");

    private ConfigurableApplicationContext service;
    private MongoDatabase database;
    private DirectoryView view;
    private byte[] file;
    private LoadReport first;

    @BeforeAll
    void load() {
        LocalStack.shared().startBoth();
        service = new SpringApplicationBuilder(DirectoryApplication.class)
                .run(
                        "--spring.application.name=directory-queries",
                        "--spring.mongodb.uri=" + LocalStack.shared().freshMongoUri(),
                        "--spring.kafka.bootstrap-servers="
                                + LocalStack.shared().bootstrapServers(),
                        "--relais.register.report-lines=1000",
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--management.server.port=0");
        database = service.getBean(MongoDatabaseFactory.class).getMongoDatabase();
        view = service.getBean(DirectoryView.class);
        file = thousands(new Random(4)).getBytes(StandardCharsets.UTF_8);
        first = loadFile();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    assertThat(inDordogne("professionals_v4")).isEqualTo(PROFESSIONALS);
                    assertThat(inDordogne("structures_v4")).isEqualTo(STRUCTURES);
                });
    }

    private long inDordogne(String collection) {
        return database.getCollection(collection)
                .countDocuments(new Document("communes", new Document("$regex", "^24")));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private LoadReport loadFile() {
        Loads loads = service.getBean(Loads.class);
        FileFormat csv = loads.format("text/csv").orElseThrow();
        var context = new CommandContext(
                Ids.random("load"), null, Actor.system("test"), Instant.parse("2026-03-02T12:00:00Z"), null, null);
        return loads.apply(context, csv, new ByteArrayInputStream(file));
    }

    private static String thousands(Random random) {
        StringBuilder text =
                new StringBuilder("kind,id,name,profession,type,commune,communes,structures,memberOf,specialties\n");
        for (int n = 0; n < STRUCTURES; n++) {
            text.append("structure,%s,CABINET %s,,%s,%s,%s,,%s,%n"
                    .formatted(
                            finess(n),
                            word(random),
                            n % 10 == 0 ? "OFFICINE" : "CABINET",
                            commune(random),
                            commune(random),
                            finess(10_000 + n % 20)));
        }
        for (int n = 0; n < PROFESSIONALS; n++) {
            text.append("professional,%s,%s %s,%s,,,%s %s,%s,%s,%s%n"
                    .formatted(
                            rpps(n),
                            word(random),
                            word(random),
                            List.of("60", "10", "21", "70").get(n % 4),
                            commune(random),
                            commune(random),
                            n % 3 == 0 ? "" : finess(n % STRUCTURES),
                            n % 2 == 0 ? "" : finess(10_000 + n % 20) + "@2020-01-01..",
                            n % 8 == 1 ? "SM04" : ""));
        }
        return text.toString();
    }

    /** Numbers that no other test uses: an entry of two journals would be none. */
    private static String finess(int n) {
        return Entries.finess(50_000 + n);
    }

    private static String rpps(int n) {
        return Entries.rpps(20_000 + n);
    }

    private static String commune(Random random) {
        return "24%03d".formatted(random.nextInt(COMMUNES));
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            word.append((char) ('A' + random.nextInt(26)));
        }
        return word.toString();
    }

    @Test
    void a_repeated_load_changes_nothing_and_its_report_stays_bounded() {
        assertThat(first.accepted()).isEqualTo(PROFESSIONALS + STRUCTURES);
        assertThat(first.lines()).hasSize(1_000);
        assertThat(first.linesNotShown()).isEqualTo(PROFESSIONALS + STRUCTURES - 1_000);

        LoadReport again = loadFile();

        assertThat(again.unchanged()).isEqualTo(PROFESSIONALS + STRUCTURES);
        assertThat(again.accepted()).isZero();
    }

    @Test
    void every_query_is_read_from_an_index_and_examines_little_more_than_it_returns() {
        assumeTrue(hasProfiler(), "SKIPPED: no mongod here, and only that shows what a query examines");
        grow();
        database.runCommand(new Document("profile", 2));
        try {
            String structure = finess(8);
            String collective = finess(10_003);
            List<String> city = List.of("24007", "24008");
            pages(after -> view.professionals(people(null, List.of(), null, null, null), after, 20));
            pages(after -> view.professionals(people(null, List.of(), null, null, "b"), after, 20));
            pages(after -> view.professionals(people("60", List.of(), null, null, "b"), after, 20));
            pages(after -> view.professionals(people("60", city, null, null, null), after, 5));
            pages(after -> view.professionals(people(null, city, null, null, "b"), after, 2));
            pages(after -> view.professionals(people(null, List.of(), structure, null, null), after, 3));
            pages(after -> view.professionals(people("60", List.of(), structure, null, null), after, 1));
            pages(after -> view.professionals(people(null, List.of(), null, collective, null), after, 5));
            pages(after -> view.professionals(people("60", city, null, null, "b"), after, 2));
            pages(after -> view.professionals(people(null, List.of(), structure, null, "b"), after, 2));
            pages(after -> view.professionals(people("60", List.of(), structure, null, "b"), after, 2));
            pages(after -> view.professionals(people(null, List.of(), null, collective, "b"), after, 2));
            pages(after -> view.professionals(skilled(List.of(), null), after, 5));
            pages(after -> view.professionals(skilled(city, null), after, 1));
            pages(after -> view.professionals(skilled(List.of(), finess(25)), after, 1));
            pages(after -> view.structures(new DirectoryView.Structures(null, List.of(), null, TODAY, "b"), after, 5));
            pages(after -> view.structures(
                    new DirectoryView.Structures(StructureType.CABINET, List.of(), null, TODAY, null), after, 20));
            pages(after -> view.structures(
                    new DirectoryView.Structures(StructureType.CABINET, city, null, TODAY, null), after, 2));
            pages(after -> view.structures(new DirectoryView.Structures(null, city, null, TODAY, null), after, 2));
            pages(after ->
                    view.structures(new DirectoryView.Structures(null, List.of(), collective, TODAY, null), after, 5));
            pages(after -> view.structures(
                    new DirectoryView.Structures(StructureType.CABINET, List.of(), collective, TODAY, null), after, 5));
            pages(after -> view.structures(
                    new DirectoryView.Structures(StructureType.CABINET, List.of(), null, TODAY, "b"), after, 5));
            pages(after -> view.structures(new DirectoryView.Structures(null, city, null, TODAY, "c"), after, 2));
            pages(after -> view.structures(
                    new DirectoryView.Structures(StructureType.CABINET, city, null, TODAY, "c"), after, 2));
            pages(after -> view.structures(
                    new DirectoryView.Structures(StructureType.CABINET, List.of(), collective, TODAY, "c"), after, 2));
            twoWordsOf(
                    "professional_names_v1",
                    words -> view.professionals(people(null, List.of(), null, null, words), null, 5));
            view.professional(rpps(5));
            view.whoMayBeAsked("60", List.of(), city, Teams.TYPES, List.of(Party.person(rpps(3))), TODAY, "turn", 300);
            view.whoMayBeAsked("60", List.of(), communes(), Teams.TYPES, List.of(), TODAY, "turn", 300);
            view.whoMayBeAsked("10", List.of("SM04"), communes(), Teams.TYPES, List.of(), TODAY, "turn", 300);
            view.boundTo(collective);
            service.getBean(OpenHandoffs.class).with(List.of("person:1", "structure:2#60"), null, 20);
        } finally {
            database.runCommand(new Document("profile", 0));
        }

        Map<String, Document> costly = new TreeMap<>();
        int seen = 0;
        for (Document query : database.getCollection("system.profile").find()) {
            String namespace = query.getString("ns");
            if (!"query".equals(query.getString("op"))
                    || !namespace.matches(
                            ".*\\.(professionals_v4|structures_v4|handoffs_v3|professional_names_v1|structure_names_v1)")) {
                continue;
            }
            seen++;
            int returned = query.getInteger("nreturned", 0);
            int keys = query.getInteger("keysExamined", 0);
            int documents = query.getInteger("docsExamined", 0);
            // A scan that is merged with others looks at one key more in each of them.
            boolean dear = Math.max(keys, documents) > 10 * Math.max(returned, 1) + 20
                    || String.valueOf(query.get("planSummary")).contains("COLLSCAN")
                    || query.getBoolean("hasSortStage", false);
            if (dear) {
                costly.put(
                        query.get("command", Document.class).toJson(),
                        new Document("keys", keys)
                                .append("documents", documents)
                                .append("returned", returned)
                                .append("plan", query.get("planSummary"))
                                .append("sorted", query.getBoolean("hasSortStage", false)));
            }
        }
        assertThat(seen).isGreaterThan(30);
        assertThat(costly).isEmpty();
    }

    /**
     * More of the same, made by the database of those that came through the journal: same
     * places, other ids, names and turns.
     */
    private void grow() {
        int times = ROWS / PROFESSIONALS;
        copy("professionals_v4", times);
        copy("professional_names_v1", times);
        copy("structures_v4", times);
        copy("structure_names_v1", times);
        assertThat(database.getCollection("professionals_v4").estimatedDocumentCount())
                .isGreaterThanOrEqualTo(ROWS);
    }

    private void copy(String collection, int times) {
        String name = collection.contains("names") ? "key" : "folded";
        database.getCollection(collection)
                .aggregate(List.of(
                        new Document(
                                "$match",
                                new Document("_id", new Document("$not", new Document("$regex", "@")))
                                        .append(name, new Document("$gt", ""))),
                        new Document("$set", new Document("copy", new Document("$range", List.of(1, times)))),
                        new Document("$unwind", "$copy"),
                        new Document(
                                "$set",
                                new Document("_id", joined("$_id", "@"))
                                        .append(name, joined("$" + name, " "))
                                        .append("entry", joined("$entry", "@"))
                                        .append(
                                                "spread",
                                                new Document(
                                                        "$floor",
                                                        new Document(
                                                                "$multiply",
                                                                List.of(
                                                                        new Document("$rand", new Document()),
                                                                        1L << 32))))),
                        new Document("$unset", "copy"),
                        new Document(
                                "$merge",
                                new Document("into", collection)
                                        .append("whenMatched", "fail")
                                        .append("whenNotMatched", "insert"))))
                .toCollection();
    }

    private static Document joined(String field, String with) {
        return new Document("$concat", List.of(field, with, new Document("$toString", "$copy")));
    }

    private void twoWordsOf(String names, Function<String, Page<?>> list) {
        String[] words = database.getCollection(names)
                .find(new Document("leads", true))
                .first()
                .getString("key")
                .split(" ");
        assertThat(list.apply(words[1] + " " + words[0]).items()).isNotEmpty();
    }

    private static DirectoryView.Professionals people(
            String profession, List<String> communes, String structure, String collective, String prefix) {
        return new DirectoryView.Professionals(profession, List.of(), communes, structure, collective, TODAY, prefix);
    }

    private static DirectoryView.Professionals skilled(List<String> communes, String structure) {
        return new DirectoryView.Professionals("10", List.of("SM04"), communes, structure, null, TODAY, null);
    }

    /** Whole communes, as many as a large city has arrondissements. */
    private static List<String> communes() {
        List<String> communes = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            communes.add("24%03d".formatted(n));
        }
        return communes;
    }

    /** Far into a list, where a query that began at its start would examine all that went before. */
    private static void pages(Function<String, Page<?>> list) {
        Page<?> page = list.apply(null);
        assertThat(page.items()).isNotEmpty();
        for (int n = 0; n < 30 && page.next() != null; n++) {
            page = list.apply(page.next());
        }
    }

    private boolean hasProfiler() {
        try {
            database.runCommand(new Document("profile", -1));
            return true;
        } catch (MongoException e) {
            return false;
        }
    }
}
