package fr.relais.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoCollection;
import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.TestService.WordRow;
import fr.relais.kit.TestService.Words;
import fr.relais.kit.TestService.WordsProjector;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.kafka.EventSender;
import fr.relais.kit.stream.DeadLetters;
import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.Rebuild;
import fr.relais.kit.view.Tally;
import fr.relais.kit.view.TallyReader;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.MongoDatabaseFactory;

@ParameterizedClass
@MethodSource("choices")
class ViewContractIT {

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    ViewContractIT(MongoChoice choice) {}

    static String run;
    static TestService service;
    static ViewReader<Words> words;
    static ViewReader<WordRow> rows;
    static TallyReader tallies;

    @BeforeParameterizedClassInvocation
    static void start(MongoChoice choice) {
        run = TestService.newRun();
        service = TestService.start(choice, run, "relais.kafka.replay-asked-every=1s");
        Views views = service.get(Views.class);
        words = views.reader(service.get(WordsProjector.class));
        rows = views.reader(WordsProjector.ROWS);
        tallies = views.reader(WordsProjector.TALLIES);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        service.close();
    }

    @Test
    void events_reach_the_view_and_its_rows() {
        service.say(run + "-a", "one");
        service.say(run + "-a", "two");

        Viewed<Words> seen = awaitSequence(run + "-a", 2);
        assertThat(seen.document().words()).containsExactly("one", "two");
        assertThat(seen.stale()).isFalse();
        assertThat(rows.byId(run + "-a#1")).map(row -> row.document().word()).contains("two");
    }

    @Test
    void a_gap_is_marked_and_healed_by_a_replay() {
        String stream = run + "-gap";
        service.say(stream, "one");
        awaitSequence(stream, 1);
        // The second event is in the journal and marked as sent, but Kafka never had it.
        MongoCollection<Document> commits = database().getCollection(Journal.COLLECTION);
        Document lost =
                new Document(commits.find(new Document("stream", stream)).first());
        lost.put("_id", stream + ":2");
        lost.put("first", 2L);
        lost.put("last", 2L);
        lost.put("command", run + "-lost");
        lost.put("sent", true);
        lost.getList("events", Document.class)
                .getFirst()
                .append("id", stream + ":2")
                .append("data", "{\"stay\":\"\",\"pathways\":[\"two\"]}");
        commits.insertOne(lost);

        service.say(stream, "three");

        assertThat(awaitSequence(stream, 3).document().words()).containsExactly("one", "two", "three");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !words.byId(stream).orElseThrow().stale());
    }

    @Test
    void a_repeat_changes_nothing() {
        String stream = run + "-again";
        service.say(stream, "one");
        service.say(stream, "two");
        awaitSequence(stream, 2);
        List<RecordedEvent> events = service.get(Journal.class).read(stream, 0, 10);

        events.forEach(this::send);
        service.say(stream, "three");

        assertThat(awaitSequence(stream, 3).document().words()).containsExactly("one", "two", "three");
    }

    @Test
    void an_unknown_type_moves_the_sequence_on_and_is_kept_by_reference() {
        String stream = run + "-future";
        service.say(stream, "one");
        awaitSequence(stream, 1);
        send(event(stream, 2, "encounter.something-new.v7", "{\"whatever\":1}"));

        Viewed<Words> seen = awaitSequence(stream, 2);

        assertThat(seen.document().words()).containsExactly("one");
        Document stored = database()
                .getCollection("words_v1")
                .find(new Document("_id", stream))
                .first();
        assertThat(stored.getList("_unknown", Document.class).getFirst().getString("type"))
                .isEqualTo("encounter.something-new.v7");
        assertThat(service.get(Views.class).unknown(service.get(WordsProjector.class), 100))
                .isPositive();
    }

    @Test
    void what_an_older_build_beside_this_one_could_not_read_is_read_once_this_build_finds_it() {
        String stream = run + "-left";
        service.say(stream, "one");
        service.say(stream, "two");
        awaitSequence(stream, 2);
        // As a build leaves it that reads the first event and not the second.
        database()
                .getCollection("words_v1")
                .updateOne(
                        new Document("_id", stream),
                        new Document(
                                "$set",
                                new Document("words", List.of("one"))
                                        .append(
                                                "_unknown",
                                                List.of(new Document("sequence", 2L)
                                                        .append("type", typeOf(stream, 2))
                                                        .append("at", "elsewhere")))));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            Document stored = database()
                    .getCollection("words_v1")
                    .find(new Document("_id", stream))
                    .first();
            assertThat(stored.getList("words", String.class)).containsExactly("one", "two");
            assertThat(stored).doesNotContainKeys("_unknown", "_stale");
        });
    }

    private String typeOf(String stream, int sequence) {
        return service.get(Journal.class)
                .read(stream, sequence - 1, 1)
                .getFirst()
                .type();
    }

    @Test
    void one_bad_record_among_many_is_set_aside_alone_and_its_stream_waits() {
        for (int i = 0; i < 40; i++) {
            service.say(run + "-many-" + i, "good");
            if (i == 20) {
                send(event(run + "-bad", 1, "encounter.pathway-unlinked.v1", "{ this is no JSON"));
                send(event(
                        run + "-bad", 2, "encounter.pathway-unlinked.v1", "{\"stay\":\"\",\"pathways\":[\"after\"]}"));
                service.say(run + "-digest", "indigestible");
            }
        }
        for (int i = 0; i < 40; i++) {
            awaitSequence(run + "-many-" + i, 1);
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(deadLetters("words"))
                        .extracting(letter -> letter.getString("stream"))
                        .contains(run + "-bad", run + "-digest"));
        assertThat(deadLetters("words"))
                .filteredOn(letter -> letter.getString("stream").equals(run + "-digest"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.getString("reason")).isEqualTo("this word cannot be digested"));
        assertThat(words.byId(run + "-bad")).isEmpty();
    }

    @Test
    void a_record_that_was_set_aside_is_used_after_a_mend_with_all_that_waited_behind_it() {
        String stream = run + "-mend";
        service.say(stream, "before");
        service.say(stream, "indigestible");
        service.say(stream, "behind");
        DeadLetters deadLetters = service.get(DeadLetters.class);
        DeadLetters.DeadLetter letter = awaitLetter(stream);
        assertThat(awaitSequence(stream, 1).document().words()).containsExactly("before");

        assertItFailsAgain(letter, "it failed again: this word cannot be digested");
        assertThat(words.isPoisoned(stream)).isTrue();
        assertThat(deadLetters.trial(letter))
                .isEqualTo(new DeadLetters.Trial(false, "it failed again: this word cannot be digested"));

        WordsProjector.mended = true;
        try {
            assertThat(deadLetters.trial(letter).works()).isTrue();
            assertThat(words.isPoisoned(stream)).as("a trial changes nothing").isTrue();
            deadLetters.tryAgain(letter, Actor.person("99700900014", null));

            assertThat(awaitSequence(stream, 3).document().words()).containsExactly("before", "indigestible", "behind");
            assertThat(deadLetters.byId(letter.id()).orElseThrow().open()).isFalse();
        } finally {
            WordsProjector.mended = false;
        }
    }

    @Test
    void a_record_whose_document_mongodb_would_refuse_is_set_aside_alone_and_used_after_a_mend() {
        String stream = run + "-huge";
        service.say(stream, "small");
        service.say(stream, "enormous");
        service.say(stream, "behind");
        service.say(run + "-beside", "one");
        awaitSequence(run + "-beside", 1);
        DeadLetters.DeadLetter letter = awaitLetter(stream);

        assertThat(letter.reason()).contains("give the view rows");
        assertThat(awaitSequence(stream, 1).document().words()).containsExactly("small");
        assertThat(words.isPoisoned(stream)).isTrue();
        assertItFailsAgain(letter, "it failed again: " + letter.reason());
        WordsProjector.mended = true;
        try {
            service.get(DeadLetters.class).tryAgain(letter, Actor.person("99700900014", null));
            assertThat(awaitSequence(stream, 3).document().words()).containsExactly("small", "enormous", "behind");
        } finally {
            WordsProjector.mended = false;
        }
        assertThat(tallies.of("word:enormous").count("said")).isEqualTo(1);
    }

    @Test
    void an_unreadable_record_stays_set_aside_until_the_journal_has_sent_it_again() {
        String stream = run + "-garbled";
        service.say(stream, "before");
        awaitSequence(stream, 1);
        send(event(stream, 2, "encounter.pathway-unlinked.v1", "{ this is no JSON"));
        DeadLetters.DeadLetter letter = awaitLetter(stream, "words");

        assertItFailsAgain(letter, "it failed again: " + letter.reason());
        assertThat(words.isPoisoned(stream)).isTrue();

        service.say(stream, "readable");
        assertThat(awaitSequence(stream, 2).document().words()).containsExactly("before", "readable");
        service.get(DeadLetters.class).tryAgain(letter, Actor.person("99700900014", null));
        assertThat(service.get(DeadLetters.class)
                        .byId(letter.id())
                        .orElseThrow()
                        .open())
                .isFalse();
        assertThat(words.byId(stream).orElseThrow().stale()).isFalse();
    }

    @Test
    void a_dismissed_record_is_passed_over_and_its_view_says_that_it_misses_it() {
        String stream = run + "-dismiss";
        service.say(stream, "before");
        service.say(stream, "indigestible");
        service.say(stream, "behind");
        DeadLetters.DeadLetter letter = awaitLetter(stream);

        service.get(DeadLetters.class).dismiss(letter, Actor.person("99700900014", null), "typed by mistake");

        Viewed<Words> seen = awaitSequence(stream, 3);
        assertThat(seen.document().words()).containsExactly("before", "behind");
        assertThat(seen.stale()).isTrue();
        assertThat(words.isPoisoned(stream)).isFalse();
        assertThatThrownBy(() -> service.get(DeadLetters.class).tryAgain(letter, Actor.person("99700900014", null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it was dismissed: the view goes on without it");
        assertThat(service.get(Views.class).missing(service.get(WordsProjector.class), 100))
                .isPositive();
        // What was given up stays given up when the view is folded again.
        assertThat(service.get(Views.class)
                        .rebuild(service.get(WordsProjector.class))
                        .differences())
                .noneMatch(difference -> difference.contains(stream));
    }

    @Test
    void tallies_count_over_all_streams_what_is_so_now() {
        String word = run + "-counted";
        service.say(run + "-tally-a", word);
        service.say(run + "-tally-b", word);
        awaitSequence(run + "-tally-a", 1);
        awaitSequence(run + "-tally-b", 1);
        service.get(Journal.class).read(run + "-tally-a", 0, 10).forEach(this::send);
        service.say(run + "-tally-a", "more");
        awaitSequence(run + "-tally-a", 2);

        assertThat(tallies.of("word:" + word).count("said")).isEqualTo(2);
        assertThat(tallies.of("word:never-said").counters()).isEmpty();
        assertThat(tallies.page("word:" + run + "-c", null, 10).items())
                .extracting(Tally::key)
                .containsExactly("word:" + word);
        Tally all = tallies.of("all");
        assertThat(all.count("words")).isGreaterThanOrEqualTo(3);
        assertThat(all.histogram(WordsProjector.LENGTHS).total()).isEqualTo(all.count("words"));
    }

    @Test
    void pages_of_tallies_follow_each_other_without_loss_or_repeat() {
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            said.add(run + "-t" + i);
            service.say(run + "-tallies-" + i, said.getLast());
            service.say(run + "-tallies-again-" + i, said.getLast());
        }
        for (int i = 0; i < 5; i++) {
            awaitSequence(run + "-tallies-" + i, 1);
            awaitSequence(run + "-tallies-again-" + i, 1);
        }
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = tallies.page("word:" + run + "-t", cursor, 2);
            page.items().forEach(tally -> {
                assertThat(tally.count("said")).isEqualTo(2);
                read.add(tally.key().substring("word:".length()));
            });
            cursor = page.next();
        } while (cursor != null);
        assertThat(read).isEqualTo(said);
    }

    @Test
    void a_reaction_says_it_once_on_the_other_stream_with_the_same_trace() {
        String other = run + "-other";
        service.say(run + "-echo", "echo:" + other + ":heard");

        awaitSequence(other, 1);
        List<RecordedEvent> events = service.get(Journal.class).read(run + "-echo", 0, 10);
        events.forEach(this::send);
        service.say(other, "after");
        awaitSequence(other, 2);
        assertThat(service.get(Journal.class).read(other, 0, 10))
                .hasSize(2)
                .first()
                .satisfies(event -> {
                    assertThat(event.causation()).isEqualTo(run + "-echo:1");
                    assertThat(event.traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c");
                    assertThat(event.actor()).isEqualTo(Actor.system("echo"));
                });
    }

    @Test
    void a_record_that_a_reaction_set_aside_is_reacted_to_after_a_mend_and_once_however_often_it_comes() {
        String stream = run + "-muted";
        String other = run + "-unmuted";
        service.say(stream, "echo:" + other + ":unsayable");
        DeadLetters deadLetters = service.get(DeadLetters.class);
        DeadLetters.DeadLetter letter = awaitLetter(stream);
        Actor operator = Actor.person("99700900014", null);
        assertThat(letter.consumer()).isEqualTo("echo");

        assertThatThrownBy(() -> deadLetters.tryAgain(letter, operator))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("it failed again: this word cannot be said");
        assertThat(deadLetters.byId(letter.id()).orElseThrow().open()).isTrue();

        WordsProjector.mended = true;
        try {
            deadLetters.tryAgain(letter, operator);
            assertThat(deadLetters.byId(letter.id()).orElseThrow().open()).isFalse();
            deadLetters.tryAgain(letter, operator);
            service.get(Journal.class).read(stream, 0, 10).forEach(this::send);
            service.say(stream, "echo:" + other + ":after");
            awaitSequence(other, 2);
        } finally {
            WordsProjector.mended = false;
        }
        assertThat(service.words().load(other).state()).containsExactly("unsayable", "after");
        assertThat(database()
                        .getCollection(Journal.COLLECTION)
                        .countDocuments(new Document("command", stream + ":1/echo")))
                .isEqualTo(1);
    }

    @Test
    void deadlines_that_are_leased_while_their_view_folds_hold_up_neither() {
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < 10; i++) {
                service.say(run + "-leased-" + i, "due:2020-01-01T00:00:%02dZ".formatted(round));
            }
        }

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            for (int i = 0; i < 10; i++) {
                assertThat(service.words().load(run + "-leased-" + i).state())
                        .filteredOn(word -> word.startsWith("done:"))
                        .hasSize(10);
            }
        });
        awaitSequence(run + "-leased-9", 20);
    }

    @Test
    void pages_follow_each_other_without_loss_or_repeat() {
        for (int i = 0; i < 7; i++) {
            service.say(run + "-page", "p" + i % 3 + "-" + i);
        }
        awaitSequence(run + "-page", 7);
        List<String> read = new ArrayList<>();
        String cursor = null;
        do {
            var page = rows.page(PageQuery.where(new Document("stream", run + "-page"))
                    .sortedBy("-word")
                    .after(cursor)
                    .limit(3));
            page.items().forEach(row -> read.add(row.document().word()));
            cursor = page.next();
        } while (cursor != null);
        assertThat(read).containsExactly("p2-5", "p2-2", "p1-4", "p1-1", "p0-6", "p0-3", "p0-0");
    }

    @Test
    void a_rebuilt_view_equals_the_live_one() {
        service.say(run + "-rebuild", "one");
        service.say(run + "-rebuild", "due:2020-01-01T00:00:00Z");
        awaitSequence(run + "-rebuild", 3);

        Rebuild rebuild = service.get(Views.class).rebuild(service.get(WordsProjector.class));

        assertThat(rebuild.differences()).isEmpty();
        assertThat(rebuild.documents()).isPositive();

        WordsProjector projector = service.get(WordsProjector.class);
        service.get(Views.class).beginRebuild(projector);
        Views.Rebuilding ended = await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> service.get(Views.class).rebuilding(projector).orElseThrow(),
                        state -> state.ended() != null);
        assertThat(ended.records()).isPositive();
        assertThat(ended.differences()).isZero();
        assertThat(ended.failure()).isNull();
    }

    private Viewed<Words> awaitSequence(String stream, long sequence) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> words.byId(stream),
                        seen -> seen.isPresent() && seen.get().sequence() >= sequence)
                .orElseThrow();
    }

    private void assertItFailsAgain(DeadLetters.DeadLetter letter, String how) {
        DeadLetters deadLetters = service.get(DeadLetters.class);
        assertThatThrownBy(() -> deadLetters.tryAgain(letter, Actor.person("99700900014", null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(how);
        assertThat(deadLetters.byId(letter.id()).orElseThrow().open()).isTrue();
    }

    private DeadLetters.DeadLetter awaitLetter(String stream) {
        return awaitLetter(stream, "");
    }

    private DeadLetters.DeadLetter awaitLetter(String stream, String consumer) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> service.get(DeadLetters.class).page(true, null, 100).items().stream()
                                .filter(each -> stream.equals(each.stream())
                                        && each.consumer().startsWith(consumer))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private List<Document> deadLetters(String consumer) {
        return database()
                .getCollection(DeadLetters.COLLECTION)
                .find(new Document("consumer", consumer))
                .into(new ArrayList<>());
    }

    private com.mongodb.client.MongoDatabase database() {
        return service.get(MongoDatabaseFactory.class).getMongoDatabase();
    }

    private void send(RecordedEvent event) {
        service.get(EventSender.class).send(EventCatalogue.standard(), event).join();
    }

    private RecordedEvent event(String stream, long sequence, String type, String json) {
        return new RecordedEvent(
                RecordedEvent.idOf(stream, sequence),
                type,
                stream,
                sequence,
                service.get(RelaisClock.class).instant(),
                "test",
                Actor.system("test"),
                null,
                null,
                new Content.Unknown(json.getBytes(StandardCharsets.UTF_8)));
    }
}
