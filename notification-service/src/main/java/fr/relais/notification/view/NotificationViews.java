package fr.relais.notification.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.kit.page.Page;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Everything this service reads from its views, each query with an index of its own. */
@Component
public final class NotificationViews {

    private static final int MEMBERS_AT_MOST = 2000;
    private static final long LONGEST_PAUSE_MILLIS = 50;

    private final ViewReader<CircleView> circles;
    private final ViewReader<MemberView> members;
    private final ViewReader<DeliveryView> deliveries;
    private final ViewReader<DayView> days;
    private final RecentCircles recentCircles;

    NotificationViews(
            Views views,
            RecentCircles recentCircles,
            CircleProjector circles,
            MemberProjector members,
            DeliveryProjector deliveries,
            DayProjector days) {
        this.recentCircles = recentCircles;
        this.circles = views.reader(circles);
        this.members = views.reader(members);
        this.deliveries = views.reader(deliveries);
        this.days = views.reader(days);
    }

    /** The circle of a pathway, with the sequence it stands at. */
    public Optional<Viewed<CircleView>> circle(String pathway) {
        return circles.byId(pathway);
    }

    /** Until when an answer to a handoff is awaited. */
    public Optional<Instant> answerBy(String pathway, String handoff) {
        return recentCircles
                .find(pathway)
                .flatMap(circle -> answerBy(circle, handoff))
                .or(() -> circle(pathway).flatMap(viewed -> answerBy(viewed.document(), handoff)));
    }

    private static Optional<Instant> answerBy(CircleView circle, String handoff) {
        return circle.handoffs().stream()
                .filter(one -> one.handoff().equals(handoff))
                .map(CircleView.Handoff::answerBy)
                .findFirst();
    }

    /** Whether an event of the pathway could not be used, so that its circle stays where it is. */
    public boolean circleIsPoisoned(String pathway) {
        return circles.isPoisoned(pathway);
    }

    /** RPPS numbers or national identifiers of a structure's members of a profession. */
    public List<String> members(String structure, String profession) {
        List<String> found = new ArrayList<>();
        String after = null;
        do {
            Page<Viewed<MemberView>> page =
                    members.page(PageQuery.where(and(eq("structures", structure), eq("profession", profession)))
                            .after(after)
                            .limit(PageQuery.MOST));
            page.items().forEach(member -> found.add(member.document().professional()));
            after = page.next();
        } while (after != null && found.size() < MEMBERS_AT_MOST);
        return found;
    }

    /** The profession (TRE_G15 code) of a person, where the directory knows one. */
    public Optional<String> profession(String professional) {
        return members.page(PageQuery.where(eq("professional", professional)).limit(1)).items().stream()
                .findFirst()
                .flatMap(member -> Optional.ofNullable(member.document().profession()));
    }

    /** A delivery. */
    public Optional<Viewed<DeliveryView>> delivery(String id) {
        return deliveries.byId(id);
    }

    /** The sequence at which a delivery is shown, 0 when it is not yet. */
    public long sequenceOfDelivery(String id) {
        return deliveries.sequenceOf(id);
    }

    /** Whether a delivery is shown; waits a moment for a view that is still at it. */
    public boolean showsWithin(String delivery, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        long pause = 4;
        while (sequenceOfDelivery(delivery) == 0) {
            if (System.nanoTime() - until >= 0) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
        return true;
    }

    /**
     * What stands in these inboxes, unread first, newest first.
     *
     * @param priority only that class; null for all
     * @param unread only what is unread
     */
    public Page<Viewed<DeliveryView>> inbox(
            Collection<String> recipients,
            @Nullable Priority priority,
            boolean unread,
            @Nullable String after,
            int limit) {
        List<Bson> filters = shownTo(recipients, priority);
        if (unread) {
            filters.add(eq("unread", true));
        }
        PageQuery query = PageQuery.where(and(filters));
        return deliveries.page((unread ? query.sortedBy("-queuedAt") : query.sortedBy("-unread", "-queuedAt"))
                .after(after)
                .limit(limit));
    }

    private static List<Bson> shownTo(Collection<String> recipients, @Nullable Priority priority) {
        List<Bson> filters = new ArrayList<>();
        filters.add(in("recipient", recipients));
        filters.add(eq("shown", true));
        if (priority != null) {
            filters.add(eq("priority", priority.name()));
        }
        return filters;
    }

    /** How many of a class are unread in these inboxes, counted up to a limit. */
    public long unread(Collection<String> recipients, Priority priority, int upTo) {
        List<Bson> filters = shownTo(recipients, priority);
        filters.add(eq("unread", true));
        return deliveries.countUpTo(and(filters), upTo);
    }

    /** Deliveries to somebody by a channel that failed or were given up. */
    public List<String> inTroubleTo(String recipient, Channel channel) {
        List<String> found = new ArrayList<>();
        String after = null;
        do {
            Page<Viewed<DeliveryView>> page = deliveries.page(
                    PageQuery.where(and(eq("recipient", recipient), eq("channel", channel.name()), gt("trouble", "")))
                            .sortedBy("trouble")
                            .after(after)
                            .limit(PageQuery.MOST));
            page.items().forEach(delivery -> found.add(delivery.document().id()));
            after = page.next();
        } while (after != null);
        return found;
    }

    /** Days of people whose interruption budget was exceeded, the latest first. */
    public Page<Viewed<DayView>> exceeded(@Nullable String after, int limit) {
        return days.page(PageQuery.where(eq("exceeded", true))
                .sortedBy("-changedAt")
                .after(after)
                .limit(limit));
    }

    /** Deliveries in trouble, the latest first. */
    public Page<Viewed<DeliveryView>> inTrouble(String trouble, @Nullable String after, int limit) {
        return deliveries.page(PageQuery.where(eq("trouble", trouble))
                .sortedBy("-changedAt")
                .after(after)
                .limit(limit));
    }
}
