package fr.relais.systemtests.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.bson.Document;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages among many handoffs. The rows are copies of those of real pathways, under ids of their own, written straight into
 * the collections of the view: what is measured is how they are read.
 */
final class Pages {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int PROTOTYPES = 20;
    private static final int CREWS = 5;
    private static final int READS = 100;
    private static final int DEEP = 20;
    private static final int FIRST_PATIENT = 700_000;
    private static final Pattern VIEWS = Pattern.compile("(pathways|handoffs|work)_v\\d+");

    private final Stand stand;
    private final Options options;

    /**
     * One page.
     *
     * @param rows handoffs in the lists of everybody
     */
    record Page(String what, int rows, Work.Times times) {}

    Pages(Stand stand, Options options) {
        this.stand = stand;
        this.options = options;
    }

    List<Page> measure() {
        Patients.send(FIRST_PATIENT, FIRST_PATIENT + PROTOTYPES, stand.mllpPort());
        List<Crew> crews = Crew.of(CREWS + 50, stand.issuer().tokens()).subList(50, CREWS + 50);
        List<String> prototypes = new ArrayList<>();
        List<Page> pages = new ArrayList<>();
        try (Hooks hooks = Hooks.start();
                Wire wire = new Wire(stand.pathwayPort());
                MongoClient mongo = MongoClients.create(stand.stack().mongoUri("relais_pathway"))) {
            WorkUnit unit = new WorkUnit(stand, hooks, crews, FIRST_PATIENT, PROTOTYPES);
            for (int i = 0; i < PROTOTYPES; i++) {
                prototypes.add(unit.open(wire, crews.get(i % CREWS), i % 3));
            }
            MongoDatabase database = mongo.getDatabase("relais_pathway");
            awaitShown(database, prototypes);
            int there = PROTOTYPES * WorkUnit.NOTICES;
            for (int rows : new int[] {options.rows() / 10, options.rows()}) {
                double seconds = copy(database, prototypes, (rows - there) / WorkUnit.NOTICES);
                System.out.printf("  %d handoffs (%.0f s to write)%n", rows, seconds);
                there = rows;
                pages.addAll(read(crews.getFirst(), prototypes.getFirst(), rows));
            }
        }
        return pages;
    }

    private static void awaitShown(MongoDatabase database, List<String> prototypes) {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        String pathways = collections(database).stream()
                .filter(name -> name.startsWith("pathways"))
                .findFirst()
                .orElseThrow();
        while (database.getCollection(pathways).countDocuments(new Document("_id", new Document("$in", prototypes)))
                        < prototypes.size()
                && System.nanoTime() < until) {
            pause();
        }
        pause();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> collections(MongoDatabase database) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> VIEWS.matcher(name).matches())
                .toList();
    }

    private static double copy(MongoDatabase database, List<String> prototypes, int pathways) {
        long begun = System.nanoTime();
        for (String name : collections(database)) {
            MongoCollection<Document> collection = database.getCollection(name);
            Map<String, List<Document>> models = new LinkedHashMap<>();
            for (String prototype : prototypes) {
                String field = name.startsWith("pathways") ? "_id" : "_stream";
                models.put(
                        prototype,
                        collection.find(new Document(field, prototype)).into(new ArrayList<>()));
            }
            List<Document> batch = new ArrayList<>();
            for (int n = 0; n < pathways; n++) {
                String prototype = prototypes.get(n % prototypes.size());
                String from = prototype.substring("pathway-".length());
                String to = new UUID(n * 0x9E3779B97F4A7C15L, pathways + n).toString();
                for (Document model : models.getOrDefault(prototype, List.of())) {
                    batch.add((Document) renamed(model, from, to));
                }
                if (batch.size() >= 1_000 || n == pathways - 1) {
                    collection.insertMany(batch, new InsertManyOptions().ordered(false));
                    batch = new ArrayList<>();
                }
            }
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static Object renamed(Object value, String from, String to) {
        return switch (value) {
            case String text -> text.replace(from, to);
            case Document document -> {
                Document copy = new Document();
                document.forEach((key, each) -> copy.append(key, each == null ? null : renamed(each, from, to)));
                yield copy;
            }
            case List<?> list ->
                list.stream().map(each -> renamed(each, from, to)).toList();
            default -> value;
        };
    }

    private List<Page> read(Crew crew, String pathway, int rows) {
        List<Page> pages = new ArrayList<>();
        Crew.Receiver nurse = crew.receivers().getFirst();
        try (Wire wire = new Wire(stand.pathwayPort());
                Wire inbox = new Wire(stand.notificationPort())) {
            pages.add(page(wire, "worklist, first page", "/api/v1/worklist?limit=50", crew.ward(), rows, 0));
            pages.add(page(wire, "worklist, page 20", "/api/v1/worklist?limit=50", crew.ward(), rows, DEEP));
            pages.add(page(wire, "handoffs, first page", "/api/v1/handoffs?limit=50", nurse.token(), rows, 0));
            pages.add(page(wire, "handoffs, page 20", "/api/v1/handoffs?limit=50", nurse.token(), rows, DEEP));
            pages.add(page(wire, "board", "/api/v1/dashboard", crew.ward(), rows, 0));
            pages.add(page(wire, "timeline", "/api/v1/pathways/" + pathway + "/timeline", crew.ward(), rows, 0));
            pages.add(page(inbox, "inbox", "/api/v1/inbox?limit=50", nurse.desk(), rows, 0));
        }
        return pages;
    }

    private static Page page(Wire wire, String what, String path, String token, int rows, int deep) {
        Histogram times = new Histogram(60_000_000L, 3);
        String at = path;
        for (int i = 0; i < deep; i++) {
            String next = JSON.readTree(wire.get(at, token).ok(at).body())
                    .path("next")
                    .asString("");
            if (next.isEmpty()) {
                break;
            }
            at = path + "&after=" + next;
        }
        for (int i = 0; i < 2 * READS; i++) {
            long begun = System.nanoTime();
            Wire.Answer answer = wire.get(at, token);
            if (answer.status() / 100 != 2) {
                System.out.println("  ! " + what + " was answered " + answer.status() + ": " + answer.body());
                break;
            }
            if (i >= READS) {
                times.recordValue((System.nanoTime() - begun) / 1000);
            }
        }
        Page page = new Page(what, rows, Work.Times.of(times));
        System.out.printf("    %-22s %s%n", what, page.times());
        return page;
    }
}
