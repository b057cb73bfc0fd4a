package fr.relais.notification.web;

import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.Party;
import fr.relais.kit.access.Caller;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.journal.Outcome;
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
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a person has been told, and marking it as read. */
@RestController
@RequestMapping("/api/v1/inbox")
class InboxController {

    private static final int COUNTED = 100;
    private static final int READ_AT_ONCE = 100;

    private final NotificationViews views;
    private final Inboxes inboxes;

    InboxController(NotificationViews views, Inboxes inboxes) {
        this.views = views;
        this.inboxes = inboxes;
    }

    /**
     * How many notices are unread.
     *
     * @param unread of all classes together
     * @param actNow of those to act on now
     * @param actToday of those to act on today
     * @param know of those to know
     * @param more whether there are more of a class than were counted
     */
    record Count(long unread, long actNow, long actToday, long know, boolean more) {}

    /**
     * What became of marking a notice as read.
     *
     * @param state {@code read}, or {@code recalled}, {@code given-up} or {@code ended} when that came first
     */
    record ReadAnswer(String delivery, String state) {}

    /**
     * Notices to mark as read.
     *
     * @param deliveries ids of 1 to 100 notices
     */
    record ReadBody(@Nullable List<String> deliveries) {}

    /**
     * What stands in the caller's inbox, unread first, newest first.
     *
     * @param priority only that class: ACT_NOW, ACT_TODAY or KNOW
     * @param unread only what is unread
     */
    @GetMapping
    ResponseEntity<Page<InboxItem>> inbox(
            @RequestParam(required = false) @Nullable String priority,
            @RequestParam(defaultValue = "false") boolean unread,
            Paging paging,
            Caller caller,
            AtLeast atLeast) {
        Readers.require(caller);
        boolean behind = atLeast.behind(views::sequenceOfDelivery);
        Page<Viewed<DeliveryView>> page =
                views.inbox(Readers.inboxes(caller), classOf(priority), unread, paging.after(), paging.limit());
        return Answers.list(
                behind || page.items().stream().anyMatch(Viewed::stale),
                page.map(item -> InboxItem.of(item.document())));
    }

    private static @Nullable Priority classOf(@Nullable String word) {
        try {
            return word == null
                    ? null
                    : Priority.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            throw Problems.badRequest("inbox-priority-unknown", "priority is one of: ACT_NOW, ACT_TODAY, KNOW");
        }
    }

    @GetMapping("/count")
    Count count(Caller caller) {
        Readers.require(caller);
        long now = unread(caller, Priority.ACT_NOW);
        long today = unread(caller, Priority.ACT_TODAY);
        long know = unread(caller, Priority.KNOW);
        return new Count(
                counted(now) + counted(today) + counted(know),
                counted(now),
                counted(today),
                counted(know),
                Math.max(now, Math.max(today, know)) > COUNTED);
    }

    private long unread(Caller caller, Priority priority) {
        return views.unread(Readers.inboxes(caller), priority, COUNTED + 1);
    }

    private static long counted(long found) {
        return Math.min(found, COUNTED);
    }

    /** Marks several notices as read; each says what became of it, and one that is not the caller's is unknown. */
    @PostMapping("/read")
    List<ReadAnswer> readAll(@RequestBody ReadBody body, Request request) {
        Caller caller = request.caller();
        Readers.require(caller);
        List<String> deliveries = body.deliveries();
        if (deliveries == null || deliveries.isEmpty() || deliveries.size() > READ_AT_ONCE) {
            throw Problems.badRequest(
                    "inbox-read-count", "write the ids of 1 to " + READ_AT_ONCE + " notices in \"deliveries\"");
        }
        CommandContext command = request.command(body);
        return deliveries.stream()
                .distinct()
                .map(delivery -> new ReadAnswer(
                        delivery,
                        answered(inboxes.read(
                                delivery,
                                Party.person(caller.id()),
                                Readers.readsFor(caller),
                                command.forStream(delivery)))))
                .toList();
    }

    private static String answered(Outcome<Delivery> outcome) {
        return switch (outcome) {
            case Outcome.Done<Delivery> done -> word(done.state());
            // Somebody else's notice answers as if it did not exist.
            case Outcome.Refused<Delivery> refused -> "unknown";
        };
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
            case Delivery.Ended ended -> "ended";
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
