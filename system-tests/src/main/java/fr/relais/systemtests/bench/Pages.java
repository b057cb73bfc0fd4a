package fr.relais.systemtests.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Pages among many handoffs, each beside the same rows read from the same index through the driver. */
final class Pages {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int READS = 100;
    private static final int DEEP = 20;
    private static final int LIMIT = 50;
    private static final int FIRST_PATIENT = 700_000;

    private final Stand stand;
    private final Options options;

    /**
     * One page.
     *
     * @param rows handoffs that were written, for everybody together
     * @param raw the same read through the driver; null where a page is not one read of an index
     */
    record Page(String what, int rows, Work.Times times, Work.@Nullable Times raw) {}

    /**
     * How long the rows took to write.
     *
     * @param rows handoffs written so far
     */
    record Written(int rows, double secondsPer100000) {}

    /** What came out, as far as the time went. */
    record Result(List<Page> pages, List<Written> written) {}

    Pages(Stand stand, Options options) {
        this.stand = stand;
        this.options = options;
    }

    /** Adds to the result what is measured, so that it is there when the time is up. */
    void measure(Result result) {
        try (Seed seed = Seed.of(stand, FIRST_PATIENT);
                MongoClient pathways = MongoClients.create(stand.stack().mongoUri("relais_pathway"));
                MongoClient notifications = MongoClients.create(stand.stack().mongoUri("relais_notification"))) {
            int there = seed.handoffs();
            for (int rows : options.rows()) {
                if (rows > there) {
                    double seconds = seed.copyTo(rows / WorkUnit.NOTICES);
                    Written written = new Written(rows, seconds * 100_000 / (rows - there));
                    there = rows;
                    result.written().add(written);
                    System.out.printf("  %d handoffs, %.0f s for 100,000%n", rows, written.secondsPer100000());
                }
                read(
                        seed,
                        pathways.getDatabase("relais_pathway"),
                        notifications.getDatabase("relais_notification"),
                        rows,
                        result.pages());
            }
        }
    }

    private void read(Seed seed, MongoDatabase pathways, MongoDatabase notifications, int rows, List<Page> pages) {
        Crew crew = seed.crews().getFirst();
        Crew.Receiver nurse = crew.receivers().getFirst();
        Index work = new Index(collection(pathways, "work_v"), "terms", "status", List.of("when", "_id"), 1);
        Index handoffs = new Index(collection(pathways, "handoffs_v"), "audience", "status", List.of("when", "_id"), 1);
        Index inbox = new Index(
                collection(notifications, "deliveries_v"),
                "recipient",
                "shown",
                List.of("unread", "queuedAt", "_id"),
                -1);
        Index timeline = new Index(pathways.getCollection("journal"), "stream", "sent", List.of("first"), 1);
        String coordinator =
                stand.issuer().tokens().token(fr.relais.localstack.persona.Personas.get("coordinator-gael"));
        try (Wire wire = new Wire(stand.pathwayPort());
                Wire notices = new Wire(stand.notificationPort());
                Wire directory = new Wire(stand.directoryPort())) {
            for (int deep : new int[] {0, DEEP}) {
                String which = deep == 0 ? ", first page" : ", page " + (deep + 1);
                pages.add(page(wire, "worklist" + which, "/api/v1/worklist?limit=50", crew.ward(), rows, deep, work));
                pages.add(page(
                        wire, "handoffs" + which, "/api/v1/handoffs?limit=50", nurse.token(), rows, deep, handoffs));
                pages.add(page(notices, "inbox" + which, "/api/v1/inbox?limit=50", nurse.desk(), rows, deep, inbox));
            }
            pages.add(page(wire, "board", "/api/v1/dashboard", crew.ward(), rows, 0, null));
            pages.add(page(
                    wire,
                    "timeline",
                    "/api/v1/pathways/" + seed.prototype() + "/timeline",
                    crew.ward(),
                    rows,
                    0,
                    timeline));
            pages.add(page(
                    directory,
                    "candidates",
                    "/api/v1/candidates?profession=60&commune=23096",
                    coordinator,
                    rows,
                    0,
                    null));
        }
    }

    private static MongoCollection<Document> collection(MongoDatabase database, String prefix) {
        return database.getCollection(database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> name.matches(prefix + "\\d+"))
                .max(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("there is no collection " + prefix + "…")));
    }

    /**
     * An index that a page is read from.
     *
     * @param whose the field of whoever it is shown to
     * @param state the field beside it
     */
    private record Index(
            MongoCollection<Document> rows, String whose, String state, List<String> sorted, int direction) {

        /** Reads as many rows as a page has, of those who have as many rows as anybody in a sample. */
        Work.Times read(int deep) {
            Document sample = rows.find(new Document(whose, new Document("$exists", true)))
                    .first();
            if (sample == null) {
                return Work.Times.of(new Histogram(60_000_000L, 3));
            }
            Object of = sample.get(whose) instanceof List<?> several ? several.getFirst() : sample.get(whose);
            Document filter = new Document(whose, of).append(state, sample.get(state));
            Document sort = new Document();
            sorted.forEach(field -> sort.append(field, direction));
            if (deep > 0) {
                Document from =
                        rows.find(filter).sort(sort).skip(deep * LIMIT).limit(1).first();
                if (from != null) {
                    String first = sorted.size() == 3 ? sorted.get(1) : sorted.getFirst();
                    if (sorted.size() == 3) {
                        filter.append(sorted.getFirst(), from.get(sorted.getFirst()));
                    }
                    filter.append(first, new Document(direction > 0 ? "$gte" : "$lte", from.get(first)));
                }
            }
            Histogram times = new Histogram(60_000_000L, 3);
            for (int i = 0; i < 2 * READS; i++) {
                long begun = System.nanoTime();
                rows.find(filter).sort(sort).limit(LIMIT + 1).into(new ArrayList<>());
                if (i >= READS) {
                    times.recordValue(Math.clamp((System.nanoTime() - begun) / 1000, 0, 60_000_000L));
                }
            }
            return Work.Times.of(times);
        }
    }

    private static Page page(
            Wire wire, String what, String path, String token, int rows, int deep, @Nullable Index index) {
        Histogram times = new Histogram(60_000_000L, 3);
        String at = path;
        String name = what;
        for (int i = 0; i < deep; i++) {
            String next = JSON.readTree(wire.get(at, token).ok(at).body())
                    .path("next")
                    .asString("");
            if (next.isEmpty()) {
                name = what + " (there are only " + (i + 1) + ")";
                break;
            }
            at = path + "&after=" + next;
        }
        for (int i = 0; i < 2 * READS; i++) {
            long begun = System.nanoTime();
            Wire.Answer answer = wire.get(at, token);
            if (answer.status() / 100 != 2) {
                name = what + " (answered " + answer.status() + ")";
                System.out.println("  ! " + what + " was answered " + answer.status() + ": " + answer.body());
                break;
            }
            if (i >= READS) {
                times.recordValue(Math.clamp((System.nanoTime() - begun) / 1000, 0, 60_000_000L));
            }
        }
        Page page = new Page(name, rows, Work.Times.of(times), index == null ? null : index.read(deep));
        System.out.printf("    %-22s %s; raw %s%n", name, page.times(), page.raw());
        return page;
    }
}
