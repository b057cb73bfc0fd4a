package fr.relais.pathway.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.TermsView;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A handoff as the one who asks may see it. Before acceptance an addressee sees what is to be done, where and until when
 * to answer, and nothing of the patient, the hospital or the pathway. Afterwards the holder and the sender see the rest,
 * and the others who were asked see who has it.
 */
record HandoffBody(
        String id,
        String status,
        String profession,
        String to,
        TermsView terms,
        Instant offeredAt,
        Instant answerBy,
        @Nullable String step,
        @Nullable String role,
        @Nullable String pathway,
        @Nullable String patient,
        @Nullable String from,
        @Nullable Integer wave,
        @Nullable String by,
        @Nullable String structure,
        @Nullable Instant acceptedAt,
        @Nullable Instant dueAt,
        boolean late,
        @Nullable String reason,
        @Nullable String takenBy,
        boolean seenByMe,
        boolean leftByMe,
        HandoffRow.@Nullable Appointment appointment,
        boolean probablyDone) {

    static HandoffBody of(HandoffRow row, Caller caller, Set<String> audience) {
        boolean answered = row.status() == HandoffRow.Status.ACCEPTED || row.status() == HandoffRow.Status.COMPLETED;
        String me = Party.person(caller.id()).key();
        boolean holder = answered && me.equals(row.by());
        boolean sender = Acting.parties(caller).contains(row.from());
        boolean insider = holder || sender;
        // Colleagues of whoever accepted, and their secretary, work from the same list.
        boolean team = insider || (answered && audience.contains(row.to()));
        return new HandoffBody(
                row.id(),
                row.status().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                row.profession(),
                row.to(),
                row.terms(),
                row.offeredAt(),
                row.answerBy(),
                team ? row.step() : null,
                team ? row.role() : null,
                team ? row.pathway() : null,
                insider ? row.patient() : null,
                insider ? row.from() : null,
                insider ? row.wave() : null,
                row.by(),
                row.structure(),
                row.acceptedAt(),
                team ? row.dueAt() : null,
                team && row.late(),
                row.reason(),
                row.takenBy(),
                row.seenBy().contains(me),
                row.leftBy().contains(me),
                team ? row.appointment() : null,
                team && row.probablyDone());
    }
}
