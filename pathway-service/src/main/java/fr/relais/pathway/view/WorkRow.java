package fr.relais.pathway.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something on a pathway that owners and coordinators look at; it bears no patient.
 *
 * @param queues whose list and which: {@code structure:990000051|late}; empty while there is nothing to look at
 * @param since since when
 * @param step null for what concerns the whole pathway
 * @param responsible key of who answers for the step
 * @param level how far it was escalated
 * @param why plain words, where somebody is asked to look
 * @param reportedBy key of who says that it was done, where it is probably done
 * @param unansweredWeeks how many weeks in a row nobody answered for
 * @param restsUntil until when nobody need look, because somebody called and will call again
 */
public record WorkRow(
        String id,
        String pathway,
        List<String> queues,
        Instant since,
        String template,
        String commune,
        @Nullable String step,
        @Nullable String role,
        @Nullable String responsible,
        @Nullable Instant dueAt,
        int level,
        @Nullable String unassigned,
        @Nullable String why,
        @Nullable String reportedBy,
        int unansweredWeeks,
        @Nullable Instant restsUntil) {

    /** Kinds of lists. */
    public enum Kind {
        LATE,
        UNASSIGNED,
        DUE_SOON,
        ATTENTION,
        /** Others say it was done; never counted as late. */
        PROBABLY_DONE;

        /** The word for it in addresses: {@code due-soon}. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    public WorkRow {
        queues = List.copyOf(queues);
    }

    /** One list of one party. */
    public static String queue(String party, Kind kind) {
        return party + "|" + kind.word();
    }
}
