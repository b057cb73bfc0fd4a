package fr.relais.notification.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import fr.relais.notification.Story;
import fr.relais.notification.view.DeliveryView.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryProjectorIT extends ProjectorContract<DeliveryView> {

    private static final Instant AT = Story.AT;
    private final DeliveryProjector projector = new DeliveryProjector(Duration.ofMinutes(1));

    @Override
    protected Projector<DeliveryView> projector() {
        return projector;
    }

    @Override
    protected List<RecordedEvent> story() {
        List<RecordedEvent> all = new ArrayList<>(read().all());
        all.addAll(givenUp().all());
        all.addAll(digest().all());
        return all;
    }

    private static Story read() {
        return story(
                "delivery-read",
                queued(Channel.INBOX),
                new NotificationEvent.Attempted(1, AT),
                new NotificationEvent.Delivered(1, AT),
                new NotificationEvent.Read(Story.ANNE, AT.plusSeconds(60)));
    }

    private static Story givenUp() {
        return story(
                "delivery-lost",
                queued(Channel.WEBHOOK),
                new NotificationEvent.Attempted(1, AT),
                new NotificationEvent.Failed(1, "answered 500", AT, AT.plusSeconds(10)),
                new NotificationEvent.Attempted(2, AT.plusSeconds(10)),
                new NotificationEvent.GivenUp(2, "answered 410", AT.plusSeconds(11)));
    }

    private static Story digest() {
        return story(
                "delivery-digest",
                new NotificationEvent.Queued(
                        Story.ANNE,
                        Channel.EMAIL,
                        Notice.OVERDUE,
                        "pathway-1:4",
                        "pathway-1",
                        Story.STEP,
                        "handoff-1",
                        AT,
                        Priority.ACT_TODAY,
                        AT.plusSeconds(3600),
                        true,
                        null),
                new NotificationEvent.Added(
                        Notice.REMINDER,
                        Priority.ACT_TODAY,
                        "pathway-2:4",
                        "pathway-2",
                        Story.STEP,
                        null,
                        null,
                        AT.plusSeconds(3600),
                        AT),
                new NotificationEvent.Dropped("pathway-1:4", "pathway-1:9", AT),
                new NotificationEvent.Attempted(1, AT.plusSeconds(3600)),
                new NotificationEvent.GivenUp(1, "the mail server answered 550", AT.plusSeconds(3601)),
                new NotificationEvent.Resent(AT.plusSeconds(7200)),
                new NotificationEvent.Ended("the recipient took the address away", AT.plusSeconds(7300)));
    }

    @Test
    void a_digest_counts_what_it_tells_and_is_due_at_its_hour() {
        Story story = new Story("delivery-digest");
        digest().all().stream()
                .limit(2)
                .forEach(event -> story.then(event.event().orElseThrow()));
        assertThat(folded(story))
                .extracting(DeliveryView::count, DeliveryView::digest, DeliveryView::dueAt, DeliveryView::shown)
                .containsExactly(2, true, AT.plusSeconds(3600), false);
        assertThat(folded(digest()))
                .extracting(DeliveryView::count, DeliveryView::status, DeliveryView::trouble, DeliveryView::dueAt)
                .containsExactly(1, Status.ENDED, null, null);
    }

    @Test
    void what_is_kept_back_is_not_in_the_inbox_until_its_time() {
        Story story = story(
                "delivery-1",
                new NotificationEvent.Queued(
                        Story.ANNE,
                        Channel.INBOX,
                        Notice.TAKEN_BY_ANOTHER,
                        "pathway-1:4",
                        "pathway-1",
                        Story.STEP,
                        "handoff-1",
                        AT,
                        Priority.KNOW,
                        AT.plusSeconds(10),
                        null,
                        null));
        assertThat(folded(story).shown()).isFalse();

        story.then(new NotificationEvent.Attempted(1, AT.plusSeconds(10)));
        assertThat(folded(story))
                .extracting(DeliveryView::shown, DeliveryView::unread, DeliveryView::priority)
                .containsExactly(true, true, Priority.KNOW);
    }

    @Test
    void an_inbox_shows_a_notice_until_it_is_taken_back_unread() {
        Story story = story("delivery-1", queued(Channel.INBOX), new NotificationEvent.Attempted(1, AT));
        assertThat(folded(story))
                .extracting(DeliveryView::shown, DeliveryView::unread)
                .containsExactly(true, true);

        story.then(new NotificationEvent.Recalled("pathway-1:9", AT));
        assertThat(folded(story))
                .extracting(DeliveryView::shown, DeliveryView::unread)
                .containsExactly(false, false);
        assertThat(folded(read()))
                .extracting(DeliveryView::shown, DeliveryView::unread)
                .containsExactly(true, false);
        assertThat(folded(givenUp()).shown()).as("a webhook is in no inbox").isFalse();
    }

    @Test
    void a_delivery_is_due_while_an_attempt_follows_or_may_have_crashed() {
        Story story = story("delivery-1", queued(Channel.WEBHOOK));
        assertThat(folded(story).dueAt()).isEqualTo(AT.plusSeconds(60));

        story.then(new NotificationEvent.Attempted(1, AT.plusSeconds(1)));
        assertThat(folded(story).dueAt()).isEqualTo(AT.plusSeconds(61));

        story.then(new NotificationEvent.Failed(1, "answered 500", AT.plusSeconds(2), AT.plusSeconds(12)));
        assertThat(projector.deadlines().derive().apply(folded(story)))
                .containsExactly(new DeliveryDeadline("delivery-1", AT.plusSeconds(12), true));

        story.then(new NotificationEvent.Attempted(2, AT.plusSeconds(12)));
        story.then(new NotificationEvent.Delivered(2, AT.plusSeconds(13)));
        assertThat(projector.deadlines().derive().apply(folded(story)))
                .containsExactly(new DeliveryDeadline("delivery-1", AT, false));

        story.then(new NotificationEvent.Read(Party.structure("230000011"), AT.plusSeconds(20)));
        assertThat(projector.deadlines().derive().apply(folded(story)))
                .as("what is over is not written again")
                .containsExactly(new DeliveryDeadline("delivery-1", AT, false));
    }

    @Test
    void what_lies_in_a_list_at_once_needs_no_deadline() {
        DeliveryView listed = folded(story("delivery-1", queued(Channel.INBOX)));

        assertThat(projector.deadlines().derive().apply(listed)).isEmpty();
    }

    @Test
    void operators_see_what_fails_until_it_arrives() {
        Story story = story(
                "delivery-1",
                queued(Channel.WEBHOOK),
                new NotificationEvent.Attempted(1, AT),
                new NotificationEvent.Failed(1, "answered 500", AT, AT.plusSeconds(10)),
                new NotificationEvent.Attempted(2, AT));
        assertThat(folded(story).trouble()).isEqualTo("failed");

        story.then(new NotificationEvent.Delivered(2, AT));
        assertThat(folded(story).trouble()).isNull();
        assertThat(folded(givenUp()))
                .extracting(DeliveryView::trouble, DeliveryView::status, DeliveryView::attempts)
                .containsExactly("given-up", Status.GIVEN_UP, 2);
    }

    @Test
    void a_recipient_hears_live_of_what_comes_and_goes_and_nobody_else_does() {
        DeliveryView queued = folded(story("delivery-1", queued(Channel.INBOX)));
        RecordedEvent cause = read().all().getFirst();

        assertThat(projector.changes(null, queued, cause)).singleElement().satisfies(change -> {
            assertThat(change.audience()).containsExactly("person:99700900022");
            assertThat(change.data()).containsEntry("state", "unread").containsEntry("notice", "OFFER");
        });
        assertThat(projector.changes(queued, queued, cause)).isEmpty();
        assertThat(projector.changes(null, folded(givenUp()), cause))
                .singleElement()
                .satisfies(change -> assertThat(change.audience()).containsExactly("role:operator"));
    }

    private DeliveryView folded(Story story) {
        DeliveryView view = null;
        for (RecordedEvent event : story.all()) {
            view = projector.fold(view, event);
        }
        return view;
    }

    private static Story story(String stream, DomainEvent... events) {
        Story story = new Story(stream);
        for (DomainEvent event : events) {
            story.then(event);
        }
        return story;
    }

    private static NotificationEvent.Queued queued(Channel channel) {
        return new NotificationEvent.Queued(
                Story.ANNE, channel, Notice.OFFER, "pathway-1:4", "pathway-1", Story.STEP, "handoff-1", AT);
    }
}
