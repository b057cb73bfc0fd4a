package fr.relais.notification.domain;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** When somebody of a profession may be interrupted. Civil days and hours are those of Europe/Paris. */
public enum Hours {
    /** Every day, holidays too. Also for those whose profession is not known: nobody is to wait longer than needed. */
    NURSE,
    /** Monday to Saturday. */
    OFFICINE,
    /** Monday to Friday and Saturday morning. */
    PHYSICIAN,
    /** Monday to Friday: coordinators and other professions. */
    OFFICE;

    /** Where civil days and hours are counted. */
    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private static final int FORTNIGHT = 14;

    private record Window(LocalTime opens, LocalTime closes) {}

    private static final Window NURSING = new Window(LocalTime.of(7, 0), LocalTime.of(20, 0));
    private static final Window SHOP = new Window(LocalTime.of(9, 0), LocalTime.of(19, 0));
    private static final Window CONSULTATION = new Window(LocalTime.of(8, 0), LocalTime.of(19, 0));
    private static final Window MORNING = new Window(LocalTime.of(8, 0), LocalTime.of(12, 0));

    /** The hours of a profession (TRE_G15-ProfessionSante), or of somebody without one. */
    public static Hours of(@Nullable String profession) {
        return switch (profession) {
            case "60" -> NURSE;
            case "21" -> OFFICINE;
            case "10" -> PHYSICIAN;
            case null -> NURSE;
            default -> OFFICE;
        };
    }

    /** Whether they work on that day. */
    public boolean works(LocalDate day) {
        return window(day) != null;
    }

    private @Nullable Window window(LocalDate day) {
        DayOfWeek weekday = day.getDayOfWeek();
        boolean rest = weekday == DayOfWeek.SUNDAY || FrenchHolidays.isOne(day);
        return switch (this) {
            case NURSE -> NURSING;
            case OFFICINE -> rest ? null : SHOP;
            case PHYSICIAN -> rest ? null : weekday == DayOfWeek.SATURDAY ? MORNING : CONSULTATION;
            case OFFICE -> rest || weekday == DayOfWeek.SATURDAY ? null : CONSULTATION;
        };
    }

    /** Now where they may be interrupted, or else the moment from which they may. */
    public Instant opening(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, PARIS);
        for (LocalDate day = today; day.isBefore(today.plusDays(FORTNIGHT)); day = day.plusDays(1)) {
            Window window = window(day);
            if (window == null || !now.isBefore(at(day, window.closes()))) {
                continue;
            }
            Instant opens = at(day, window.opens());
            return now.isAfter(opens) ? now : opens;
        }
        throw new IllegalStateException("no hour in a fortnight for " + this);
    }

    boolean isOpen(Instant now) {
        return opening(now).equals(now);
    }

    /** The next digest after now: at that time of their next day of work. */
    Instant digest(Instant now, LocalTime time) {
        LocalDate today = LocalDate.ofInstant(now, PARIS);
        for (LocalDate day = today; day.isBefore(today.plusDays(FORTNIGHT)); day = day.plusDays(1)) {
            if (works(day) && now.isBefore(at(day, time))) {
                return at(day, time);
            }
        }
        throw new IllegalStateException("no day in a fortnight for " + this);
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(PARIS).toInstant();
    }
}
