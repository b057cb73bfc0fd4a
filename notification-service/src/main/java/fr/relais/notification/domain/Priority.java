package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent.Notice;

/** How much a notice may interrupt. */
public enum Priority {
    /** Somebody must act now. */
    ACT_NOW,
    /** Somebody must act today. */
    ACT_TODAY,
    /** Good to know; never chased. */
    KNOW;

    /** The class of a notice. */
    public static Priority of(Notice notice) {
        return switch (notice) {
            case OFFER, WITHDRAWN, CORRECTED, ESCALATED -> ACT_NOW;
            case REMINDER, OVERDUE, UNASSIGNED, ATTENTION -> ACT_TODAY;
            case TAKEN_BY_ANOTHER, ACCEPTED, DECLINED, COMPLETED -> KNOW;
        };
    }
}
