package fr.relais.pathway.view;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A handoff as its addressees, holder and sender find it.
 *
 * @param status where it stands
 * @param audience keys of those who find it in their worklist
 * @param when what the worklist is sorted by: the time to answer, then when it is due, then when it ended
 * @param to key of the addressee
 * @param from key of who offered it
 * @param by key of the person who accepted, declined or did it
 * @param structure the structure they acted for
 * @param takenBy key of who has it instead
 */
public record HandoffRow(
        String id,
        String pathway,
        String patient,
        String step,
        String role,
        String profession,
        Status status,
        List<String> audience,
        Instant when,
        String to,
        String from,
        int wave,
        Instant offeredAt,
        Instant answerBy,
        TermsView terms,
        @Nullable String by,
        @Nullable String structure,
        @Nullable Instant acceptedAt,
        @Nullable Instant dueAt,
        boolean late,
        @Nullable String reason,
        @Nullable String takenBy) {

    /** Where a handoff stands. */
    public enum Status {
        OFFERED,
        ACCEPTED,
        COMPLETED,
        DECLINED,
        EXPIRED,
        WITHDRAWN
    }

    public HandoffRow {
        audience = List.copyOf(audience);
    }
}
