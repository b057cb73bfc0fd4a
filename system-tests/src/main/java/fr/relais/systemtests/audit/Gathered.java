package fr.relais.systemtests.audit;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Projections.include;

import com.mongodb.ConnectionString;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import fr.relais.events.EventCatalogue;
import fr.relais.localstack.frontdoor.Api;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterators;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The evidence of a running Relais, read from its stores. */
final class Gathered extends Evidence implements AutoCloseable {

    /** What rests for no longer than this would move in the midst of the audit. */
    private static final Duration AUDITED_WITHIN = Duration.ofSeconds(60);

    private static final Pattern VERSIONED = Pattern.compile("(.+)_v(\\d+)");
    private static final int READ_AT_ONCE = 1000;
    private static final int REBUILT_AGAIN = 5;
    private static final Duration BETWEEN_REBUILDS = Duration.ofSeconds(2);

    private final Sources sources;
    private final Ledger ledger;
    private final Topics topics;
    private final Map<String, MongoClient> clients = new LinkedHashMap<>();
    private final Map<String, MongoDatabase> databases = new LinkedHashMap<>();
    private final List<Rebuilt> rebuilt = new ArrayList<>();

    Gathered(Sources sources, Ledger ledger) {
        this.sources = sources;
        this.ledger = ledger;
        this.topics = new Topics(sources.bootstrapServers());
        sources.mongoUris().forEach((service, uri) -> {
            MongoClient client = clients.computeIfAbsent(uri, MongoClients::create);
            databases.put(
                    service, client.getDatabase(Objects.requireNonNull(new ConnectionString(uri).getDatabase(), uri)));
        });
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    List<String> services() {
        return List.copyOf(databases.keySet());
    }

    @Override
    Instant now() {
        return sources.clock().instant();
    }

    // ---- what waits

    /** Whether nothing is under way. */
    boolean isQuiet() {
        return undrained().isEmpty();
    }

    @Override
    List<String> undrained() {
        List<String> waiting = new ArrayList<>();
        databases.forEach((service, database) -> {
            count(
                    waiting,
                    database.getCollection("hospital_messages").countDocuments(eq("status", "received")),
                    "hospital messages of " + service + " that have no outcome yet");
            count(
                    waiting,
                    database.getCollection("journal").countDocuments(eq("sent", false)),
                    "commits of " + service + " that Kafka has not acknowledged");
            newest(database.listCollectionNames().into(new ArrayList<>())).stream()
                    .filter(name -> VERSIONED.matcher(name).matches() && name.contains("deadlines_v"))
                    .forEach(name -> count(
                            waiting,
                            database.getCollection(name)
                                    .countDocuments(and(eq("open", true), lte("dueAt", Date.from(now())))),
                            "deadlines in " + name + " of " + service + " that are due"));
        });
        topics.lags(databases.keySet(), Gathered::newest)
                .forEach((group, lag) -> count(waiting, lag, "records that consumer group " + group + " has not read"));
        if (waiting.isEmpty()) {
            waiting.addAll(deliveriesUnderWay());
        }
        return waiting;
    }

    private List<String> deliveriesUnderWay() {
        forget();
        Map<String, Long> underWay = new TreeMap<>();
        Map<String, String> example = new TreeMap<>();
        for (Deliveries.Delivery delivery : deliveries().all()) {
            if (!delivery.isAtRest(now().plus(AUDITED_WITHIN))) {
                String kind = delivery.channel + " deliveries that are " + delivery.state;
                underWay.merge(kind, 1L, Long::sum);
                example.put(kind, delivery.id);
            }
        }
        return underWay.entrySet().stream()
                .map(each -> each.getValue() + " " + each.getKey() + ", as " + example.get(each.getKey()))
                .toList();
    }

    private static void count(List<String> waiting, long many, String what) {
        if (many > 0) {
            waiting.add(many + " " + what);
        }
    }

    /** Of each name that bears a version, the newest; an older one is another build's. */
    static List<String> newest(List<String> names) {
        Map<String, Integer> newest = new TreeMap<>();
        for (String name : names) {
            Matcher versioned = VERSIONED.matcher(name);
            if (versioned.matches()) {
                newest.merge(versioned.group(1), Integer.parseInt(versioned.group(2)), Math::max);
            }
        }
        return names.stream()
                .filter(name -> {
                    Matcher versioned = VERSIONED.matcher(name);
                    return !versioned.matches()
                            || Integer.parseInt(versioned.group(2)) == newest.getOrDefault(versioned.group(1), 0);
                })
                .sorted()
                .toList();
    }

    // ---- what is written

    @Override
    Stream<Commit> journal(String service) {
        return read(database(service)
                        .getCollection("journal")
                        .find()
                        .sort(Sorts.ascending("stream", "first"))
                        .batchSize(READ_AT_ONCE))
                .map(Gathered::commit);
    }

    private MongoDatabase database(String service) {
        return Objects.requireNonNull(databases.get(service), service);
    }

    private static Commit commit(Document document) {
        List<Commit.Entry> events = new ArrayList<>();
        for (Document event : document.getList("events", Document.class)) {
            events.add(new Commit.Entry(event.getString("type"), event.getString("data")));
        }
        return new Commit(
                document.getString("stream"),
                document.get("first", Number.class).longValue(),
                document.getString("command"),
                events,
                document.getDate("at").toInstant(),
                document.getDate("written").toInstant(),
                document.getBoolean("sent", false));
    }

    @Override
    Stream<Published> published() {
        return topics.read(
                CATALOGUE.families().stream().map(EventCatalogue.Family::topic).toList());
    }

    @Override
    Stream<Folded> folded() {
        return databases.entrySet().stream()
                .flatMap(each -> newest(each.getValue().listCollectionNames().into(new ArrayList<>())).stream()
                        .filter(name -> VERSIONED.matcher(name).matches())
                        .flatMap(name -> folded(each.getKey(), each.getValue(), name)));
    }

    // Rows bear the stream they come from, tallies no sequence: neither is a stream's document.
    private static Stream<Folded> folded(String service, MongoDatabase database, String name) {
        Document first = database.getCollection(name)
                .find()
                .projection(include("_seq", "_stream"))
                .first();
        if (first == null || !first.containsKey("_seq") || first.containsKey("_stream")) {
            return Stream.empty();
        }
        return read(database.getCollection(name)
                        .find()
                        .projection(include("_seq", "_stale", "_unknown", "_missing"))
                        .batchSize(READ_AT_ONCE))
                .map(document -> new Folded(
                        service + " " + name,
                        document.getString("_id"),
                        document.get("_seq", Number.class).longValue(),
                        words(document.get("_stale")),
                        words(document.get("_unknown")),
                        words(document.get("_missing"))));
    }

    private static @Nullable String words(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    @Override
    Stream<Kept> kept() {
        return databases.values().stream()
                .flatMap(database -> read(database.getCollection("hospital_messages")
                                .find()
                                .projection(include("facility", "control", "status", "corrects"))
                                .batchSize(READ_AT_ONCE))
                        .map(document -> new Kept(
                                document.getString("_id"),
                                document.getString("facility"),
                                document.getString("control"),
                                document.getString("status"),
                                document.containsKey("corrects"))));
    }

    @Override
    List<SetAside> setAside() {
        List<SetAside> found = new ArrayList<>();
        databases.forEach((service, database) -> database.getCollection("dead_letters")
                .find(ne("open", false))
                .forEach(letter -> found.add(new SetAside(
                        service,
                        String.valueOf(letter.getString("consumer")),
                        letter.getString("topic") + "-" + letter.get("partition") + "@" + letter.get("offset"),
                        letter.getString("stream"),
                        String.valueOf(letter.getString("reason"))))));
        return found;
    }

    private static Stream<Document> read(FindIterable<Document> found) {
        MongoCursor<Document> cursor = found.iterator();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(cursor, 0), false)
                .onClose(cursor::close);
    }

    // ---- what everybody may read

    @Override
    Stream<Text> texts() {
        List<Ledger.Receipt> receipts = ledger.receipts();
        Stream<Text> told = receipts.stream()
                .map(receipt ->
                        new Text(receipt.way() + " to " + receipt.recipient() + " at " + receipt.at(), receipt.body()));
        Stream<Text> records = Stream.of(topics.names())
                .flatMap(names -> topics.read(names.stream()
                        .filter(name -> name.startsWith("relais."))
                        .toList()))
                .map(record -> new Text(
                        record.where() + ", " + record.headers().getOrDefault("ce_id", "no event"),
                        record.key() + " " + String.join(" ", record.headers().values()) + " "
                                + new String(record.value(), StandardCharsets.UTF_8)));
        return Stream.of(told, records, sources.logs().stream().flatMap(Gathered::lines))
                .flatMap(each -> each);
    }

    private static Stream<Text> lines(Path log) {
        try {
            if (Files.isDirectory(log)) {
                try (Stream<Path> inside = Files.list(log)) {
                    return inside.filter(file -> file.toString().endsWith(".log")).sorted().toList().stream()
                            .flatMap(Gathered::lines);
                }
            }
            AtomicInteger number = new AtomicInteger();
            // A process that was killed may have left half a character, which this reader takes as it is.
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8));
            return reader.lines()
                    .map(line -> new Text(log.getFileName() + ":" + number.incrementAndGet(), line))
                    .onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(log + " cannot be read", e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- what is folded again

    @Override
    List<Rebuilt> rebuilt() {
        if (rebuilt.isEmpty()) {
            sources.operators().forEach((service, operator) -> {
                for (JsonNode view : operator.get("/api/v1/views").ok()) {
                    rebuilt.add(rebuild(service, operator, view.path("name").asString()));
                }
            });
        }
        return rebuilt;
    }

    // A lease that is renewed or a late record may show as a difference once; what stays is one.
    private static Rebuilt rebuild(String service, Api operator, String view) {
        Rebuilt last = new Rebuilt(service, view, 0, List.of("it was not folded"));
        for (int attempt = 0; attempt < REBUILT_AGAIN; attempt++) {
            Optional<Rebuilt> folded = rebuildOnce(service, operator, view);
            last = folded.orElse(last);
            if (folded.isPresent() && last.differences().isEmpty()) {
                return last;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(BETWEEN_REBUILDS.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return last;
            }
        }
        return last;
    }

    private static Optional<Rebuilt> rebuildOnce(String service, Api operator, String view) {
        try {
            Api.Answer answer = operator.post("/api/v1/views/" + view + "/rebuilds");
            if (answer.status() != 200) {
                return Optional.of(new Rebuilt(
                        service,
                        view,
                        0,
                        List.of("the operator was answered " + answer.status() + " " + answer.body())));
            }
            List<String> differences = new ArrayList<>();
            answer.body().path("differences").forEach(difference -> differences.add(difference.asString()));
            return Optional.of(
                    new Rebuilt(service, view, answer.body().path("documents").asLong(), differences));
        } catch (IllegalStateException e) {
            return Optional.of(new Rebuilt(service, view, 0, List.of(String.valueOf(e.getMessage()))));
        }
    }

    // ---- how much

    /** How much there is to look at. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("messages sent", (long) ledger.messages().size());
        counts.put("commands", (long) ledger.commands().size());
        counts.put("receipts", (long) ledger.receipts().size());
        counts.put("faults", (long) ledger.faults().size());
        counts.put("streams", (long) ends().size());
        counts.put("events", ends().values().stream().mapToLong(Long::longValue).sum());
        counts.put(
                "records",
                topics.size(CATALOGUE.families().stream()
                        .map(EventCatalogue.Family::topic)
                        .toList()));
        counts.put("pathways", (long) pathways().all().size());
        counts.put("deliveries", (long) deliveries().all().size());
        counts.put(
                "deliveries for later",
                deliveries().all().stream()
                        .filter(delivery -> delivery.state == Deliveries.State.QUEUED)
                        .count());
        counts.put(
                "deliveries given up",
                deliveries().all().stream()
                        .filter(delivery -> delivery.state == Deliveries.State.GIVEN_UP)
                        .count());
        Set<String> once = new TreeSet<>();
        counts.put(
                "repeats received",
                ledger.receipts().stream()
                        .filter(receipt -> receipt.delivery() != null && receipt.way() != Ledger.Way.SSE)
                        .filter(receipt -> !once.add(receipt.way() + " " + receipt.delivery()))
                        .count());
        return counts;
    }

    @Override
    public void close() {
        topics.close();
        clients.values().forEach(MongoClient::close);
    }
}
