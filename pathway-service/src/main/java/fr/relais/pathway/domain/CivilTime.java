package fr.relais.pathway.domain;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Time as people in France live it: civil days in Europe/Paris, working days, and the hours in which a professional can
 * be expected to answer. Days of a clock change have 23 or 25 hours; nothing here counts hours where days are meant.
 */
final class CivilTime {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** How long somebody has to answer an offer, counted only while their profession is awake. */
    static final Duration TO_ANSWER = Duration.ofHours(2);

    /** Nobody is asked to answer faster than this, however late the step is. */
    private static final Duration LEAST_TO_ANSWER = Duration.ofMinutes(30);

    /** Under this, nobody waits for the answer of one before asking others. */
    private static final Duration SHORT = Duration.ofHours(4);

    private record Hours(LocalTime from, LocalTime to) {}

    private CivilTime() {}

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, PARIS);
    }

    /** The last second of the day. */
    static Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(PARIS).toInstant().minusSeconds(1);
    }

    /** The end of the last day of a delay; day 0 is the day of {@code from}. */
    static Instant due(Instant from, Template.Delay delay, String commune, Holidays holidays) {
        LocalDate day = day(from).plusMonths(delay.months());
        if (!delay.workingDays()) {
            return endOf(day.plusDays(delay.days()));
        }
        for (int left = delay.days(); left > 0; ) {
            day = day.plusDays(1);
            if (!isWeekend(day) && !holidays.on(day, commune)) {
                left--;
            }
        }
        return endOf(day);
    }

    /** The moment so long after another: its own time of day, that many months and days later. */
    static Instant after(Instant from, Template.Delay delay) {
        return from.atZone(PARIS)
                .plusMonths(delay.months())
                .plusDays(delay.days())
                .toInstant();
    }

    /** A time on the day so many days after that of a moment. */
    static Instant at(Instant day, int daysLater, LocalTime time) {
        return day(day).plusDays(daysLater).atTime(time).atZone(PARIS).toInstant();
    }

    /** When a quarter of the time is left. */
    static Instant remind(Instant from, Instant due) {
        return due.minus(Duration.between(from, due).dividedBy(4));
    }

    /**
     * Until when an answer is awaited: the earlier of two hours awake and half the time to the first care.
     *
     * @param due when the care is due, where it is known
     */
    static Instant answerBy(Instant now, String profession, @Nullable Instant due, String commune, Holidays holidays) {
        Instant awake = afterAwake(now, TO_ANSWER, profession, commune, holidays);
        if (due == null) {
            return awake;
        }
        Instant half = now.plus(Duration.between(now, due).dividedBy(2));
        Instant earlier = half.isBefore(awake) ? half : awake;
        Instant least = now.plus(LEAST_TO_ANSWER);
        return earlier.isBefore(least) ? least : earlier;
    }

    /** Whether so little time is left to the first care that the patient's own and others are asked together. */
    static boolean isShort(Instant now, @Nullable Instant due) {
        return due != null && Duration.between(now, due).dividedBy(2).compareTo(SHORT) < 0;
    }

    /** The moment at which so much time has gone by in the waking hours of a profession. */
    static Instant afterAwake(Instant now, Duration time, String profession, String commune, Holidays holidays) {
        Duration left = time;
        // At worst a long weekend beside a holiday; a fortnight without a waking hour cannot be.
        for (LocalDate day = day(now); day.isBefore(day(now).plusDays(30)); day = day.plusDays(1)) {
            Hours hours = hours(profession, day, holidays.on(day, commune));
            if (hours == null) {
                continue;
            }
            Instant opens = day.atTime(hours.from()).atZone(PARIS).toInstant();
            Instant closes = day.atTime(hours.to()).atZone(PARIS).toInstant();
            Instant from = now.isAfter(opens) ? now : opens;
            if (!from.isBefore(closes)) {
                continue;
            }
            Duration open = Duration.between(from, closes);
            if (open.compareTo(left) >= 0) {
                return from.plus(left);
            }
            left = left.minus(open);
        }
        throw new IllegalStateException("no waking hour in 30 days for profession " + profession);
    }

    private static @Nullable Hours hours(String profession, LocalDate day, boolean holiday) {
        return switch (profession) {
            case Roles.NURSE -> new Hours(LocalTime.of(7, 0), LocalTime.of(20, 0));
            case Roles.PHARMACIST ->
                holiday || day.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? null
                        : new Hours(LocalTime.of(9, 0), LocalTime.of(19, 0));
            case Roles.PHYSICIAN ->
                holiday || day.getDayOfWeek() == DayOfWeek.SUNDAY
                        ? null
                        : day.getDayOfWeek() == DayOfWeek.SATURDAY
                                ? new Hours(LocalTime.of(8, 0), LocalTime.of(12, 0))
                                : new Hours(LocalTime.of(8, 0), LocalTime.of(19, 0));
            default -> holiday || isWeekend(day) ? null : new Hours(LocalTime.of(8, 0), LocalTime.of(19, 0));
        };
    }

    private static boolean isWeekend(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
