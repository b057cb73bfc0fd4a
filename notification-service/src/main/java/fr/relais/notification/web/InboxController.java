package fr.relais.notification.web;

import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.AtLeast;
import fr.relais.kit.web.Request;
import fr.relais.notification.application.Inboxes;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.view.DeliveryView;
import fr.relais.notification.view.NotificationViews;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a person has been told, and marking it as read. */
@RestController
@RequestMapping("/api/v1/inbox")
class InboxController {

    private static final int COUNTED = 100;

    private final NotificationViews views;
    private final Inboxes inboxes;

    InboxController(NotificationViews views, Inboxes inboxes) {
        this.views = views;
        this.inboxes = inboxes;
    }

    /**
     * How many notices are unread.
     *
     * @param more whether there are more than were counted
     */
    record Count(long unread, boolean more) {}

    /**
     * What became of marking a notice as read.
     *
     * @param state {@code read}, or {@code recalled} or {@code given-up} when that came first
     */
    record ReadAnswer(String delivery, String state) {}

    @GetMapping
    ResponseEntity<Page<InboxItem>> inbox(
            @RequestParam(defaultValue = "false") boolean unread, Paging paging, Caller caller, AtLeast atLeast) {
        Readers.require(caller);
        boolean behind = atLeast.behind(views::sequenceOfDelivery);
        Page<Viewed<DeliveryView>> page = views.inbox(Readers.inboxes(caller), unread, paging.after(), paging.limit());
        return Answers.list(
                behind || page.items().stream().anyMatch(Viewed::stale),
                page.map(item -> InboxItem.of(item.document())));
    }

    @GetMapping("/count")
    Count count(Caller caller) {
        Readers.require(caller);
        long unread = views.unread(Readers.inboxes(caller), COUNTED + 1);
        return new Count(Math.min(unread, COUNTED), unread > COUNTED);
    }

    /** One notice; also one that came by another channel, whose link leads here. */
    @GetMapping("/{delivery}")
    ResponseEntity<InboxItem> one(@PathVariable String delivery, Caller caller, AtLeast atLeast) {
        Readers.require(caller);
        boolean behind = atLeast.behind(views::sequenceOfDelivery);
        Viewed<DeliveryView> found = views.delivery(delivery)
                .filter(viewed ->
                        Readers.inboxes(caller).contains(viewed.document().recipient()))
                .orElseThrow(InboxController::noSuchDelivery);
        return Answers.read(found, behind, InboxItem::of);
    }

    @PostMapping("/{delivery}/read")
    ResponseEntity<ReadAnswer> read(@PathVariable String delivery, Request request) {
        Caller caller = request.caller();
        Readers.require(caller);
        return Answers.of(
                delivery,
                inboxes.read(delivery, Party.person(caller.id()), Readers.readsFor(caller), request.command()),
                state -> new ReadAnswer(delivery, word(state)));
    }

    private static String word(Delivery state) {
        return switch (state) {
            case Delivery.Read read -> "read";
            case Delivery.Recalled recalled -> "recalled";
            case Delivery.GivenUp givenUp -> "given-up";
            case Delivery.Unknown u -> "unknown";
            case Delivery.Queued q -> "unread";
            case Delivery.Attempting a -> "unread";
            case Delivery.Retrying r -> "unread";
            case Delivery.Delivered d -> "unread";
        };
    }

    private static ProblemException noSuchDelivery() {
        return Problems.notFound("no-such-delivery", "there is no notice under this id for you: read your inbox again");
    }
}
