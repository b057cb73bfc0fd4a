package fr.relais.notification.web;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.Request;
import fr.relais.notification.application.Undelivered;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.view.DeliveryView;
import fr.relais.notification.view.NotificationViews;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Deliveries that do not arrive, for operators. */
@RestController
class DeliveriesController {

    private static final Set<String> STATUSES = Set.of(DeliveryView.FAILED, DeliveryView.GIVEN_UP);

    private final NotificationViews views;
    private final Undelivered undelivered;

    DeliveriesController(NotificationViews views, Undelivered undelivered) {
        this.views = views;
        this.undelivered = undelivered;
    }

    /** A delivery that is sent again, under the same id. */
    record Resent(String delivery, int attempts) {}

    /** Has sent again what failed or was given up: after the mend of whatever was wrong. */
    @PostMapping("/api/v1/deliveries/{delivery}/resend")
    ResponseEntity<Resent> resend(@PathVariable String delivery, Request request) {
        request.caller().require(Role.OPERATOR);
        return Answers.accepted(
                delivery,
                undelivered.resend(delivery, request.command()),
                state -> new Resent(delivery, state instanceof Delivery.Known known ? known.attempts() : 0));
    }

    /**
     * A delivery in trouble: to whom and how, not about what.
     *
     * @param status {@code failed} or {@code given-up}
     * @param why why the last attempt failed
     * @param since when it was last tried
     * @param nextAttemptAt when it is tried again
     */
    record Trouble(
            String delivery,
            String recipient,
            Channel channel,
            Notice notice,
            String status,
            int attempts,
            @Nullable String why,
            Instant queuedAt,
            Instant since,
            @Nullable Instant nextAttemptAt) {}

    @GetMapping("/api/v1/deliveries")
    ResponseEntity<Page<Trouble>> deliveries(
            @RequestParam(defaultValue = DeliveryView.FAILED) String status, Paging paging, Caller caller) {
        caller.require(Role.OPERATOR);
        if (!STATUSES.contains(status)) {
            throw Problems.badRequest("delivery-status-unknown", "status is one of: failed, given-up");
        }
        Page<Viewed<DeliveryView>> page = views.inTrouble(status, paging.after(), paging.limit());
        return Answers.list(
                page.items().stream().anyMatch(Viewed::stale), page.map(viewed -> trouble(viewed.document(), status)));
    }

    private static Trouble trouble(DeliveryView delivery, String status) {
        return new Trouble(
                delivery.id(),
                delivery.recipient(),
                delivery.channel(),
                delivery.notice(),
                status,
                delivery.attempts(),
                delivery.why(),
                delivery.queuedAt(),
                delivery.changedAt(),
                delivery.dueAt());
    }
}
