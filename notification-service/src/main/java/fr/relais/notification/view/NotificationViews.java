package fr.relais.notification.view;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import fr.relais.kit.page.Page;
import fr.relais.kit.view.PageQuery;
import fr.relais.kit.view.ViewReader;
import fr.relais.kit.view.Viewed;
import fr.relais.kit.view.Views;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

    NotificationViews(Views views, CircleProjector circles, MemberProjector members, DeliveryProjector deliveries) {
        this.circles = views.reader(circles);
        this.members = views.reader(members);
        this.deliveries = views.reader(deliveries);
    }

    /** The circle of a pathway, with the sequence it stands at. */
    public Optional<Viewed<CircleView>> circle(String pathway) {
        return circles.byId(pathway);
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
     * @param unread only what is unread
     */
    public Page<Viewed<DeliveryView>> inbox(
            Collection<String> recipients, boolean unread, @Nullable String after, int limit) {
        PageQuery query = unread
                ? PageQuery.where(and(in("recipient", recipients), eq("shown", true), eq("unread", true)))
                        .sortedBy("-queuedAt")
                : PageQuery.where(and(in("recipient", recipients), eq("shown", true)))
                        .sortedBy("-unread", "-queuedAt");
        return deliveries.page(query.after(after).limit(limit));
    }

    /** How many are unread in these inboxes, counted up to a limit. */
    public long unread(Collection<String> recipients, int upTo) {
        return deliveries.countUpTo(and(in("recipient", recipients), eq("shown", true), eq("unread", true)), upTo);
    }

    /** Deliveries in trouble, the latest first. */
    public Page<Viewed<DeliveryView>> inTrouble(String trouble, @Nullable String after, int limit) {
        return deliveries.page(PageQuery.where(eq("trouble", trouble))
                .sortedBy("-changedAt")
                .after(after)
                .limit(limit));
    }
}
