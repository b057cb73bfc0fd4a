package fr.relais.notification.domain;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Manner;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.NotificationEvent.Weighed;
import fr.relais.events.Party;
import fr.relais.kit.decide.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DayDeciderTest {

    private static final Party GP = Party.person("99700900014");
    private static final Habits SURGERY = new Habits(Hours.PHYSICIAN, Habits.USUAL_DIGEST);
    private static final Instant TUESDAY_NOON = at("2026-11-24T12:00");
    private static final Instant TUESDAY_EVENING = at("2026-11-24T20:00");
    private static final Instant WEDNESDAY_DIGEST = at("2026-11-25T07:30");

    private final DayDecider decider = new DayDecider();
    private Day day = decider.initial();
    private int told;

    @Test
    void what_is_to_be_known_stands_in_the_list_alone() {
        Weighed known = weigh(Notice.COMPLETED, TUESDAY_NOON);

        assertThat(known.manner()).isEqualTo(Manner.LIST);
        assertThat(known.notBefore()).isNull();
    }

    @Test
    void what_is_to_be_done_today_comes_with_the_next_digest() {
        Weighed late = weigh(Notice.OVERDUE, TUESDAY_NOON);

        assertThat(late.manner()).isEqualTo(Manner.DIGEST);
        assertThat(late.notBefore()).isEqualTo(WEDNESDAY_DIGEST);
        assertThat(late.digest()).isEqualTo(LocalDate.parse("2026-11-25"));
    }

    @Test
    void an_offer_waits_for_the_surgery_to_open_and_is_not_counted() {
        for (int i = 0; i < 9; i++) {
            assertThat(weigh(Notice.OFFER, TUESDAY_NOON).notBefore()).isEqualTo(TUESDAY_NOON);
        }
        assertThat(weigh(Notice.OFFER, TUESDAY_EVENING).notBefore()).isEqualTo(at("2026-11-25T08:00"));
        assertThat(day.pushes()).isZero();
    }

    @Test
    void a_doctor_can_do_nothing_in_the_evening_so_it_comes_with_the_digest() {
        Weighed escalated = weigh(Notice.ESCALATED, TUESDAY_EVENING);

        assertThat(escalated.manner()).isEqualTo(Manner.DIGEST);
        assertThat(escalated.notBefore()).isEqualTo(WEDNESDAY_DIGEST);
    }

    @ParameterizedTest
    @EnumSource(names = {"WITHDRAWN", "VISIT_CANCELLED", "EMERGENCY"})
    void what_might_send_somebody_out_in_vain_comes_at_any_hour_whatever_the_day_has_brought(Notice notice) {
        Instant night = at("2026-11-29T03:00");
        for (int i = 0; i < 6; i++) {
            Weighed urgent = weigh(notice, night);
            assertThat(urgent.manner()).isEqualTo(Manner.PUSH);
            assertThat(urgent.notBefore()).isEqualTo(night);
        }
    }

    @Test
    void beyond_three_pushes_the_rest_of_the_day_comes_in_one_digest() {
        for (int i = 0; i < 3; i++) {
            assertThat(weigh(Notice.HANDOFF_FAILED, TUESDAY_NOON).manner()).isEqualTo(Manner.PUSH);
        }
        Weighed fourth = weigh(Notice.HANDOFF_FAILED, TUESDAY_NOON);
        Weighed fifth = weigh(Notice.ESCALATED, TUESDAY_NOON.plusSeconds(1200));

        assertThat(fourth.manner()).isEqualTo(Manner.DIGEST);
        assertThat(fourth.overBudget()).isTrue();
        assertThat(fourth.notBefore()).isEqualTo(TUESDAY_NOON.plusSeconds(3600));
        assertThat(fifth.overBudget()).isTrue();
        assertThat(fifth.notBefore()).as("the same digest").isEqualTo(fourth.notBefore());

        Weighed sixth = weigh(Notice.ESCALATED, TUESDAY_NOON.plusSeconds(3601));
        assertThat(sixth.overBudget()).as("one digest, and no second").isFalse();
        assertThat(sixth.notBefore()).isEqualTo(WEDNESDAY_DIGEST);
    }

    @Test
    void urgent_pushes_count_and_leave_room_for_fewer_others() {
        for (int i = 0; i < 3; i++) {
            weigh(Notice.VISIT_CANCELLED, TUESDAY_NOON);
        }
        assertThat(weigh(Notice.CORRECTED, TUESDAY_NOON).manner()).isEqualTo(Manner.DIGEST);
    }

    @Test
    void what_was_decided_stays_so_however_late_it_is_asked_again() {
        Weighed first = weigh(Notice.CORRECTED, TUESDAY_NOON);

        assertThat(events(new DayCommand.Weigh(GP, first.cause(), Notice.CORRECTED, SURGERY, 3, TUESDAY_EVENING)))
                .isEmpty();
        assertThat(day.about(first.cause())).contains(first);
    }

    @Test
    void what_missed_its_digest_goes_into_the_next() {
        Weighed late = weigh(Notice.OVERDUE, TUESDAY_NOON);
        List<NotificationEvent> postponed =
                events(new DayCommand.Postpone(late.cause(), SURGERY, WEDNESDAY_DIGEST.plusSeconds(1)));

        assertThat(postponed)
                .singleElement()
                .satisfies(event -> assertThat(((Weighed) event).notBefore()).isEqualTo(at("2026-11-26T07:30")));
    }

    @Test
    void every_notice_has_its_class_and_only_the_list_has_no_hour() {
        for (Notice notice : Notice.values()) {
            Weighed weighed = weigh(notice, TUESDAY_NOON);
            assertThat(weighed.priority()).isEqualTo(Attention.of(notice));
            assertThat(weighed.notBefore() == null).as(notice.name()).isEqualTo(weighed.priority() == Priority.KNOW);
        }
        assertThat(Arrays.stream(Notice.values()).map(Attention::of)).contains(Priority.values());
    }

    private Weighed weigh(Notice notice, Instant now) {
        String cause = "pathway-1:" + ++told;
        day = decider.evolveAll(day, events(new DayCommand.Weigh(GP, cause, notice, SURGERY, 3, now)));
        return day.about(cause).orElseThrow();
    }

    private List<NotificationEvent> events(DayCommand command) {
        return ((Decision.Accepted<NotificationEvent>) decider.decide(command, day)).events();
    }

    private static Instant at(String paris) {
        return LocalDateTime.parse(paris).atZone(Hours.PARIS).toInstant();
    }
}
