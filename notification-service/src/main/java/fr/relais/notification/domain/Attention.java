package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import java.time.Duration;

/** What each notice may ask of a person's attention. */
public final class Attention {

    /** So long an acceptance may still be undone, and those who had been asked too do not hear of it. */
    public static final Duration TIME_TO_UNDO = Duration.ofSeconds(10);

    private Attention() {}

    /** The class of a notice. */
    public static Priority of(Notice notice) {
        return switch (notice) {
            case OFFER,
                    WITHDRAWN,
                    VISIT_CANCELLED,
                    CORRECTED,
                    ESCALATED,
                    HANDOFF_FAILED,
                    EMERGENCY,
                    EMERGENCY_OVER,
                    REOPENED,
                    LEFT_AGAINST_ADVICE,
                    TEST -> Priority.ACT_NOW;
            case REMINDER, OVERDUE, UNASSIGNED, ATTENTION, WEEK_UNANSWERED, URGENT_NOTE, ENDED -> Priority.ACT_TODAY;
            case TAKEN_BY_ANOTHER,
                    ACCEPTED,
                    DECLINED,
                    COMPLETED,
                    ON_LEAVE,
                    HOSPITAL_NEWS,
                    REPORTED_DONE,
                    NOT_DONE,
                    LETTER_ARRIVED,
                    LETTER_MISSING,
                    ADMITTED,
                    DISCHARGED,
                    ADMISSION_TAKEN_BACK,
                    DISCHARGE_TAKEN_BACK -> Priority.KNOW;
        };
    }

    /**
     * Whether it comes at any hour and whatever the day has brought already: somebody might set out in vain, or asked for it
     * themselves.
     */
    static boolean comesAtAnyHour(Notice notice) {
        return switch (notice) {
            case WITHDRAWN, VISIT_CANCELLED, EMERGENCY, TEST -> true;
            case OFFER,
                    TAKEN_BY_ANOTHER,
                    CORRECTED,
                    REMINDER,
                    OVERDUE,
                    ESCALATED,
                    UNASSIGNED,
                    ACCEPTED,
                    DECLINED,
                    COMPLETED,
                    ATTENTION,
                    HANDOFF_FAILED,
                    EMERGENCY_OVER,
                    ON_LEAVE,
                    HOSPITAL_NEWS,
                    REPORTED_DONE,
                    NOT_DONE,
                    WEEK_UNANSWERED,
                    URGENT_NOTE,
                    LETTER_ARRIVED,
                    LETTER_MISSING,
                    ENDED,
                    REOPENED,
                    ADMITTED,
                    DISCHARGED,
                    ADMISSION_TAKEN_BACK,
                    DISCHARGE_TAKEN_BACK,
                    LEFT_AGAINST_ADVICE -> false;
        };
    }

    /** How long it is kept back, for whatever it says may be undone until then. */
    public static Duration keptBack(Notice notice) {
        return notice == Notice.TAKEN_BY_ANOTHER ? TIME_TO_UNDO : Duration.ZERO;
    }
}
