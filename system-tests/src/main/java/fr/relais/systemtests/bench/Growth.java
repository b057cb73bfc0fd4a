package fr.relais.systemtests.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.bson.Document;

/** How the cost of work grows: with the pathways that are there, with the events of a stream, with the instances. */
final class Growth {

    private static final int FIRST_PATIENT = 800_000;
    private static final int COMMANDS = 40;

    private final Stand stand;
    private final Options options;

    /**
     * The work unit among so many pathways that were there before.
     *
     * @param instances of each service
     */
    record Among(int pathways, int instances, Work.Result work) {}

    /**
     * Pauses and resumptions of one pathway.
     *
     * @param events of its stream when they began
     * @param cpuMillis of pathway-service for each
     */
    record Stream(int events, Work.Times answers, Work.Times timeline, double cpuMillis) {}

    /** What came out, as far as the time went. */
    record Result(List<Among> among, List<Stream> streams) {}

    Growth(Stand stand, Options options) {
        this.stand = stand;
        this.options = options;
    }

    /** Adds to the result what is measured, so that it is there when the time is up. */
    void measure(Result result) {
        try (Seed seed = Seed.of(stand, FIRST_PATIENT)) {
            streams(seed, result.streams());
            int there = 0;
            for (int times : options.times()) {
                there = options.base() * times;
                System.out.printf("  %d pathways are there, written in %.1f s%n", there, seed.copyTo(there));
                result.among().add(new Among(there, 1, work()));
            }
            stand.addInstances();
            try {
                result.among().add(new Among(there, 2, work()));
            } finally {
                stand.removeInstances();
            }
        }
    }

    private Work.Result work() {
        Duration counted = options.measured().dividedBy(2);
        return new Work(stand, options)
                .measure(counted.dividedBy(3), counted, 1)
                .getFirst();
    }

    private void streams(Seed seed, List<Stream> results) {
        Crew crew = seed.crews().getFirst();
        String pathway = seed.prototype();
        try (Wire wire = new Wire(stand.pathwayPort());
                MongoClient mongo = MongoClients.create(stand.stack().mongoUri("relais_pathway"))) {
            MongoCollection<Document> journal =
                    mongo.getDatabase("relais_pathway").getCollection("journal");
            int turn = 0;
            for (int length : options.lengths()) {
                while (last(journal, pathway) < length) {
                    for (int i = 0; i < 10; i++) {
                        turn(wire, crew, pathway, turn++);
                    }
                }
                int events = (int) last(journal, pathway);
                Histogram answers = new Histogram(60_000_000L, 3);
                Histogram pages = new Histogram(60_000_000L, 3);
                Map<String, Double> before = Cpu.millis(stand.processes());
                for (int i = 0; i < COMMANDS; i++) {
                    long begun = System.nanoTime();
                    turn(wire, crew, pathway, turn++);
                    answers.recordValue(Math.clamp((System.nanoTime() - begun) / 1000, 0, 60_000_000L));
                }
                double cpu = Cpu.each(before, Cpu.millis(stand.processes()), COMMANDS)
                        .getOrDefault("pathway", 0.0);
                for (int i = 0; i < COMMANDS; i++) {
                    long begun = System.nanoTime();
                    wire.get("/api/v1/pathways/" + pathway + "/timeline", crew.ward())
                            .ok("a timeline");
                    pages.recordValue(Math.clamp((System.nanoTime() - begun) / 1000, 0, 60_000_000L));
                }
                Stream one = new Stream(events, Work.Times.of(answers), Work.Times.of(pages), cpu);
                results.add(one);
                System.out.printf(
                        "  a stream of %d events: commands %s, %.1f CPU-ms each; timeline %s%n",
                        events, one.answers(), cpu, one.timeline());
            }
        }
    }

    private static void turn(Wire wire, Crew crew, String pathway, int turn) {
        String word = turn % 2 == 0 ? "pause" : "resume";
        wire.post("/api/v1/pathways/" + pathway + "/" + word, crew.ward(), "growth-" + pathway + "-" + turn, "")
                .ok(word);
    }

    private static long last(MongoCollection<Document> journal, String stream) {
        Document last = journal.find(new Document("stream", stream))
                .sort(new Document("first", -1))
                .first();
        return last == null ? 0 : last.getLong("last");
    }
}
