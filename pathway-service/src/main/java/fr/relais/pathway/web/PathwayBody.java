package fr.relais.pathway.web;

import fr.relais.pathway.view.CallCode;
import fr.relais.pathway.view.HandoffRow;
import fr.relais.pathway.view.PathwayView;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A pathway as those concerned see it.
 *
 * @param code what two people say on the phone to open the same pathway, as {@code K7-42}; others may bear it too
 * @param patient internal id, only for the owner and for those who hold a step
 * @param preparation what was ready for those who take over; missing where nothing was said of it
 */
record PathwayBody(
        String id,
        String code,
        @Nullable String patient,
        String template,
        String owner,
        String coordinator,
        String commune,
        String status,
        Instant openedAt,
        @Nullable Instant expectedAt,
        @Nullable Instant dischargedAt,
        @Nullable String closeReason,
        @Nullable Instant closedAt,
        @Nullable Instant endsAt,
        @Nullable String attention,
        PathwayView.@Nullable Proposed proposed,
        PathwayView.@Nullable Preparation preparation,
        List<StepBody> steps) {

    /** A step, who answers for it and who was asked. */
    record StepBody(
            String key,
            String role,
            String profession,
            String status,
            String responsible,
            @Nullable Instant remindAt,
            @Nullable Instant dueAt,
            boolean dueSoon,
            boolean overdue,
            int level,
            @Nullable String unassigned,
            @Nullable String doneBy,
            @Nullable Instant doneAt,
            PathwayView.@Nullable Report reported,
            PathwayView.@Nullable Weeks weeks,
            PathwayView.@Nullable Call call,
            List<OfferBody> handoffs) {}

    /** A handoff of a step. */
    record OfferBody(
            String id,
            String status,
            String to,
            int wave,
            Instant answerBy,
            @Nullable String by,
            @Nullable String reason,
            List<String> seenBy,
            List<String> leftBy,
            HandoffRow.@Nullable Appointment appointment) {}

    static PathwayBody of(PathwayView view, boolean withPatient) {
        PathwayView.Attention attention = view.attention();
        return new PathwayBody(
                view.id(),
                CallCode.of(view.id()).toString(),
                withPatient ? view.patient() : null,
                view.template() + ".v" + view.templateVersion(),
                view.owner(),
                view.coordinator(),
                view.commune(),
                word(view.status()),
                view.openedAt(),
                view.expectedAt(),
                view.dischargedAt(),
                view.closeReason(),
                view.closedAt(),
                view.endsAt(),
                attention == null ? null : attention.why(),
                attention == null ? null : attention.proposed(),
                view.preparation(),
                view.steps().stream().map(step -> step(view, step)).toList());
    }

    private static StepBody step(PathwayView view, PathwayView.StepView step) {
        List<HandoffRow> handoffs = view.handoffs().stream()
                .filter(row -> row.step().equals(step.key()))
                .toList();
        boolean offered = handoffs.stream().anyMatch(row -> row.status() == HandoffRow.Status.OFFERED);
        String status;
        if (step.done()) {
            status = "done";
        } else if (step.probablyDone()) {
            status = "probably-done";
        } else if (step.holding() != null) {
            status = "accepted";
        } else if (offered) {
            status = "offered";
        } else {
            status = step.unassigned() != null ? "unassigned" : "open";
        }
        return new StepBody(
                step.key(),
                step.role(),
                step.profession(),
                status,
                step.responsible(),
                step.remindAt(),
                step.dueAt(),
                step.dueSoon() && !step.probablyDone(),
                step.overdue() && !step.probablyDone(),
                step.level(),
                step.unassigned(),
                step.doneBy(),
                step.doneAt(),
                step.reported(),
                step.weeks(),
                step.call(),
                handoffs.stream()
                        .map(row -> new OfferBody(
                                row.id(),
                                word(row.status()),
                                row.to(),
                                row.wave(),
                                row.answerBy(),
                                row.by(),
                                row.reason(),
                                row.seenBy(),
                                row.leftBy(),
                                row.appointment()))
                        .toList());
    }

    private static String word(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
