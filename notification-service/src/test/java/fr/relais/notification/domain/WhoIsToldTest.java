package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Addressee;
import fr.relais.events.CareTerms;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.notification.domain.Circle.Handoff;
import fr.relais.notification.domain.Consequence.Answered;
import fr.relais.notification.domain.Consequence.Settled;
import fr.relais.notification.domain.Consequence.TakeBack;
import fr.relais.notification.domain.Consequence.Tell;
import fr.relais.notification.domain.Consequence.TellMembers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhoIsToldTest {

    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final Party WARD = Party.structure("990000028");
    private static final Party CPTS = Party.structure("990000036");
    private static final Party NURSE = Party.person("99700900014");
    private static final Party GP = Party.person("99700900030");
    private static final Addressee CABINET = new Addressee(Party.structure("990000010"), "60");
    private static final CareTerms TERMS =
            new CareTerms(List.of("nursing.first-visit"), CareTerms.Mode.HOME, 1, true, null, null, List.of(), "23096");

    @Test
    void an_offer_to_a_structure_goes_to_its_members_of_the_profession() {
        assertThat(WhoIsTold.after(offer(CABINET), 4, circle(open())))
                .containsExactly(new TellMembers("990000010", "60", Notice.OFFER, "first-visit", "handoff-1"));
    }

    @Test
    void an_offer_to_a_person_goes_to_that_person() {
        Addressee gp = new Addressee(GP, "10");
        assertThat(WhoIsTold.after(offer(gp), 4, circle(open())))
                .containsExactly(new Tell(GP, Notice.OFFER, "first-visit", "handoff-1"));
    }

    @Test
    void an_offer_that_is_gone_by_now_is_told_to_nobody() {
        assertThat(WhoIsTold.after(offer(CABINET), 4, circle(held(NURSE)))).isEmpty();
        assertThat(WhoIsTold.after(offer(CABINET), 4, circle(ended(null)))).isEmpty();
    }

    @Test
    void acceptance_is_told_to_the_sender_and_to_the_others_who_had_been_asked() {
        var accepted = new PathwayEvent.HandoffAccepted("handoff-1", "first-visit", NURSE, "990000010", AT);

        assertThat(WhoIsTold.after(accepted, 5, circle(held(NURSE))))
                .containsExactly(
                        new Answered("handoff-1", NURSE),
                        takeBack(Optional.of(Notice.TAKEN_BY_ANOTHER), Set.of(NURSE), Optional.empty()),
                        new Tell(WARD, Notice.ACCEPTED, "first-visit", "handoff-1"));
    }

    @Test
    void a_decline_is_told_to_the_sender_and_takes_the_offer_back_quietly() {
        var declined = new PathwayEvent.HandoffDeclined(
                "handoff-1", "first-visit", NURSE, PathwayEvent.DeclineReason.FULL, AT);

        assertThat(WhoIsTold.after(declined, 5, circle(ended(null))))
                .containsExactly(
                        new Answered("handoff-1", NURSE),
                        takeBack(Optional.empty(), Set.of(), Optional.empty()),
                        new Tell(WARD, Notice.DECLINED, "first-visit", "handoff-1"));
    }

    @Test
    void an_expired_offer_is_taken_back_quietly() {
        assertThat(WhoIsTold.after(new PathwayEvent.HandoffExpired("handoff-1", "first-visit"), 5, circle(ended(null))))
                .containsExactly(takeBack(Optional.empty(), Set.of(), Optional.empty()));
    }

    @Test
    void a_withdrawal_is_told_to_those_who_had_been_told_and_to_the_holder() {
        assertThat(WhoIsTold.after(withdrawn(WithdrawReason.PATIENT_DIED, null), 6, circle(ended(NURSE))))
                .containsExactly(takeBack(Optional.of(Notice.WITHDRAWN), Set.of(), Optional.of(NURSE)));
    }

    @Test
    void a_rival_hears_who_has_it_and_the_one_who_has_it_hears_nothing() {
        assertThat(WhoIsTold.after(withdrawn(WithdrawReason.TAKEN_BY_ANOTHER, GP), 6, circle(ended(null))))
                .containsExactly(takeBack(Optional.of(Notice.TAKEN_BY_ANOTHER), Set.of(GP), Optional.empty()));
    }

    @Test
    void reminders_and_lateness_go_to_whoever_is_responsible() {
        assertThat(WhoIsTold.after(new StepOverdue("first-visit", AT, NURSE), 7, circle(held(NURSE))))
                .containsExactly(new Tell(NURSE, Notice.OVERDUE, "first-visit", "handoff-1"));
        assertThat(WhoIsTold.after(new PathwayEvent.StepDueSoon("first-visit", AT, WARD), 7, circle(open())))
                .containsExactly(new Tell(WARD, Notice.REMINDER, "first-visit", null));
    }

    @Test
    void nobody_is_chased_for_what_is_done_by_now() {
        Circle later = new Circle(WARD, CPTS, 2, 0, Map.of("handoff-1", ended(NURSE)), Map.of("first-visit", 8L));
        Circle closed = new Circle(WARD, CPTS, 2, 9, Map.of("handoff-1", ended(NURSE)), Map.of());

        assertThat(WhoIsTold.after(new StepOverdue("first-visit", AT, NURSE), 7, later))
                .isEmpty();
        assertThat(WhoIsTold.after(new StepOverdue("first-visit", AT, NURSE), 7, closed))
                .isEmpty();
    }

    @Test
    void an_escalation_goes_up_the_ladder_only() {
        assertThat(WhoIsTold.after(
                        new PathwayEvent.StepEscalated("first-visit", 2, AT, NURSE, CPTS), 7, circle(held(NURSE))))
                .containsExactly(new Tell(CPTS, Notice.ESCALATED, "first-visit", null));
    }

    @Test
    void the_coordinator_hears_of_a_step_without_anybody_and_of_a_discharge_that_says_too_little() {
        assertThat(WhoIsTold.after(
                        new PathwayEvent.StepUnassigned(
                                "first-visit", PathwayEvent.UnassignedReason.NO_CANDIDATE, WARD),
                        7,
                        circle(ended(null))))
                .containsExactly(new Tell(CPTS, Notice.UNASSIGNED, "first-visit", null));
        assertThat(WhoIsTold.after(
                        new PathwayEvent.NeedsAttention("stay-1", "ZFM-2 is missing"), 7, circle(ended(null))))
                .containsExactly(new Tell(CPTS, Notice.ATTENTION, null, null));
    }

    @Test
    void completion_is_told_to_the_sender_or_else_to_the_owner_but_never_to_the_one_who_did_it() {
        assertThat(WhoIsTold.after(
                        new PathwayEvent.StepCompleted("first-visit", "handoff-1", NURSE, AT), 8, circle(ended(NURSE))))
                .containsExactly(
                        new Settled("first-visit"), new Tell(WARD, Notice.COMPLETED, "first-visit", "handoff-1"));
        assertThat(WhoIsTold.after(new PathwayEvent.StepCompleted("letter", null, WARD, AT), 8, circle(held(NURSE))))
                .containsExactly(new Settled("letter"));
    }

    @Test
    void a_discharge_that_moved_is_told_to_those_asked_before_and_the_first_one_to_nobody() {
        var started = new PathwayEvent.Started("stay-1", AT, fr.relais.events.EncounterEvent.Destination.HOME);

        assertThat(WhoIsTold.after(started, 2, circle(held(NURSE)))).isEmpty();
        assertThat(WhoIsTold.after(started, 6, circle(held(NURSE))))
                .containsExactly(new TakeBack(
                        "handoff-1",
                        "first-visit",
                        Set.of(),
                        Optional.of(Notice.CORRECTED),
                        Set.of(),
                        Optional.of(NURSE)));
        assertThat(WhoIsTold.after(started, 6, circle(ended(NURSE)))).isEmpty();
    }

    @Test
    void what_concerns_nobody_is_told_to_nobody() {
        assertThat(WhoIsTold.after(new PathwayEvent.Resumed(), 6, circle(held(NURSE))))
                .isEmpty();
        assertThat(WhoIsTold.after(
                        new PathwayEvent.Closed(PathwayEvent.CloseReason.COMPLETED, AT), 6, circle(held(NURSE))))
                .isEmpty();
    }

    private static TakeBack takeBack(Optional<Notice> say, Set<Party> except, Optional<Party> holder) {
        return new TakeBack("handoff-1", "first-visit", WhoIsTold.OF_A_HANDOFF, say, except, holder);
    }

    private static HandoffOffered offer(Addressee to) {
        return new HandoffOffered("handoff-1", "first-visit", to, WARD, 1, AT, TERMS);
    }

    private static HandoffWithdrawn withdrawn(WithdrawReason reason, Party takenBy) {
        return new HandoffWithdrawn("handoff-1", "first-visit", reason, WARD, takenBy);
    }

    private static Circle circle(Handoff handoff) {
        return new Circle(WARD, CPTS, 2, 0, Map.of("handoff-1", handoff), Map.of());
    }

    private static Handoff open() {
        return new Handoff("first-visit", WARD, 4, AT, null, 0);
    }

    private static Handoff held(Party holder) {
        return new Handoff("first-visit", WARD, 4, AT, holder, 0);
    }

    private static Handoff ended(Party holder) {
        return new Handoff("first-visit", WARD, 4, AT, holder, 6);
    }
}
