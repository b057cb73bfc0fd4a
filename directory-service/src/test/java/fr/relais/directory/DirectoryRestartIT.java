package fr.relais.directory;

import static fr.relais.directory.view.Handoff.recorded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.directory.application.Professionals;
import fr.relais.directory.application.Structures;
import fr.relais.directory.domain.Entries;
import fr.relais.events.Actor;
import fr.relais.events.CandidateEvent.Candidate;
import fr.relais.events.CandidateEvent.Ranked;
import fr.relais.events.CloudEventHeaders;
import fr.relais.events.Content;
import fr.relais.events.DirectoryEvent.ProfessionalListed;
import fr.relais.events.DirectoryEvent.StructureListed;
import fr.relais.events.DirectoryEvent.StructureType;
import fr.relais.events.EventCatalogue;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.StepSeeksSomeone;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.Ids;
import fr.relais.localstack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What a directory owes that has to fill its views first. */
class DirectoryRestartIT {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String FAR_AWAY = "97502";

    @Test
    void a_directory_whose_views_are_empty_fills_them_before_it_answers_that_there_is_nobody() {
        LocalStack.shared().startBoth();
        var nurse = Entries.nurse(Entries.rpps(70_001), Entries.finess(70_001));
        try (var before = start("directory-before")) {
            before.getBean(Structures.class)
                    .describe(
                            context(),
                            new StructureListed(
                                    Entries.finess(70_001),
                                    StructureType.CABINET,
                                    "CABINET DE LOIN",
                                    FAR_AWAY,
                                    List.of(FAR_AWAY),
                                    List.of()),
                            null);
            before.getBean(Professionals.class)
                    .describe(
                            context(),
                            new ProfessionalListed(
                                    nurse.id(),
                                    nurse.profession(),
                                    nurse.name(),
                                    nurse.specialties(),
                                    nurse.structures(),
                                    List.of(FAR_AWAY),
                                    List.of()),
                            null);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Topic.events("relais.directory").stream()
                                    .map(RecordedEvent::stream)
                                    .filter(stream ->
                                            stream.contains(nurse.id()) || stream.contains(Entries.finess(70_001)))
                                    .distinct()
                                    .count()
                            == 2);
        }
        askedWhileNobodyRuns(recorded(
                "pathway-restart",
                1,
                new StepSeeksSomeone("first-visit", "search-1", "60", null, FAR_AWAY, NOON, List.of(), List.of())));

        try (var after = start("directory-after")) {
            assertThat(after.isRunning()).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> !answers().isEmpty());
            assertThat(answers()).hasSize(1);
            assertThat(answers().getFirst().candidates())
                    .extracting(Candidate::party)
                    .containsExactly(Party.structure(Entries.finess(70_001)));
        }
    }

    private static ConfigurableApplicationContext start(String name) {
        return new SpringApplicationBuilder(DirectoryApplication.class)
                .run(
                        "--spring.application.name=" + name,
                        "--spring.mongodb.uri=" + LocalStack.shared().freshMongoUri(),
                        "--spring.kafka.bootstrap-servers="
                                + LocalStack.shared().bootstrapServers(),
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--management.server.port=0");
    }

    private static CommandContext context() {
        return new CommandContext(Ids.random("test"), null, Actor.system("test"), NOON, null, null);
    }

    private static void askedWhileNobodyRuns(RecordedEvent event) {
        try (var kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", (Object) LocalStack.shared().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            EventCatalogue catalogue = EventCatalogue.standard();
            var record = new ProducerRecord<>(
                    catalogue.topicOf(event.type()),
                    event.stream(),
                    catalogue.encode(((Content.Known) event.content()).event()));
            CloudEventHeaders.of(event).forEach(record.headers()::add);
            kafka.send(record);
        }
    }

    private static List<Ranked> answers() {
        return Topic.events("relais.candidates").stream()
                .map(event -> (Ranked) event.event().orElseThrow())
                .filter(ranked -> ranked.pathway().equals("pathway-restart"))
                .toList();
    }
}
