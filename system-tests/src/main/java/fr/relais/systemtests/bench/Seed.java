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
import java.util.regex.Pattern;
import org.bson.Document;

/**
 * Many pathways that are already there: copies of some that were really opened, under ids of their own. Their commits in
 * the journal (as sent), their rows in the views of pathways and their deliveries are written straight into the stores,
 * without Kafka: what is measured afterwards is how they are read, and what they make of the work of others.
 */
final class Seed implements AutoCloseable {

    private static final int PROTOTYPES = 20;
    private static final int CREWS = 5;
    private static final int BATCH = 1_000;
    private static final Pattern VIEWS = Pattern.compile("(pathways|handoffs|work)_v\\d+");
    private static final Pattern DELIVERIES = Pattern.compile("deliveries_v\\d+");

    private final List<Crew> crews;
    private final List<String> prototypes;
    private final MongoClient pathways;
    private final MongoClient notifications;
    /** Copies bear numbers from here on, so that two that are seeded in one run do not meet. */
    private final int first;

    private int copies;

    private Seed(
            int first, List<Crew> crews, List<String> prototypes, MongoClient pathways, MongoClient notifications) {
        this.first = first;
        this.crews = crews;
        this.prototypes = prototypes;
        this.pathways = pathways;
        this.notifications = notifications;
    }

    /** Opens the pathways that are copied, for patients from this number on. */
    static Seed of(Stand stand, int firstPatient) {
        Patients.send(firstPatient, firstPatient + PROTOTYPES, stand.mllpPort());
        List<Crew> crews = Crew.of(CREWS + 70, stand.issuer().tokens()).subList(70, CREWS + 70);
        List<String> prototypes = new ArrayList<>();
        try (Hooks hooks = Hooks.start();
                Wire wire = new Wire(stand.pathwayPort());
                Lags lags = new Lags(stand.stack().bootstrapServers())) {
            WorkUnit unit = new WorkUnit(stand, hooks, crews, firstPatient, PROTOTYPES);
            for (int i = 0; i < PROTOTYPES; i++) {
                prototypes.add(unit.open(wire, crews.get(i % CREWS), i % 3));
            }
            Work.drain(lags);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new Seed(
                firstPatient * 1_000,
                crews,
                prototypes,
                MongoClients.create(stand.stack().mongoUri("relais_pathway")),
                MongoClients.create(stand.stack().mongoUri("relais_notification")));
    }

    List<Crew> crews() {
        return crews;
    }

    List<String> prototypes() {
        return List.copyOf(prototypes);
    }

    String prototype() {
        return prototypes.getFirst();
    }

    int handoffs() {
        return (PROTOTYPES + copies) * WorkUnit.NOTICES;
    }

    /** Copies until there are so many pathways, and returns how many seconds that took. */
    double copyTo(int number) {
        long begun = System.nanoTime();
        int until = Math.max(copies, number - PROTOTYPES);
        MongoDatabase of = pathways.getDatabase("relais_pathway");
        for (String name : names(of, VIEWS)) {
            copy(of.getCollection(name), name.startsWith("pathways") ? "_id" : "_stream", until);
        }
        copy(of.getCollection("journal"), "stream", until);
        MongoDatabase told = notifications.getDatabase("relais_notification");
        for (String name : names(told, DELIVERIES)) {
            copy(told.getCollection(name), "pathway", until);
        }
        copies = until;
        return (System.nanoTime() - begun) / 1e9;
    }

    private static List<String> names(MongoDatabase database, Pattern wanted) {
        return database.listCollectionNames().into(new ArrayList<>()).stream()
                .filter(name -> wanted.matcher(name).matches())
                .toList();
    }

    private void copy(MongoCollection<Document> collection, String field, int until) {
        Map<String, List<Document>> models = new LinkedHashMap<>();
        for (String prototype : prototypes) {
            models.put(
                    prototype, collection.find(new Document(field, prototype)).into(new ArrayList<>()));
        }
        List<Document> batch = new ArrayList<>();
        for (int n = copies; n < until; n++) {
            String prototype = prototypes.get(n % prototypes.size());
            for (Document model : models.getOrDefault(prototype, List.of())) {
                batch.add(Seed.copy(model, prototype, first + n));
            }
            if (batch.size() >= BATCH || n == until - 1) {
                stopIfInterrupted();
                if (!batch.isEmpty()) {
                    collection.insertMany(batch, new InsertManyOptions().ordered(false));
                }
                batch = new ArrayList<>();
            }
        }
    }

    /** A copy whose pathway bears the id of that number; ids that do not name the pathway get a suffix. */
    static Document copy(Document model, String prototype, int number) {
        String from = prototype.substring("pathway-".length());
        Document copy = (Document) renamed(model, from, id(number));
        for (String unique : List.of("_id", "command")) {
            if (copy.get(unique) instanceof String text && text.equals(model.get(unique))) {
                copy.put(unique, text + "." + number);
            }
        }
        if (copy.containsKey("sent")) {
            copy.put("sent", true);
        }
        return copy;
    }

    static String id(int number) {
        return new UUID(0x0198_0000_0000_7000L + ((long) number << 20), 0x8000_0000_0000_0000L + number).toString();
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

    private static void stopIfInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("the time is up");
        }
    }

    @Override
    public void close() {
        pathways.close();
        notifications.close();
    }
}
