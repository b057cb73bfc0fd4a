package fr.relais.pathway.application;

import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How well each facility's messages come in. Counted beside the messages, and written a moment later: a crash loses what
 * was counted in the last second, and a write whose answer was lost may count its second twice.
 */
public interface SenderQuality {

    /** What is counted, of messages that came on a day. */
    enum Count {
        /** New and kept, whatever became of it. */
        RECEIVED,
        /** Understood, and it did something. */
        UNDERSTOOD,
        /** Understood, or of a kind that changes nothing here. */
        IGNORED,
        /** Sent again as it was. */
        REPEATED,
        /** New, under a control id (MSH-10) that another message of the facility bears. */
        OTHER_CONTENT,
        /** Came long after it was written. */
        LATE,
        /** Ends a stay and does not say how. */
        WITHOUT_ZFM,
        /** Came into triage; each time counts. */
        TRIAGED,
        /** Refused for good (AR). */
        REJECTED;

        /** As written in the API and in the store: {@code otherContent}. */
        public String word() {
            StringBuilder word = new StringBuilder();
            for (String part : name().toLowerCase(Locale.ROOT).split("_", -1)) {
                word.append(word.isEmpty() ? part : part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1));
            }
            return word.toString();
        }
    }

    /**
     * A facility's figures.
     *
     * @param day in Europe/Paris; null for all days together
     * @param counts each of {@link Count}
     * @param examples ids of the latest such messages, of all but those received
     * @param inTriage how many wait in triage now, at most 1000; null for a day
     */
    record Figures(
            String facility,
            @Nullable LocalDate day,
            Map<Count, Long> counts,
            Map<Count, List<String>> examples,
            @Nullable Integer inTriage) {

        public Figures {
            counts = Map.copyOf(counts);
            examples = Map.copyOf(examples);
        }
    }

    /** Facility by facility, all days together; of these facilities, or of all when null. */
    Page<Figures> inAll(@Nullable Set<String> facilities, Paging paging);

    /** Facility by facility, and of each the latest day first. */
    Page<Figures> byDay(@Nullable Set<String> facilities, Paging paging);
}
