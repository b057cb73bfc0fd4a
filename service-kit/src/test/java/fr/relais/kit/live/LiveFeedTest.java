package fr.relais.kit.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.SignalType;

class LiveFeedTest {

    private static final Set<String> ANNE = Set.of("person:anne", "structure:990000010#60");
    private static final Set<String> BERT = Set.of("person:bert");

    private final LiveFeed feed = feed(10, 16, 100);
    private final List<Page> pages = new CopyOnWriteArrayList<>();

    private static LiveFeed feed(int remembered, int buffer, int subscribers) {
        return new LiveFeed(
                new LiveProperties(remembered, Duration.ofMillis(50), subscribers, buffer, Duration.ofMillis(50)));
    }

    /** An open page: what it has been told, in words. */
    private final class Page extends BaseSubscriber<ServerSentEvent<LiveMessage>> {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final boolean reads;
        private volatile boolean ended;

        private Page(LiveFeed feed, Set<String> audience, @Nullable String lastEventId, boolean reads) {
            this.reads = reads;
            feed.subscribe(audience, lastEventId).subscribe(this);
            pages.add(this);
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            if (reads) {
                requestUnbounded();
            }
        }

        @Override
        protected void hookOnNext(ServerSentEvent<LiveMessage> event) {
            told.add(
                    event.data() == null
                            ? "beat" + (event.id() == null ? "" : "@" + event.id())
                            : event.data().kind() + event.data().id() + "@" + event.id());
        }

        @Override
        protected void hookFinally(SignalType type) {
            ended = true;
        }

        private void hears(String... told) {
            await().untilAsserted(() -> assertThat(this.told).containsExactly(told));
        }
    }

    @AfterEach
    void close() {
        pages.forEach(BaseSubscriber::dispose);
    }

    private Page page(Set<String> audience, @Nullable String lastEventId) {
        return new Page(feed, audience, lastEventId, true);
    }

    private static void tell(LiveFeed feed, long offset, String who) {
        feed.told(new Told(offset, new Change("handoff", "h" + offset, Set.of("person:" + who), Map.of("a", "b"))));
    }

    private void starts() {
        feed.startsAt(0);
        feed.caughtUp();
    }

    @Test
    void a_page_hears_what_concerns_it_and_nothing_else() {
        starts();
        Page anne = page(ANNE, null);
        Page bert = page(BERT, null);

        tell(feed, 0, "anne");
        tell(feed, 1, "bert");
        feed.told(new Told(
                2,
                new Change("pathway", "p2", Set.of("structure:990000010#60", "person:anne", "person:bert"), Map.of())));

        anne.hears("ready@-1", "handoffh0@0", "pathwayp2@2");
        bert.hears("ready@-1", "handoffh1@1", "pathwayp2@2");
    }

    @Test
    void a_page_that_comes_back_hears_what_it_missed() {
        starts();
        for (int i = 0; i < 6; i++) {
            tell(feed, i, i % 2 == 0 ? "anne" : "bert");
        }

        page(ANNE, "1").hears("handoffh2@2", "handoffh4@4", "ready@5");
        page(ANNE, "5").hears("ready@5");
    }

    @Test
    void what_is_forgotten_or_was_never_said_begins_with_a_reset() {
        starts();
        for (int i = 0; i < 30; i++) {
            tell(feed, i, "anne");
        }

        page(ANNE, "3").hears("reset@29");
        page(ANNE, "nonsense").hears("reset@29");
        page(ANNE, "19").hears("reset@29");
        page(ANNE, "25").hears("handoffh26@26", "handoffh27@27", "handoffh28@28", "handoffh29@29", "ready@29");
    }

    @Test
    void a_page_that_another_instance_told_more_waits_until_this_one_has_read_it() {
        starts();
        tell(feed, 0, "anne");
        Page ahead = page(ANNE, "2");

        tell(feed, 1, "anne");
        tell(feed, 2, "anne");
        tell(feed, 3, "anne");

        ahead.hears("ready@2", "handoffh3@3");
    }

    @Test
    void a_page_that_knows_a_place_which_never_comes_is_reset() {
        starts();
        Page lost = page(ANNE, "99");

        await().untilAsserted(() -> {
            feed.tick();
            assertThat(lost.told).contains("reset@-1");
        });
        tell(feed, 0, "anne");
        await().untilAsserted(() -> assertThat(lost.told).contains("handoffh0@0"));
    }

    @Test
    void nobody_is_told_anything_before_the_topic_has_been_read() {
        feed.startsAt(40);
        Page early = page(ANNE, null);
        Page resumed = page(ANNE, "40");
        tell(feed, 40, "anne");
        tell(feed, 41, "anne");
        assertThat(early.told).isEmpty();

        feed.caughtUp();

        early.hears("ready@41");
        resumed.hears("handoffh41@41", "ready@41");
    }

    @Test
    void silence_is_broken_by_heartbeats_that_move_the_page_on() {
        starts();
        Page anne = page(ANNE, null);
        tell(feed, 0, "bert");
        tell(feed, 1, "bert");

        await().untilAsserted(() -> {
            feed.tick();
            assertThat(anne.told).contains("beat@1");
        });
    }

    @Test
    void a_page_that_does_not_keep_up_is_ended_and_forgotten() {
        starts();
        Page stuck = new Page(feed, ANNE, null, false);
        Page reads = page(ANNE, null);

        for (int i = 0; i < 100; i++) {
            tell(feed, i, "anne");
            int told = i + 2;
            await().until(() -> reads.told.size() == told);
        }

        assertThat(feed.subscribers()).isEqualTo(1);
        assertThat(feed.dropped()).isEqualTo(1);
        assertThat(reads.ended).isFalse();
        stuck.request(Long.MAX_VALUE);
        await().until(() -> stuck.ended);
        assertThat(stuck.told).hasSizeLessThan(40).startsWith("ready@-1", "handoffh0@0", "handoffh1@1");
    }

    @Test
    void what_could_not_be_told_makes_everybody_load_anew() {
        starts();
        Page anne = page(ANNE, null);
        tell(feed, 0, "bert");
        feed.told(new Told(1, Told.missed()));
        tell(feed, 2, "anne");

        anne.hears("ready@-1", "reset@1", "handoffh2@2");
        page(ANNE, "0").hears("reset@2");
        page(ANNE, "1").hears("handoffh2@2", "ready@2");
    }

    @Test
    void a_topic_that_was_made_anew_makes_everybody_load_anew() {
        starts();
        tell(feed, 0, "anne");
        tell(feed, 1, "anne");
        Page anne = page(ANNE, "1");
        anne.hears("ready@1");

        feed.startsAt(0);
        feed.caughtUp();
        tell(feed, 0, "anne");

        anne.hears("ready@1", "reset@-1", "handoffh0@0");
    }

    @Test
    void no_more_pages_than_allowed() {
        LiveFeed small = feed(10, 16, 1);
        small.startsAt(0);
        small.caughtUp();
        Page first = new Page(small, ANNE, null, true);

        assertThatThrownBy(() -> small.subscribe(ANNE, null).blockFirst())
                .isInstanceOfSatisfying(ProblemException.class, full -> {
                    assertThat(full.problem().status()).isEqualTo(503);
                    assertThat(full.problem().headers()).containsKey("Retry-After");
                });
        first.dispose();
        await().until(() -> small.subscribers() == 0);
        new Page(small, ANNE, null, true).hears("ready@-1");
    }

    @Test
    void streams_end_when_the_instance_stops() {
        starts();
        Page anne = page(ANNE, null);

        feed.close();

        await().until(() -> anne.ended);
        assertThatThrownBy(() -> feed.subscribe(ANNE, null).blockFirst()).isInstanceOf(ProblemException.class);
    }
}
