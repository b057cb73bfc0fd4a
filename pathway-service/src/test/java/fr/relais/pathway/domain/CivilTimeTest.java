package fr.relais.pathway.domain;

import static fr.relais.pathway.domain.Hospital.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CivilTimeTest {

    private static final Holidays NONE = new Holidays(Set.of(), Set.of());
    private static final Holidays EASTER =
            new Holidays(Set.of(LocalDate.parse("2026-04-06")), Set.of(LocalDate.parse("2026-04-03")));

    @ParameterizedTest
    @CsvSource({
        // a nurse answers every day from 7 to 20
        "60, 2026-03-03T10:00, 2026-03-03T12:00",
        "60, 2026-03-03T19:00, 2026-03-04T08:00",
        "60, 2026-03-07T21:00, 2026-03-08T09:00",
        // an officine from Monday to Saturday
        "21, 2026-03-07T18:00, 2026-03-09T10:00",
        // a GP from Monday to Friday and on Saturday morning
        "10, 2026-03-07T11:00, 2026-03-09T09:00",
        "10, 2026-03-06T18:30, 2026-03-07T09:30",
        // others on weekdays
        "70, 2026-03-06T18:30, 2026-03-09T09:30",
        // the nights of both clock changes
        "60, 2026-03-28T19:00, 2026-03-29T08:00",
        "60, 2026-10-24T19:00, 2026-10-25T08:00",
    })
    void an_answer_is_awaited_for_two_waking_hours(String profession, String now, String by) {
        assertThat(CivilTime.answerBy(at(now), profession, null, "99001", NONE)).isEqualTo(at(by));
    }

    @Test
    void a_holiday_is_no_waking_day_save_for_nurses() {
        assertThat(CivilTime.answerBy(at("2026-04-06T10:00"), "10", null, "99001", EASTER))
                .isEqualTo(at("2026-04-07T10:00"));
        assertThat(CivilTime.answerBy(at("2026-04-06T10:00"), "60", null, "99001", EASTER))
                .isEqualTo(at("2026-04-06T12:00"));
        // Good Friday is one in Strasbourg only.
        assertThat(CivilTime.answerBy(at("2026-04-03T10:00"), "10", null, "67482", EASTER))
                .isEqualTo(at("2026-04-04T10:00"));
        assertThat(CivilTime.answerBy(at("2026-04-03T10:00"), "10", null, "75056", EASTER))
                .isEqualTo(at("2026-04-03T12:00"));
    }

    @Test
    void an_answer_is_awaited_no_longer_than_half_the_time_to_the_care() {
        assertThat(CivilTime.answerBy(at("2026-03-03T10:00"), "60", at("2026-03-03T13:00"), "99001", NONE))
                .isEqualTo(at("2026-03-03T11:30"));
        assertThat(CivilTime.answerBy(at("2026-03-03T10:00"), "60", at("2026-03-02T13:00"), "99001", NONE))
                .as("never less than half an hour")
                .isEqualTo(at("2026-03-03T10:30"));
    }

    @Test
    void a_delay_ends_with_a_civil_day_also_over_a_clock_change() {
        Template.Delay two = new Template.Delay(2, false);

        assertThat(CivilTime.due(at("2026-03-27T23:30"), two, "99001", NONE)).isEqualTo(at("2026-03-29T23:59:59"));
        assertThat(CivilTime.due(at("2026-10-24T00:10"), two, "99001", NONE)).isEqualTo(at("2026-10-26T23:59:59"));
        assertThat(Duration.between(
                        CivilTime.due(at("2026-03-27T12:00"), new Template.Delay(1, false), "99001", NONE),
                        CivilTime.due(at("2026-03-27T12:00"), two, "99001", NONE)))
                .isEqualTo(Duration.ofHours(23));
    }

    @Test
    void working_days_skip_weekends_and_holidays() {
        assertThat(CivilTime.due(at("2026-04-02T12:00"), new Template.Delay(2, true), "75056", EASTER))
                .isEqualTo(at("2026-04-07T23:59:59"));
        assertThat(CivilTime.due(at("2026-04-02T12:00"), new Template.Delay(2, true), "67482", EASTER))
                .isEqualTo(at("2026-04-08T23:59:59"));
    }
}
