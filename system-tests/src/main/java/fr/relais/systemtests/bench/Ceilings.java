package fr.relais.systemtests.bench;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.WriteModel;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;

/** What the raw stores give on this machine in this run, driver included. */
final class Ceilings {

    private static final int THREADS = 12;
    private static final String PAYLOAD = "x".repeat(400);

    private final Stand stand;
    private final Duration each;

    /**
     * What one kind of operation came to.
     *
     * @param perSecond operations a second
     * @param cpuMillis CPU time of all processes for one
     */
    record Ceiling(String what, double perSecond, double cpuMillis) {}

    Ceilings(Stand stand, Duration each) {
        this.stand = stand;
        this.each = each;
    }

    List<Ceiling> measure() {
        List<Ceiling> all = new ArrayList<>();
        try (MongoClient mongo = MongoClients.create(stand.stack().mongoUri("bench"))) {
            MongoCollection<Document> raw = mongo.getDatabase("bench").getCollection("raw");
            raw.createIndex(new Document("stream", 1).append("first", 1));
            all.add(ceiling("single insert, synced", THREADS, 1, i -> raw.insertOne(commit())));
            all.add(ceiling("insert in groups of 50, synced", 2, 50, i -> {
                List<Document> many = new ArrayList<>();
                for (int n = 0; n < 50; n++) {
                    many.add(commit());
                }
                raw.insertMany(many, new InsertManyOptions().ordered(false));
            }));
            List<String> streams = new ArrayList<>();
            raw.find()
                    .projection(new Document("stream", 1))
                    .limit(20_000)
                    .forEach(d -> streams.add(d.getString("stream")));
            all.add(ceiling(
                    "indexed read of a stream",
                    THREADS,
                    1,
                    i -> raw.find(Filters.eq(
                                    "stream",
                                    streams.get(ThreadLocalRandom.current().nextInt(streams.size()))))
                            .into(new ArrayList<>())));
            MongoCollection<Document> views = mongo.getDatabase("bench").getCollection("views");
            AtomicLong upserts = new AtomicLong();
            all.add(ceiling("guarded upsert of a view in bulks of 50", 2, 50, i -> {
                List<WriteModel<Document>> bulk = new ArrayList<>();
                for (int n = 0; n < 50; n++) {
                    long number = upserts.incrementAndGet();
                    Document document =
                            commit().append("_id", "v" + number % 20_000).append("_seq", number);
                    bulk.add(new ReplaceOneModel<>(
                            Filters.and(Filters.eq("_id", document.get("_id")), Filters.lt("_seq", number)),
                            document,
                            new ReplaceOptions().upsert(true)));
                }
                try {
                    views.bulkWrite(bulk, new BulkWriteOptions().ordered(false));
                } catch (com.mongodb.MongoBulkWriteException e) {
                    // A duplicate key: a later one came first.
                }
            }));
            raw.drop();
            views.drop();
        }
        all.add(sends());
        all.add(http());
        return all;
    }

    private static Document commit() {
        return new Document("_id", UUID.randomUUID().toString())
                .append("stream", UUID.randomUUID().toString())
                .append("first", 1L)
                .append("data", PAYLOAD);
    }

    private Ceiling sends() {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", stand.stack().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("bench.raw", 12, (short) 1)))
                    .all()
                    .get();
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers", stand.stack().bootstrapServers(), "acks", "all", "enable.idempotence", true);
            byte[] value = PAYLOAD.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            try (KafkaProducer<String, byte[]> producer =
                    new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
                Ceiling sends = ceiling("Kafka send, acks=all, in hundreds", 4, 100, i -> {
                    List<Future<?>> sent = new ArrayList<>();
                    for (int n = 0; n < 100; n++) {
                        sent.add(producer.send(new ProducerRecord<>(
                                "bench.raw", UUID.randomUUID().toString(), value)));
                    }
                    sent.forEach(Ceilings::await);
                });
                admin.deleteTopics(List.of("bench.raw")).all().get();
                return sends;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka refuses", e.getCause());
        }
    }

    /** The cheapest thing that Relais itself answers, with a token: a path of the API that no controller has. */
    private Ceiling http() {
        HttpServer bare;
        try {
            bare = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bare.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, 2);
                exchange.getResponseBody().write(new byte[] {'{', '}'});
            }
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            bare.setExecutor(threads);
            bare.start();
            List<Wire> wires = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                wires.add(new Wire(bare.getAddress().getPort()));
            }
            Ceiling http = ceiling(
                    "bare HTTP POST, the JDK's server",
                    THREADS,
                    1,
                    i -> wires.get(i).post("/", "none", null, "{}").ok("bare"));
            wires.forEach(Wire::close);
            bare.stop(0);
            return http;
        }
    }

    private Ceiling ceiling(String what, int threads, int batch, IntConsumer operation) {
        run(threads, each.dividedBy(3), operation);
        Map<String, Double> before = Cpu.millis(stand.processes());
        long begun = System.nanoTime();
        long number = run(threads, each, operation) * batch;
        double seconds = (System.nanoTime() - begun) / 1e9;
        Map<String, Double> used = Cpu.each(before, Cpu.millis(stand.processes()), number);
        Ceiling ceiling = new Ceiling(
                what,
                number / seconds,
                used.getOrDefault("client", 0.0) + used.getOrDefault("mongod", 0.0) + used.getOrDefault("kafka", 0.0));
        System.out.printf("  %-42s %10.0f /s %8.3f CPU-ms%n", what, ceiling.perSecond(), ceiling.cpuMillis());
        return ceiling;
    }

    private static long run(int threads, Duration time, IntConsumer operation) {
        AtomicLong number = new AtomicLong();
        long until = System.nanoTime() + time.toNanos();
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Integer, Future<?>> all = new LinkedHashMap<>();
            for (int t = 0; t < threads; t++) {
                int thread = t;
                all.put(t, workers.submit(() -> {
                    while (System.nanoTime() < until) {
                        operation.accept(thread);
                        number.incrementAndGet();
                    }
                }));
            }
            all.values().forEach(Ceilings::await);
        }
        return number.get();
    }

    private static void await(Future<?> future) {
        try {
            future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an operation failed", e.getCause());
        }
    }
}
