package fr.relais.notification;

import static fr.relais.notification.Story.ANNE;
import static fr.relais.notification.Story.AT;
import static fr.relais.notification.Story.BRAHIM;
import static fr.relais.notification.Story.CABINET;
import static fr.relais.notification.Story.CHLOE;
import static fr.relais.notification.Story.STEP;
import static fr.relais.notification.Story.WARD;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.events.Actor;
import fr.relais.events.Addressee;
import fr.relais.events.EncounterEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffAccepted;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.time.Ids;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.Views;
import fr.relais.notification.application.PreferenceList;
import fr.relais.notification.application.Preferences;
import fr.relais.notification.application.Undelivered;
import fr.relais.notification.application.WebhookRegistrations;
import fr.relais.notification.channel.Receiver;
import fr.relais.notification.domain.Attention;
import fr.relais.notification.view.DeliveryView;
import fr.relais.notification.view.NotificationViews;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole service on a real Kafka and MongoDB, with somebody's software listening on this machine. */
class NotificationServiceIT {

    private static final Party PHARMACIST = Party.person("99700900055");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static RunningService service;

    private final Receiver receiver = new Receiver();
    private final String pathway = Ids.random("pathway");
    private final String handoff = Ids.random("handoff");
    private final Story story = Story.ofPathway(pathway);

    @BeforeAll
    static void a_cabinet_of_two_nurses_and_others_who_are_none_of_them() {
        service = new RunningService();
        service.knows(ANNE.id(), "60", "990000028");
        service.knows(BRAHIM.id(), "60", "990000028");
        service.knows("99700900014", "10", "990000028");
        service.knows(CHLOE.id(), "60", "990000077");
        await().atMost(SOON)
                .until(() -> service.get(NotificationViews.class)
                                .members("990000028", "60")
                                .size()
                        == 2);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void opened() {
        service.hears(story.all().getFirst());
    }

    @AfterEach
    void forget() {
        for (Party party : List.of(ANNE, BRAHIM, CHLOE, PHARMACIST, CABINET.party())) {
            service.get(WebhookRegistrations.class).remove(party);
        }
        receiver.close();
    }

    @Test
    void an_offer_is_told_once_to_each_nurse_of_the_cabinet_however_often_it_is_heard() {
        register(ANNE, "/anne");
        register(BRAHIM, "/brahim");
        RecordedEvent offer = story.offer(handoff, CABINET);

        service.hears(offer);
        awaitInbox(ANNE, Notice.OFFER);
        awaitInbox(BRAHIM, Notice.OFFER);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(receiver.received())
                        .extracting(Receiver.Received::path)
                        .containsExactlyInAnyOrder("/anne", "/brahim"));

        service.hears(offer, offer);
        service.hears(story.all().toArray(RecordedEvent[]::new));
        // What comes after the repeats in the same stream has seen them pass.
        service.hears(story.then(new PathwayEvent.NeedsAttention("stay-1", "ZFM-2 is missing")));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox("structure:990000051", pathway))
                        .hasSize(1));
        assertThat(service.inbox(ANNE.key(), pathway)).hasSize(1);
        assertThat(service.inbox(BRAHIM.key(), pathway)).hasSize(1);
        assertThat(receiver.received()).hasSize(2);
        assertThat(service.inbox(CHLOE.key(), pathway)).isEmpty();
        assertThat(service.inbox("person:99700900014", pathway)).isEmpty();
        assertThat(service.inbox("structure:990000028", pathway)).isEmpty();
    }

    @Test
    void a_delivery_that_failed_comes_again_under_the_same_id_and_verifies() throws Exception {
        String secret = register(CHLOE, "/relais");
        AtomicInteger calls = new AtomicInteger();
        receiver.behaves(exchange -> exchange.sendResponseHeaders(calls.incrementAndGet() < 3 ? 500 : 200, -1));

        service.hears(story.offer(handoff, new Addressee(CHLOE, "60")));

        await().atMost(SOON).untilAsserted(() -> assertThat(receiver.received()).hasSize(3));
        assertThat(receiver.received().stream().map(Receiver.Received::delivery).distinct())
                .hasSize(1);
        String delivery = receiver.received().getFirst().delivery();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.historyOf(delivery))
                        .containsExactly(
                                "Queued", "Attempted", "Failed", "Attempted", "Failed", "Attempted", "Delivered"));
        for (Receiver.Received request : receiver.received()) {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update((request.timestamp() + "." + delivery + ".").getBytes(UTF_8));
            assertThat(request.signature()).isEqualTo("v1=" + HexFormat.of().formatHex(mac.doFinal(request.body())));
            assertThat(new String(request.body(), UTF_8)).doesNotContain(pathway, handoff, STEP, CHLOE.id());
        }
    }

    @Test
    void an_offer_that_is_withdrawn_leaves_the_inboxes_and_those_who_had_been_told_hear_so() {
        service.hears(story.offer(handoff, CABINET));
        awaitDelivered(ANNE, Notice.OFFER);
        awaitDelivered(BRAHIM, Notice.OFFER);
        String toAnne = service.inbox(ANNE.key(), pathway).getFirst().id();

        service.hears(story.then(new HandoffWithdrawn(handoff, STEP, WithdrawReason.PATIENT_DIED, WARD, null)));

        awaitInbox(ANNE, Notice.WITHDRAWN);
        awaitInbox(BRAHIM, Notice.WITHDRAWN);
        assertThat(service.historyOf(toAnne)).endsWith("Recalled");
        assertThat(service.inbox(CHLOE.key(), pathway)).isEmpty();
        assertThat(service.inbox(WARD.key(), pathway)).isEmpty();
    }

    @Test
    void whoever_was_never_told_is_not_told_that_it_is_withdrawn() {
        register(ANNE, "/anne");
        CountDownLatch over = new CountDownLatch(1);
        receiver.behaves(exchange -> {
            waitFor(over);
            exchange.sendResponseHeaders(204, -1);
        });
        // Four attempts fill the lane of that host; the offer to Anne's software waits behind them.
        for (int i = 0; i < 4; i++) {
            Story other = Story.ofPathway(Ids.random("pathway"));
            service.hears(other.all().getFirst(), other.offer(Ids.random("handoff"), new Addressee(ANNE, "60")));
        }
        await().atMost(SOON).until(() -> receiver.received().size() == 4);
        service.hears(story.offer(handoff, new Addressee(ANNE, "60")));
        awaitDelivered(ANNE, Notice.OFFER);

        service.hears(story.then(new HandoffWithdrawn(handoff, STEP, WithdrawReason.STEP_DONE, WARD, null)));
        awaitInbox(ANNE, Notice.WITHDRAWN);
        over.countDown();

        RecordedEvent attention = story.then(new PathwayEvent.NeedsAttention("stay-1", "ZFM-2 is missing"));
        service.hears(attention);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox("structure:990000051", pathway))
                        .hasSize(1));
        assertThat(receiver.received())
                .as("neither the offer nor its withdrawal")
                .hasSize(4);
    }

    @Test
    void the_colleague_who_accepts_has_read_it_and_the_other_hears_who_was_quicker() {
        service.hears(story.offer(handoff, CABINET));
        awaitDelivered(ANNE, Notice.OFFER);
        awaitDelivered(BRAHIM, Notice.OFFER);

        service.hears(story.then(new HandoffAccepted(handoff, STEP, ANNE, "990000028", AT)));

        awaitInbox(BRAHIM, Notice.TAKEN_BY_ANOTHER);
        awaitInbox(WARD, Notice.ACCEPTED);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox(ANNE.key(), pathway))
                        .singleElement()
                        .satisfies(view -> assertThat(view.unread()).isFalse()));

        // Later it is withdrawn: only the one who holds it has to know.
        service.hears(story.then(new HandoffWithdrawn(handoff, STEP, WithdrawReason.DISCHARGE_CANCELLED, WARD, null)));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox(ANNE.key(), pathway))
                        .extracting(DeliveryView::notice)
                        .containsExactly(Notice.VISIT_CANCELLED, Notice.OFFER));
        assertThat(service.inbox(BRAHIM.key(), pathway))
                .extracting(DeliveryView::notice)
                .containsExactly(Notice.TAKEN_BY_ANOTHER);
    }

    @Test
    void a_structure_in_which_nobody_is_known_is_told_in_its_common_inbox() {
        service.hears(story.offer(handoff, new Addressee(Party.structure("990000036"), "21")));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox("structure:990000036", pathway))
                        .extracting(DeliveryView::notice)
                        .containsExactly(Notice.OFFER));
    }

    @Test
    void a_receiver_that_hangs_holds_up_nobody_elses_notices() {
        CountDownLatch over = new CountDownLatch(1);
        register(ANNE, "/slow");
        try (Receiver quick = new Receiver()) {
            // Lanes are per host: the same machine under another name is another host.
            service.get(WebhookRegistrations.class)
                    .register(BRAHIM, quick.url("/quick").toString().replace("localhost", "127.0.0.1"));
            receiver.behaves(exchange -> waitFor(over));
            for (int i = 0; i < 20; i++) {
                service.hears(story.offer(Ids.random("handoff"), CABINET));
            }

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(quick.received()).hasSize(20));
            assertThat(receiver.received()).as("at once to one host").hasSizeLessThanOrEqualTo(4);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(service.inbox(ANNE.key(), pathway)).hasSize(20));
        } finally {
            over.countDown();
        }
    }

    @Test
    void an_attempt_in_whose_midst_the_service_dies_is_repeated_under_the_same_id() {
        register(CHLOE, "/relais");
        CountDownLatch over = new CountDownLatch(1);
        receiver.behaves(exchange -> waitFor(over));
        service.hears(story.offer(handoff, new Addressee(CHLOE, "60")));
        await().atMost(SOON).until(() -> receiver.received().size() == 1);
        String delivery = receiver.received().getFirst().delivery();

        service.stop();
        over.countDown();
        receiver.behaves(Receiver.status(200));
        service.letPass(RunningService.STALLED_AFTER);
        service.start();

        await().atMost(SOON.plus(SOON))
                .untilAsserted(() -> assertThat(service.historyOf(delivery)).endsWith("Delivered"));
        assertThat(service.historyOf(delivery))
                .startsWith("Queued", "Attempted")
                .filteredOn("Attempted"::equals)
                .hasSize(2);
        assertThat(receiver.received()).extracting(Receiver.Received::delivery).containsExactly(delivery, delivery);
    }

    @Test
    void an_attempt_in_the_air_is_not_repeated_because_the_clock_jumped() {
        register(CHLOE, "/relais");
        CountDownLatch over = new CountDownLatch(1);
        receiver.behaves(exchange -> {
            waitFor(over);
            Receiver.status(204).answer(exchange);
        });
        service.hears(story.offer(handoff, new Addressee(CHLOE, "60")));
        await().atMost(SOON).until(() -> receiver.received().size() == 1);
        String delivery = receiver.received().getFirst().delivery();
        Counter handled = service.get(MeterRegistry.class)
                .get("relais.deadlines.handled")
                .tag("kind", "delivery-retry")
                .counter();
        double before = handled.count();

        service.letPass(RunningService.STALLED_AFTER);
        await().atMost(SOON).until(() -> handled.count() > before);
        over.countDown();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.historyOf(delivery)).endsWith("Delivered"));
        assertThat(service.historyOf(delivery)).containsExactly("Queued", "Attempted", "Delivered");
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void a_receiver_that_is_gone_is_shown_to_operators() {
        register(CHLOE, "/relais");
        receiver.behaves(Receiver.status(410));

        service.hears(story.offer(handoff, new Addressee(CHLOE, "60")));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.get(NotificationViews.class)
                                .inTrouble("given-up", null, 100)
                                .items())
                        .anySatisfy(viewed -> {
                            assertThat(viewed.document().pathway()).isEqualTo(pathway);
                            assertThat(viewed.document().why()).contains("410");
                        }));
    }

    @Test
    void every_view_built_again_from_the_topics_is_the_same() {
        service.hears(story.offer(handoff, CABINET));
        awaitDelivered(ANNE, Notice.OFFER);
        awaitDelivered(BRAHIM, Notice.OFFER);

        Views views = service.get(Views.class);
        assertThat(views.projectors()).hasSize(4);
        for (Projector<?> projector : views.projectors()) {
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(views.rebuild(projector).differences())
                            .as(projector.name())
                            .isEmpty());
        }
    }

    @Test
    void a_colleague_hears_who_was_quicker_only_when_it_can_not_be_undone_any_more() {
        Story now = Story.ofPathway(Ids.random("pathway"), service.now());
        Story undone = Story.ofPathway(Ids.random("pathway"), service.now());
        String second = Ids.random("handoff");
        service.hears(now.all().getFirst(), now.offer(handoff, CABINET));
        service.hears(undone.all().getFirst(), undone.offer(second, CABINET));
        awaitDelivered(BRAHIM, now, Notice.OFFER);
        awaitDelivered(BRAHIM, undone, Notice.OFFER);

        // Recorded this very moment by the service's clock, and not ten seconds ago.
        service.hears(now.then(new HandoffAccepted(handoff, STEP, ANNE, "990000028", AT), service.now()));
        service.hears(undone.then(new HandoffAccepted(second, STEP, ANNE, "990000028", AT), service.now()));
        service.hears(
                undone.then(new HandoffWithdrawn(second, STEP, WithdrawReason.BY_SENDER, WARD, null), service.now()));
        service.hears(undone.offer(Ids.random("handoff"), CABINET));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(noticesTo(BRAHIM, undone)).containsExactly(Notice.OFFER));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(noticesTo(BRAHIM, now)).isEmpty());

        service.letPass(Attention.TIME_TO_UNDO);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(noticesTo(BRAHIM, now)).containsExactly(Notice.TAKEN_BY_ANOTHER));
        // The first offer may still have stood there above; the one that came after it stands there now.
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(noticesTo(BRAHIM, undone))
                        .as("nobody has it")
                        .containsExactly(Notice.OFFER));
    }

    @Test
    void what_is_to_be_done_today_comes_in_one_mail_in_the_morning_and_what_is_done_by_then_does_not()
            throws Exception {
        mails(PHARMACIST, "david@officine.example");
        String[] handoffs = {Ids.random("handoff"), Ids.random("handoff"), Ids.random("handoff")};
        Story[] stories = new Story[3];
        for (int i = 0; i < 3; i++) {
            stories[i] = Story.ofPathway(Ids.random("pathway"), service.now());
            service.hears(
                    stories[i].all().getFirst(),
                    stories[i].offer(handoffs[i], new Addressee(PHARMACIST, "21")),
                    stories[i].then(new HandoffAccepted(handoffs[i], STEP, PHARMACIST, null, AT)),
                    stories[i].then(new PathwayEvent.StepOverdue(STEP, AT, PHARMACIST)));
            Story story = stories[i];
            await().atMost(SOON).until(() -> noticesTo(PHARMACIST, story).contains(Notice.OVERDUE));
        }
        service.hears(stories[0].then(new PathwayEvent.StepCompleted(STEP, handoffs[0], PHARMACIST, AT)));
        await().atMost(SOON).until(() -> !noticesTo(PHARMACIST, stories[0]).contains(Notice.OVERDUE));
        int before = mailsTo("david@officine.example").size();

        service.letCome(LocalTime.of(7, 30));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(mailsTo("david@officine.example")).hasSize(before + 1));
        MimeMessage digest = mailsTo("david@officine.example").getLast();
        assertThat((String) digest.getContent()).contains("2 points à voir").doesNotContain("pathway-", STEP);
        String id = digest.getMessageID().replaceAll("^<|@relais.example>$", "");
        assertThat((String) digest.getContent()).contains("https://relais.example/n/" + id);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.historyOf(id))
                        .containsExactly("Queued", "Added", "Added", "Dropped", "Attempted", "Delivered"));
    }

    @Test
    void a_digest_in_whose_midst_the_service_dies_comes_again_under_the_same_id_and_whole() {
        register(CHLOE, "/relais");
        service.hears(
                story.offer(handoff, new Addressee(CHLOE, "60")),
                story.then(new HandoffAccepted(handoff, STEP, CHLOE, null, AT)),
                story.then(new PathwayEvent.StepDueSoon(STEP, AT, CHLOE)),
                story.then(new PathwayEvent.StepOverdue(STEP, AT, CHLOE)));
        await().atMost(SOON).until(() -> noticesTo(CHLOE, story).containsAll(List.of(Notice.REMINDER, Notice.OVERDUE)));
        CountDownLatch over = new CountDownLatch(1);
        receiver.behaves(exchange -> waitFor(over));
        service.letCome(LocalTime.of(7, 30));
        await().atMost(SOON).until(() -> !digestsTo("/relais").isEmpty());
        String delivery = digestsTo("/relais").getFirst().delivery();

        service.stop();
        over.countDown();
        receiver.behaves(Receiver.status(200));
        service.letPass(RunningService.STALLED_AFTER);
        service.start();

        await().atMost(SOON.plus(SOON))
                .untilAsserted(() -> assertThat(service.historyOf(delivery)).endsWith("Delivered"));
        assertThat(digestsTo("/relais")).extracting(Receiver.Received::delivery).containsExactly(delivery, delivery);
        assertThat(digestsTo("/relais"))
                .extracting(request -> new String(request.body(), UTF_8))
                .allMatch(body -> body.contains("\"count\":2"));
        service.letCome(LocalTime.of(10, 0));
    }

    private List<Receiver.Received> digestsTo(String path) {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .filter(request -> new String(request.body(), UTF_8).contains("\"notice\":\"DIGEST\""))
                .toList();
    }

    @Test
    void a_cancelled_visit_is_told_in_the_middle_of_the_night_and_an_offer_waits_for_the_morning() {
        register(CHLOE, "/chloe");
        Story told = Story.ofPathway(Ids.random("pathway"), service.now());
        service.hears(told.all().getFirst(), told.offer(handoff, new Addressee(CHLOE, "60")));
        await().atMost(SOON).untilAsserted(() -> assertThat(offersTo("/chloe")).hasSize(1));
        service.hears(told.then(new HandoffAccepted(handoff, STEP, CHLOE, null, AT)));
        service.letCome(LocalTime.of(3, 0));

        String offered = Ids.random("handoff");
        service.hears(story.offer(offered, new Addressee(CHLOE, "60")));
        awaitDelivered(CHLOE, Notice.OFFER);
        service.hears(told.then(
                new HandoffWithdrawn(handoff, STEP, WithdrawReason.PATIENT_READMITTED, WARD, null), service.now()));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(bodies("/chloe")).anyMatch(body -> body.contains("VISIT_CANCELLED")));
        assertThat(offersTo("/chloe")).as("by day, and not in the night").hasSize(1);

        service.letCome(LocalTime.of(7, 0));
        await().atMost(SOON).untilAsserted(() -> assertThat(offersTo("/chloe")).hasSize(2));
        service.letCome(LocalTime.of(10, 0));
    }

    @Test
    void an_address_that_is_taken_away_ends_what_did_not_arrive_there() {
        register(CHLOE, "/relais");
        receiver.behaves(Receiver.status(410));
        service.hears(story.offer(handoff, new Addressee(CHLOE, "60")));
        NotificationViews views = service.get(NotificationViews.class);
        await().atMost(SOON)
                .until(() -> !views.inTroubleTo(CHLOE.key(), Channel.WEBHOOK).isEmpty());
        List<String> givenUp = views.inTroubleTo(CHLOE.key(), Channel.WEBHOOK);

        service.get(Undelivered.class).end(CHLOE, Channel.WEBHOOK, context("take-away-" + handoff));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(views.inTroubleTo(CHLOE.key(), Channel.WEBHOOK))
                        .doesNotContainAnyElementsOf(givenUp));
        assertThat(givenUp).allSatisfy(id -> assertThat(service.historyOf(id)).endsWith("Ended"));
    }

    @Test
    void what_was_given_up_arrives_when_an_operator_has_it_sent_again() {
        register(CHLOE, "/relais");
        receiver.behaves(Receiver.status(410));
        service.hears(story.offer(handoff, new Addressee(CHLOE, "60")));
        await().atMost(SOON).until(() -> receiver.received().size() == 1);
        String delivery = receiver.received().getFirst().delivery();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.historyOf(delivery)).endsWith("GivenUp"));

        receiver.behaves(Receiver.status(204));
        service.get(Undelivered.class).resend(delivery, context("resend-" + delivery));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.historyOf(delivery))
                        .endsWith("GivenUp", "Resent", "Attempted", "Delivered"));
        assertThat(receiver.received()).extracting(Receiver.Received::delivery).containsExactly(delivery, delivery);
    }

    @Test
    void a_death_is_told_to_each_of_the_circle_once_however_many_handoffs_they_held() {
        String second = Ids.random("handoff");
        service.hears(
                story.then(new PathwayEvent.StepScheduled(STEP, "nurse", "60", null, AT.plusSeconds(3600), WARD)),
                story.offer(handoff, new Addressee(CHLOE, "60")),
                story.then(new HandoffAccepted(handoff, STEP, CHLOE, null, AT)),
                story.offer(second, new Addressee(CHLOE, "60")),
                story.then(new HandoffAccepted(second, STEP, CHLOE, null, AT)),
                story.then(new HandoffWithdrawn(handoff, STEP, WithdrawReason.PATIENT_DIED, WARD, null)),
                story.then(new HandoffWithdrawn(second, STEP, WithdrawReason.PATIENT_DIED, WARD, null)),
                story.then(new PathwayEvent.Closed(PathwayEvent.CloseReason.PATIENT_DIED, AT)));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(noticesTo(CHLOE, story)).contains(Notice.VISIT_CANCELLED));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(noticesTo(WARD, story)).contains(Notice.ENDED));
        assertThat(noticesTo(CHLOE, story))
                .filteredOn(notice -> notice == Notice.VISIT_CANCELLED || notice == Notice.ENDED)
                .hasSize(1);
    }

    @Test
    void a_stay_that_no_pathway_follows_stands_in_the_lists_of_those_who_care_once() {
        Party doctor = Party.person("99700900014");
        Story patient = new Story(Ids.random("patient"));
        RecordedEvent admitted = patient.then(
                new EncounterEvent.Admitted("stay-9", "990000036", AT, List.of(), null, List.of(doctor, PHARMACIST)));

        service.hears(admitted, admitted);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox(doctor.key(), ""))
                        .filteredOn(view -> patient.stream().equals(view.patient()))
                        .extracting(DeliveryView::notice, DeliveryView::priority)
                        .containsExactly(org.assertj.core.groups.Tuple.tuple(Notice.ADMITTED, Priority.KNOW)));
    }

    private List<Notice> noticesTo(Party recipient, Story about) {
        return service.inbox(recipient.key(), about.stream()).stream()
                .map(DeliveryView::notice)
                .toList();
    }

    private List<String> offersTo(String path) {
        return bodies(path).stream()
                .filter(body -> body.contains("\"notice\":\"OFFER\""))
                .toList();
    }

    private List<String> bodies(String path) {
        return receiver.received().stream()
                .filter(request -> request.path().equals(path))
                .map(request -> new String(request.body(), UTF_8))
                .toList();
    }

    private static void mails(Party person, String address) {
        service.get(PreferenceList.class)
                .save(new Preferences(person, Set.of(Channel.EMAIL), address, AT, LocalTime.of(7, 30), Locale.FRENCH));
    }

    private static List<MimeMessage> mailsTo(String address) {
        return Arrays.stream(service.mail().getReceivedMessages())
                .filter(mail -> header(mail, "To").equals(address))
                .toList();
    }

    private static String header(MimeMessage mail, String name) {
        try {
            return mail.getHeader(name)[0];
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CommandContext context(String command) {
        return new CommandContext(command, null, Actor.system("test"), service.now(), null, null);
    }

    private String register(Party owner, String path) {
        var registered = service.get(WebhookRegistrations.class)
                .register(owner, receiver.url(path).toString());
        return ((WebhookRegistrations.Registered.Kept) registered).secret();
    }

    private void awaitInbox(Party recipient, Notice notice) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox(recipient.key(), pathway))
                        .filteredOn(DeliveryView::unread)
                        .extracting(DeliveryView::notice)
                        .containsExactly(notice));
    }

    private void awaitDelivered(Party recipient, Notice notice) {
        awaitDelivered(recipient, story, notice);
    }

    private void awaitDelivered(Party recipient, Story about, Notice notice) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(service.inbox(recipient.key(), about.stream()))
                        .filteredOn(view -> view.notice() == notice)
                        .extracting(DeliveryView::status)
                        .containsExactly(DeliveryView.Status.DELIVERED));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
