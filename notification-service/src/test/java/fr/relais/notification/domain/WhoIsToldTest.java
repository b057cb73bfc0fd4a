package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Addressee;
import fr.relais.events.CareTerms;
import fr.relais.events.EncounterEvent;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent;
import fr.relais.events.PathwayEvent.HandoffOffered;
import fr.relais.events.PathwayEvent.HandoffWithdrawn;
import fr.relais.events.PathwayEvent.StepOverdue;
import fr.relais.events.PathwayEvent.WithdrawReason;
import fr.relais.notification.domain.Circle.Handoff;
import fr.relais.notification.domain.Consequence.Answered;
import fr.relais.notification.domain.Consequence.TakeBack;
import fr.relais.notification.domain.Consequence.Tell;
import fr.relais.notification.domain.Consequence.TellMembers;
import fr.relais.notification.domain.Consequence.Unsay;
import java.time.Instant;
import java.util.HashMap;
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
    private static final Party PHARMACIST = Party.person("99700900048");
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
    void an_offer_of_what_was_offered_before_unsays_that_it_is_taken() {
        Circle before = circle(ended(NURSE));
        Map<String, Handoff> handoffs = new HashMap<>(circle(open()).handoffs());
        before.handoffs().forEach((id, handoff) -> handoffs.put("handoff-0", handoff));
        Circle again =
                new Circle(before.owner(), before.coordinator(), before.firstStart(), 0, handoffs, Map.of(), Map.of());

        assertThat(WhoIsTold.after(offer(CABINET), 4, again))
                .startsWith(new Unsay("first-visit", Set.of(Notice.TAKEN_BY_ANOTHER)))
                .hasSize(2);
    }

    @Test
    void an_offer_to_a_person_goes_to_that_person() {
        Addressee gp = new Addressee(GP, "10");
        assertThat(WhoIsTold.after(offer(gp), 4, circle(open())))
                .contains(new Tell(GP, Notice.OFFER, "first-visit", "handoff-1"));
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
    void a_withdrawal_is_told_to_those_who_had_been_told_and_costs_the_holder_a_visit() {
        assertThat(WhoIsTold.after(withdrawn(WithdrawReason.PATIENT_READMITTED, null), 6, circle(ended(NURSE))))
                .containsExactly(takeBack(Optional.of(Notice.VISIT_CANCELLED), Set.of(), Optional.of(NURSE)));
        assertThat(WhoIsTold.after(withdrawn(WithdrawReason.PATIENT_READMITTED, null), 6, circle(ended(null))))
                .containsExactly(takeBack(Optional.of(Notice.WITHDRAWN), Set.of(), Optional.empty()));
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
        Circle later =
                new Circle(WARD, CPTS, 2, 0, Map.of("handoff-1", ended(NURSE)), Map.of("first-visit", 8L), Map.of());
        Circle closed = new Circle(WARD, CPTS, 2, 9, Map.of("handoff-1", ended(NURSE)), Map.of(), Map.of());

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
                        new Unsay("first-visit", WhoIsTold.OF_A_STEP),
                        new Tell(WARD, Notice.COMPLETED, "first-visit", "handoff-1"));
        assertThat(WhoIsTold.after(new PathwayEvent.StepCompleted("letter", null, WARD, AT), 8, circle(held(NURSE))))
                .containsExactly(new Unsay("letter", WhoIsTold.OF_A_STEP));
    }

    @Test
    void a_discharge_that_moved_is_told_to_those_asked_before_and_the_first_one_to_nobody() {
        var started = new PathwayEvent.Started("stay-1", AT, EncounterEvent.Destination.HOME);

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
        return new Circle(WARD, CPTS, 2, 0, Map.of("handoff-1", handoff), Map.of(), Map.of());
    }

    private static Handoff open() {
        return new Handoff("first-visit", WARD, 4, AT, null, 0, true, null, false);
    }

    private static Handoff held(Party holder) {
        return new Handoff("first-visit", WARD, 4, AT, holder, 0, true, null, false);
    }

    private static Handoff ended(Party holder) {
        return new Handoff("first-visit", WARD, 4, AT, holder, 6, true, null, false);
    }

    @Test
    void a_death_is_told_to_the_circle_once_and_at_any_hour_to_whoever_is_about_to_visit() {
        Handoff tomorrow = new Handoff("first-visit", WARD, 4, AT, NURSE, 11, true, AT.plusSeconds(80_000), true);
        Handoff second = new Handoff("dressing", WARD, 5, AT, NURSE, 12, true, null, true);
        Handoff nextWeek = new Handoff("gp-visit", WARD, 6, AT, GP, 13, false, null, true);
        Handoff done = new Handoff("reconciliation", WARD, 7, AT, PHARMACIST, 9, false, null, false);
        Circle circle = new Circle(
                WARD,
                CPTS,
                2,
                14,
                Map.of("h1", tomorrow, "h2", second, "h3", nextWeek, "h4", done),
                Map.of(),
                Map.of("gp-visit", AT.plusSeconds(600_000), "dressing", AT.plusSeconds(600_000)));
        var closed = new PathwayEvent.Closed(PathwayEvent.CloseReason.PATIENT_DIED, AT);

        assertThat(WhoIsTold.after(withdrawn(WithdrawReason.PATIENT_DIED, null), 11, circle(ended(NURSE))))
                .as("one by one they are taken back quietly")
                .containsExactly(takeBack(Optional.empty(), Set.of(), Optional.empty()));
        assertThat(WhoIsTold.after(closed, 14, circle))
                .filteredOn(Tell.class::isInstance)
                .containsExactlyInAnyOrder(
                        new Tell(NURSE, Notice.VISIT_CANCELLED, null, null),
                        new Tell(GP, Notice.ENDED, null, null),
                        new Tell(PHARMACIST, Notice.ENDED, null, null),
                        new Tell(WARD, Notice.ENDED, null, null),
                        new Tell(CPTS, Notice.ENDED, null, null));
        assertThat(Attention.comesAtAnyHour(Notice.VISIT_CANCELLED)).isTrue();
        assertThat(Attention.comesAtAnyHour(Notice.ENDED)).isFalse();
    }

    @Test
    void a_death_that_was_none_is_not_told_and_what_was_told_is_corrected() {
        Circle open = circle(held(NURSE));

        assertThat(WhoIsTold.after(new PathwayEvent.Closed(PathwayEvent.CloseReason.PATIENT_DIED, AT), 9, open))
                .as("reopened before it could be told")
                .isEmpty();
        assertThat(WhoIsTold.after(new PathwayEvent.Reopened(AT), 10, open))
                .contains(
                        new Unsay(null, Set.of(Notice.ENDED, Notice.VISIT_CANCELLED)),
                        new Tell(NURSE, Notice.REOPENED, null, null),
                        new Tell(WARD, Notice.REOPENED, null, null));
    }

    @Test
    void whoever_goes_to_the_patient_hears_of_the_emergency_room_at_once_and_the_others_find_it_in_their_list() {
        Circle circle = new Circle(
                WARD,
                CPTS,
                2,
                0,
                Map.of("h1", held(NURSE), "h2", new Handoff("gp-visit", WARD, 5, AT, GP, 0, false, null, false)),
                Map.of(),
                Map.of());

        assertThat(WhoIsTold.after(news(PathwayEvent.News.EMERGENCY_ARRIVAL), 7, circle))
                .containsExactly(
                        new Tell(NURSE, Notice.EMERGENCY, null, null), new Tell(GP, Notice.HOSPITAL_NEWS, null, null));
        assertThat(WhoIsTold.after(news(PathwayEvent.News.EMERGENCY_LEFT), 8, circle))
                .containsExactly(
                        new Unsay(null, Set.of(Notice.EMERGENCY)), new Tell(NURSE, Notice.EMERGENCY_OVER, null, null));
        assertThat(WhoIsTold.after(news(PathwayEvent.News.ON_LEAVE), 9, circle))
                .containsExactlyInAnyOrder(
                        new Tell(NURSE, Notice.ON_LEAVE, null, null), new Tell(GP, Notice.ON_LEAVE, null, null));
        assertThat(WhoIsTold.after(news(PathwayEvent.News.BACK_FROM_LEAVE), 9, circle))
                .contains(new Unsay(null, Set.of(Notice.ON_LEAVE)));
        assertThat(Attention.of(Notice.ON_LEAVE)).isEqualTo(Priority.KNOW);
    }

    @Test
    void the_holder_is_asked_to_confirm_what_others_report_and_nobody_is_asked_of_their_own_report() {
        var byNurse = new PathwayEvent.StepReportedDone("first-visit", GP, PathwayEvent.ReportedBy.CIRCLE, AT);
        var byHolder = new PathwayEvent.StepReportedDone("first-visit", NURSE, PathwayEvent.ReportedBy.CIRCLE, AT);

        assertThat(WhoIsTold.after(byNurse, 7, circle(held(NURSE))))
                .containsExactly(new Tell(NURSE, Notice.REPORTED_DONE, "first-visit", "handoff-1"));
        assertThat(WhoIsTold.after(byHolder, 7, circle(held(NURSE)))).isEmpty();
        assertThat(Attention.of(Notice.REPORTED_DONE)).isEqualTo(Priority.KNOW);
        assertThat(WhoIsTold.after(
                        new PathwayEvent.DoneReportCorrected("first-visit", NURSE, AT), 8, circle(held(NURSE))))
                .containsExactly(
                        new Unsay("first-visit", Set.of(Notice.REPORTED_DONE)),
                        new Tell(WARD, Notice.NOT_DONE, "first-visit", "handoff-1"));
    }

    @Test
    void only_the_second_unanswered_week_in_a_row_is_for_the_coordinator() {
        for (int inARow : List.of(1, 2, 3)) {
            var week = new PathwayEvent.WeekUnanswered("first-visit", 4, inARow, NURSE);
            assertThat(WhoIsTold.after(week, 7, circle(held(NURSE))))
                    .isEqualTo(
                            inARow == 2
                                    ? List.of(new Tell(CPTS, Notice.WEEK_UNANSWERED, "first-visit", null))
                                    : List.of());
            assertThat(WhoIsTold.mayConcern(week)).isEqualTo(inARow == 2);
        }
    }

    @Test
    void an_urgent_note_is_told_to_those_who_give_care_but_not_to_its_author_nor_to_the_coordinator() {
        var urgent = new PathwayEvent.NoteAdded("entry-1", null, NURSE, true, AT);
        Circle circle = new Circle(
                WARD,
                CPTS,
                2,
                0,
                Map.of("h1", held(NURSE), "h2", new Handoff("gp-visit", WARD, 5, AT, GP, 0, false, null, false)),
                Map.of(),
                Map.of());

        assertThat(WhoIsTold.after(urgent, 7, circle))
                .containsExactlyInAnyOrder(
                        new Tell(GP, Notice.URGENT_NOTE, null, null), new Tell(WARD, Notice.URGENT_NOTE, null, null));
        assertThat(WhoIsTold.mayConcern(new PathwayEvent.NoteAdded("entry-1", null, NURSE, false, AT)))
                .isFalse();
        assertThat(Attention.of(Notice.URGENT_NOTE)).isEqualTo(Priority.ACT_TODAY);
    }

    @Test
    void a_letter_that_arrives_or_does_not_is_known_and_nobody_is_chased_for_it() {
        assertThat(WhoIsTold.after(new PathwayEvent.DocumentReceived("d", "11490-0", WARD, AT), 7, circle(held(GP))))
                .containsExactly(
                        new Unsay(null, Set.of(Notice.LETTER_MISSING)),
                        new Tell(GP, Notice.LETTER_ARRIVED, null, null));
        assertThat(WhoIsTold.after(new StepOverdue("letter", AT, WARD), 7, circle(held(GP))))
                .containsExactly(
                        new Tell(WARD, Notice.OVERDUE, "letter", null),
                        new Tell(GP, Notice.LETTER_MISSING, "letter", null));
        assertThat(Attention.of(Notice.LETTER_ARRIVED)).isEqualTo(Priority.KNOW);
        assertThat(Attention.of(Notice.LETTER_MISSING)).isEqualTo(Priority.KNOW);
        assertThat(WhoIsTold.mayConcern(new PathwayEvent.DocumentReceived("d", "11502-2", WARD, AT)))
                .isFalse();
    }

    @Test
    void what_could_not_be_done_is_told_to_those_who_answer_for_it_now() {
        var failed = new PathwayEvent.HandoffFailed(
                "handoff-1", "first-visit", NURSE, PathwayEvent.FailReason.PATIENT_ABSENT, AT, WARD);

        assertThat(WhoIsTold.after(failed, 7, circle(ended(NURSE))))
                .containsExactly(
                        takeBack(Optional.empty(), Set.of(), Optional.empty()),
                        new Tell(WARD, Notice.HANDOFF_FAILED, "first-visit", "handoff-1"));
    }

    @Test
    void whoever_looked_at_an_offer_or_left_it_to_others_has_read_it() {
        assertThat(WhoIsTold.after(
                        new PathwayEvent.HandoffSeen("handoff-1", "first-visit", NURSE, AT), 7, circle(open())))
                .containsExactly(new Answered("handoff-1", NURSE));
        assertThat(WhoIsTold.after(
                        new PathwayEvent.HandoffLeftToOthers(
                                "handoff-1", "first-visit", NURSE, PathwayEvent.DeclineReason.FULL, AT),
                        7,
                        circle(open())))
                .containsExactly(new Answered("handoff-1", NURSE));
    }

    @Test
    void a_circle_without_a_pathway_is_told_of_the_stay_once_each_and_one_with_a_pathway_by_that_alone() {
        var admitted = new EncounterEvent.Admitted("stay-1", "990000036", AT, List.of(), null, List.of(GP, NURSE, GP));
        var followed =
                new EncounterEvent.Admitted("stay-1", "990000036", AT, List.of("pathway-1"), null, List.of(GP, NURSE));

        assertThat(WhoIsTold.after(admitted))
                .containsExactlyInAnyOrder(
                        new Tell(GP, Notice.ADMITTED, null, null), new Tell(NURSE, Notice.ADMITTED, null, null));
        assertThat(WhoIsTold.after(followed)).isEmpty();
        assertThat(WhoIsTold.after(new EncounterEvent.Discharged(
                        "stay-1", "990000036", AT, EncounterEvent.Destination.HOME, List.of(), null, List.of(GP))))
                .containsExactly(new Tell(GP, Notice.DISCHARGED, null, null));
    }

    @Test
    void those_who_were_told_of_a_stay_hear_that_it_was_none_also_when_a_pathway_follows_by_then() {
        for (List<String> pathways : List.of(List.<String>of(), List.of("pathway-2"))) {
            assertThat(WhoIsTold.after(new EncounterEvent.NewsTakenBack(
                            "stay-1", "990000036", EncounterEvent.News.ADMITTED, AT, pathways, List.of(GP))))
                    .containsExactly(new Tell(GP, Notice.ADMISSION_TAKEN_BACK, null, null));
        }
        assertThat(WhoIsTold.after(new EncounterEvent.NewsTakenBack(
                        "stay-1", "990000036", EncounterEvent.News.DISCHARGED, AT, List.of(), List.of(GP, NURSE))))
                .containsExactlyInAnyOrder(
                        new Tell(GP, Notice.DISCHARGE_TAKEN_BACK, null, null),
                        new Tell(NURSE, Notice.DISCHARGE_TAKEN_BACK, null, null));
    }

    @Test
    void whoever_is_to_visit_a_patient_who_is_back_in_hospital_is_told_and_told_again_when_it_was_a_mistake() {
        Circle circle = new Circle(
                WARD,
                CPTS,
                2,
                0,
                Map.of("h1", held(NURSE), "h2", new Handoff("gp-visit", WARD, 5, AT, GP, 0, false, null, false)),
                Map.of(),
                Map.of());
        var paused = new PathwayEvent.Paused(PathwayEvent.PauseReason.PATIENT_READMITTED, "stay-2");
        var resumed = new PathwayEvent.Resumed(null, "stay-2");

        assertThat(WhoIsTold.mayConcern(paused)).isTrue();
        assertThat(WhoIsTold.after(paused, 7, circle))
                .containsExactly(
                        new Tell(NURSE, Notice.VISIT_CANCELLED, null, null),
                        new Tell(GP, Notice.HOSPITAL_NEWS, null, null));
        assertThat(WhoIsTold.mayConcern(resumed)).isTrue();
        assertThat(WhoIsTold.after(resumed, 8, circle))
                .hasSize(3)
                .contains(new Unsay(null, Set.of(Notice.VISIT_CANCELLED, Notice.HOSPITAL_NEWS)));
        // A person paused it, or a new discharge says what is to be said.
        assertThat(WhoIsTold.mayConcern(new PathwayEvent.Paused(PathwayEvent.PauseReason.BY_PERSON, null)))
                .isFalse();
        assertThat(WhoIsTold.mayConcern(new PathwayEvent.Resumed())).isFalse();
    }

    @Test
    void the_doctor_of_who_left_against_advice_is_alerted_at_once_beside_the_coordinator() {
        assertThat(WhoIsTold.after(
                        new PathwayEvent.NeedsAttention("stay-1", "Call the GP.", null, GP), 7, circle(held(NURSE))))
                .containsExactly(
                        new Tell(CPTS, Notice.ATTENTION, null, null),
                        new Tell(GP, Notice.LEFT_AGAINST_ADVICE, null, null));
        assertThat(Attention.of(Notice.LEFT_AGAINST_ADVICE)).isEqualTo(Priority.ACT_NOW);
    }

    @Test
    void the_coordinator_need_not_look_at_what_the_hospital_took_back() {
        assertThat(WhoIsTold.after(new PathwayEvent.AttentionOver("stay-1"), 7, circle(held(NURSE))))
                .containsExactly(new Unsay(null, Set.of(Notice.ATTENTION, Notice.LEFT_AGAINST_ADVICE)));
    }

    private static PathwayEvent.HospitalNews news(PathwayEvent.News news) {
        return new PathwayEvent.HospitalNews("stay-1", news, AT);
    }
}
