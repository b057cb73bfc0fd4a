package fr.relais.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.kit.page.Page;
import fr.relais.localstack.LocalStack;
import fr.relais.localstack.MongoChoice;
import fr.relais.notification.application.ToldList;
import fr.relais.notification.view.NotificationViews;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Among many notices every query is read from an index and examines little more than it returns. Say
 * {@code -Drelais.rows=100000} for as many as a large territory has; explaining takes a second a query then.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationQueriesIT {

    private static final int MANY = Math.max(20_000, Integer.getInteger("relais.rows", 0));
    private static final int PEOPLE = MANY / 200;
    private static final Set<String> OUR_WORDS = Set.of("lsid", "$db", "$clusterTime", "$readPreference", "txnNumber");

    private final Random random = new Random(7);
    private final List<BsonDocument> asked = new CopyOnWriteArrayList<>();
    private ConfigurableApplicationContext service;
    private MongoDatabase database;
    private volatile boolean listening;

    @BeforeAll
    void fill() {
        assumeTrue(
                MongoChoice.MONGOD.isHere() || MongoChoice.ADDRESS.isHere(),
                "SKIPPED: no mongod here, and only that shows what a query examines");
        service = new SpringApplicationBuilder(NotificationApplication.class)
                .profiles("development")
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(
                                MongoClientSettingsBuilderCustomizer.class,
                                () -> settings -> settings.addCommandListener(listener())))
                .run(
                        "--spring.application.name=notification-queries",
                        "--spring.mongodb.uri=" + LocalStack.shared().freshMongoUri(),
                        "--spring.kafka.bootstrap-servers="
                                + LocalStack.shared().bootstrapServers(),
                        "--server.port=0",
                        "--management.server.port=0",
                        "--spring.main.banner-mode=off");
        database = service.getBean(MongoDatabaseFactory.class).getMongoDatabase();
        insert("deliveries_v4", MANY, this::delivery);
        insert("members_v1", MANY / 5, this::member);
        insert("told", MANY / 5, this::told);
        insert("days_v1", MANY / 5, this::day);
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void every_query_is_read_from_an_index_and_examines_little_more_than_it_returns() {
        NotificationViews views = service.getBean(NotificationViews.class);
        ToldList told = service.getBean(ToldList.class);
        Set<String> alone = Set.of("person:6");
        Set<String> ward = Set.of("person:8", "structure:9", "structure:11");

        listening = true;
        pages(after -> views.inbox(alone, null, false, after, 20));
        pages(after -> views.inbox(alone, null, true, after, 20));
        pages(after -> views.inbox(ward, null, false, after, 20));
        pages(after -> views.inbox(ward, null, true, after, 20));
        for (Priority priority : Priority.values()) {
            pages(after -> views.inbox(alone, priority, false, after, 20));
            pages(after -> views.inbox(alone, priority, true, after, 20));
            pages(after -> views.inbox(ward, priority, false, after, 20));
            pages(after -> views.inbox(ward, priority, true, after, 20));
        }
        assertThat(views.unread(alone, Priority.KNOW, 101)).isPositive();
        assertThat(views.unread(ward, Priority.ACT_NOW, 20)).isEqualTo(20);
        assertThat(views.inTroubleTo("person:6", Channel.WEBHOOK)).isNotEmpty();
        pages(after -> views.exceeded(after, 20));
        assertThat(views.profession("77")).contains("60");
        pages(after -> views.inTrouble("failed", after, 20));
        pages(after -> views.inTrouble("given-up", after, 20));
        assertThat(views.members("77", "60")).isNotEmpty();
        assertThat(told.ofHandoff("handoff-77")).isNotEmpty();
        assertThat(told.ofStep("pathway-77", "step-2")).isNotEmpty();
        assertThat(told.ofPathway("pathway-77")).isNotEmpty();
        listening = false;

        assertThat(asked).hasSizeGreaterThan(20);
        for (BsonDocument command : asked) {
            Document explained =
                    database.runCommand(new Document("explain", command).append("verbosity", "executionStats"));
            Document stats = stats(explained);
            int returned = Math.max(stats.getInteger("nReturned", 0), 1);
            // The plan that ran; those that were weighed and rejected do not matter.
            String plan = stats.toJson();
            assertThat(plan).as(command.toJson()).contains("IXSCAN").doesNotContain("COLLSCAN");
            assertThat(plan).as(command.toJson()).doesNotContain("\"SORT\"");
            assertThat(number(stats, "totalKeysExamined"))
                    .as(command.toJson() + " returned " + returned)
                    .isLessThanOrEqualTo(10L * returned + 20);
        }
    }

    private static Document stats(Document explained) {
        Document stats = explained.get("executionStats", Document.class);
        if (stats != null) {
            return stats;
        }
        Document cursor = explained.getList("stages", Document.class).getFirst().get("$cursor", Document.class);
        return cursor.get("executionStats", Document.class);
    }

    private static long number(Document stats, String field) {
        return ((Number) stats.get(field)).longValue();
    }

    private static void pages(Function<String, Page<?>> list) {
        Page<?> page = list.apply(null);
        assertThat(page.items()).isNotEmpty();
        for (int n = 0; n < 2 && page.next() != null; n++) {
            page = list.apply(page.next());
        }
    }

    private CommandListener listener() {
        return new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                boolean ours = event.getCommandName().equals("find")
                        && Set.of("deliveries_v4", "members_v1", "told", "days_v1")
                                .contains(event.getCommand().getString("find").getValue());
                if (listening && ours && !event.getCommand().toJson().contains("_stale")) {
                    // The driver uses the command's buffer again: take a copy of it.
                    BsonDocument command = BsonDocument.parse(event.getCommand().toJson());
                    OUR_WORDS.forEach(command::remove);
                    asked.add(command);
                }
            }
        };
    }

    private void insert(String collection, int many, IntFunction<Document> document) {
        for (int from = 0; from < many; from += 4000) {
            database.getCollection(collection)
                    .insertMany(
                            IntStream.range(from, Math.min(many, from + 4000))
                                    .mapToObj(document)
                                    .toList(),
                            new InsertManyOptions().ordered(false));
        }
    }

    private Document delivery(int n) {
        boolean inbox = n % 3 > 0;
        Date at = Date.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(10_000_000)));
        int who = random.nextInt(PEOPLE);
        Document delivery = new Document("_id", "delivery-" + n)
                .append("recipient", (who % 2 == 0 ? "person:" : "structure:") + who)
                .append("channel", inbox ? "INBOX" : "WEBHOOK")
                .append("notice", "OFFER")
                .append("priority", Priority.values()[random.nextInt(3)].name())
                .append("cause", "pathway-1:" + n)
                .append("pathway", "pathway-" + n)
                .append("digest", false)
                .append("count", 1)
                .append("queuedAt", at)
                .append("status", "DELIVERED")
                .append("attempts", 1)
                .append("changedAt", at)
                .append("shown", inbox)
                .append("unread", inbox && random.nextBoolean())
                .append("_seq", 3L);
        if (n % 50 == 0 || n % 51 == 0) {
            delivery.append("trouble", n % 100 == 0 ? "failed" : "given-up");
        }
        return delivery;
    }

    private Document member(int n) {
        List<String> structures = new ArrayList<>();
        structures.add(Integer.toString(n % 800));
        return new Document("_id", "professional-" + n)
                .append("professional", Integer.toString(n))
                .append("profession", n % 2 == 0 ? "10" : "60")
                .append("structures", structures)
                .append("_seq", 1L);
    }

    private Document day(int n) {
        return new Document("_id", "day-" + n)
                .append("reader", "person:" + n % PEOPLE)
                .append("day", "2026-01-01")
                .append("offers", 1)
                .append("pushes", 1)
                .append("digested", 1)
                .append("listed", 1)
                .append("overBudget", 0)
                .append("exceeded", n % 40 == 0)
                .append(
                        "changedAt",
                        Date.from(Instant.parse("2026-01-01T00:00:00Z").plusSeconds(n)))
                .append("_seq", 1L);
    }

    private Document told(int n) {
        return new Document("_id", "told-" + n)
                .append("delivery", "delivery-" + n)
                .append("recipient", "person:" + n)
                .append("channel", "INBOX")
                .append("notice", "OFFER")
                .append("cause", "pathway-1:" + n)
                .append("pathway", "pathway-" + n % 800)
                .append("step", "step-" + (n / 800 + 1))
                .append("handoff", "handoff-" + n % 1_200);
    }
}
