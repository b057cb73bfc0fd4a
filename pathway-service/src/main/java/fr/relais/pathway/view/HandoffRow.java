package fr.relais.pathway.view;

import java.time.Instant;
import java.util.ArrayList;
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
 * @param seenBy keys of those who looked at it
 * @param leftBy keys of members who said no for themselves
 * @param probablyDone whether others say that it was done, and nobody confirmed it; it is not late then
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
        @Nullable String takenBy,
        List<String> seenBy,
        List<String> leftBy,
        @Nullable Appointment appointment,
        boolean probablyDone) {

    /** Where a handoff stands. */
    public enum Status {
        OFFERED,
        ACCEPTED,
        COMPLETED,
        PASSED_ON,
        FAILED,
        DECLINED,
        EXPIRED,
        WITHDRAWN
    }

    public HandoffRow {
        audience = List.copyOf(audience);
        seenBy = List.copyOf(seenBy);
        leftBy = List.copyOf(leftBy);
    }

    /**
     * An appointment of whoever has the handoff.
     *
     * @param status in lower case: {@code booked}, {@code fulfilled}, {@code noshow}, {@code cancelled}
     * @param by key of who set it
     */
    public record Appointment(String status, @Nullable Instant startsAt, String by) {}

    HandoffRow seen(String party) {
        return with(patient, and(seenBy, party), leftBy, appointment);
    }

    HandoffRow left(String party) {
        return with(patient, seenBy, and(leftBy, party), appointment);
    }

    HandoffRow with(Appointment next) {
        return with(patient, seenBy, leftBy, next);
    }

    private static List<String> and(List<String> some, String one) {
        List<String> all = new ArrayList<>(some);
        all.add(one);
        return all;
    }

    private HandoffRow with(String who, List<String> seen, List<String> left, @Nullable Appointment next) {
        return new HandoffRow(
                id,
                pathway,
                who,
                step,
                role,
                profession,
                status,
                audience,
                when,
                to,
                from,
                wave,
                offeredAt,
                answerBy,
                terms,
                by,
                structure,
                acceptedAt,
                dueAt,
                late,
                reason,
                takenBy,
                seen,
                left,
                next,
                probablyDone);
    }

    HandoffRow withPatient(String next) {
        return with(next, seenBy, leftBy, appointment);
    }
}
