package fr.relais.kit.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import fr.relais.events.Actor;
import fr.relais.events.CloudEventHeaders;
import fr.relais.events.Content;
import fr.relais.events.DomainEvent;
import fr.relais.events.EncounterEvent;
import fr.relais.events.EncounterEvent.PathwayUnlinked;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.time.RelaisClock;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A view of desks, of which no two may bear the same label: MongoDB refuses what no size or mapping shows beforehand. */
class RefusedDocumentIT {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final Tallies<Desk> TALLIES =
            new Tallies<>("desk_tallies", 1, desk -> List.of(new Share("all", "moves", desk.moves())));

    record Desk(String id, String label, long moves) {}

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void a_document_that_mongodb_refuses_stops_its_stream_alone_and_is_counted_once(MongoChoice choice) {
        String name = "refused_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (MongoClient client = MongoClients.create(choice.shared().uri(name))) {
            MongoDatabase database = client.getDatabase(name);
            Projection<Desk> desks = desks(database);
            desks.apply(List.of(moved("a", 1, "window", 0)));

            List<Incoming> batch =
                    List.of(moved("b", 1, "door", 1), moved("b", 2, "window", 2), moved("c", 1, "stairs", 3));
            desks.apply(batch);
            desks.apply(batch);
            desks.apply(List.of(moved("b", 3, "roof", 4)));

            ViewReader<Desk> reader =
                    new ViewReader<>(database, "desks_v1", ViewConfiguration.viewConverter(), Desk.class);
            assertThat(reader.byId("b").orElseThrow().document().label()).isEqualTo("door");
            assertThat(reader.isPoisoned("b")).isTrue();
            assertThat(reader.byId("c").orElseThrow().document().label()).isEqualTo("stairs");

            desks.apply(List.of(moved("a", 2, "cellar", 5)));
            desks.tryAgain(moved("b", 2, "window", 6).record());
            desks.apply(List.of(moved("b", 2, "window", 6), moved("b", 3, "roof", 7)));

            assertThat(reader.byId("b").orElseThrow().document().label()).isEqualTo("roof");
            assertThat(reader.byId("b").orElseThrow().stale()).isFalse();
            TallyReader tallies = new TallyReader(database, "desk_tallies_v1");
            assertThat(tallies.of("all").counters()).isEqualTo(Map.of("moves", 6L));
            database.drop();
        }
    }

    private static Projection<Desk> desks(MongoDatabase database) {
        return new Projection<>(
                new Desks(),
                "",
                database,
                Together.never(),
                ViewConfiguration.viewConverter(),
                EventCatalogue.standard(),
                new RelaisClock(null),
                null,
                null,
                changes -> {},
                topic -> "first-made");
    }

    private static Incoming moved(String desk, long sequence, String label, long offset) {
        EventCatalogue catalogue = EventCatalogue.standard();
        PathwayUnlinked moved = new PathwayUnlinked(label);
        RecordedEvent event = new RecordedEvent(
                RecordedEvent.idOf(desk, sequence),
                "encounter.pathway-unlinked.v1",
                desk,
                sequence,
                Instant.parse("2026-11-02T10:00:00Z"),
                "test",
                Actor.system("test"),
                null,
                null,
                new Content.Known(moved));
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(catalogue.topicOf(event.type()), 0, offset, desk, catalogue.encode(moved));
        CloudEventHeaders.of(event).forEach(record.headers()::add);
        return Incoming.read(catalogue, record);
    }

    private static final class Desks implements Projector<Desk> {
        @Override
        public String name() {
            return "desks";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Class<Desk> document() {
            return Desk.class;
        }

        @Override
        public Set<Class<? extends DomainEvent>> families() {
            return Set.of(EncounterEvent.class);
        }

        @Override
        public Desk fold(@Nullable Desk desk, RecordedEvent event) {
            PathwayUnlinked moved = (PathwayUnlinked) event.event().orElseThrow();
            return new Desk(event.stream(), moved.pathways().getFirst(), desk == null ? 1 : desk.moves() + 1);
        }

        @Override
        public List<ViewIndex> indexes() {
            return List.of(ViewIndex.on("label").asUnique());
        }

        @Override
        public List<Tallies<Desk>> tallies() {
            return List.of(TALLIES);
        }
    }
}
