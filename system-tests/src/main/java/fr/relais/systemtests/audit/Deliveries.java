package fr.relais.systemtests.audit;

import fr.relais.events.Content;
import fr.relais.events.DomainEvent;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Channel;
import fr.relais.events.NotificationEvent.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of each telling, folded from the journal of the notification service by nothing but the event catalogue. */
final class Deliveries {

    /** How a delivery stands. */
    enum State {
        QUEUED,
        ATTEMPTING,
        RETRYING,
        DELIVERED,
        GIVEN_UP,
        ENDED,
        READ,
        RECALLED
    }

    /**
     * One event told under a delivery id.
     *
     * @param eventId the event of the delivery that says so
     */
    record Telling(
            String eventId,
            Notice notice,
            String cause,
            String pathway,
            @Nullable String step,
            @Nullable String handoff) {}

    /** An attempt that began, by the real clock. */
    record Attempt(String eventId, Instant at) {}

    /** A delivery. */
    static final class Delivery {
        final String id;
        final String recipient;
        final Channel channel;
        final List<Telling> tellings = new ArrayList<>(1);
        final List<String> dropped = new ArrayList<>(0);
        final List<Attempt> attempts = new ArrayList<>(1);
        final List<String> attemptedAtRest = new ArrayList<>(0);
        State state = State.QUEUED;

        @Nullable
        Instant notBefore;

        Delivery(String id, String recipient, Channel channel) {
            this.id = id;
            this.recipient = recipient;
            this.channel = channel;
        }

        /** Whether it has come to an end, or rests on purpose until later. */
        boolean isAtRest(Instant now) {
            return switch (state) {
                case DELIVERED, GIVEN_UP, ENDED, READ, RECALLED -> true;
                case QUEUED -> notBefore != null && notBefore.isAfter(now);
                case ATTEMPTING, RETRYING -> false;
            };
        }
    }

    private final Map<String, Delivery> byId = new HashMap<>();
    private final Map<String, NavigableMap<Long, Instant>> heard = new HashMap<>();

    static Deliveries of(Evidence evidence) {
        Deliveries deliveries = new Deliveries();
        for (String service : evidence.services()) {
            try (Stream<Commit> commits = evidence.journal(service)) {
                commits.filter(commit -> commit.stream().startsWith("delivery-"))
                        .forEach(deliveries::fold);
            }
        }
        return deliveries;
    }

    Collection<Delivery> all() {
        return byId.values();
    }

    Optional<Delivery> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * When somebody was told for the first time, or had something taken back, because of that event of the stream or a
     * later one: from then on it was known to whoever tells. Events of a stream are heard in order.
     */
    Optional<Instant> heardAt(String stream, long sequence) {
        return heard.getOrDefault(stream, Collections.emptyNavigableMap()).tailMap(sequence, true).values().stream()
                .min(Instant::compareTo);
    }

    private void hear(String cause, Instant at) {
        int colon = cause.lastIndexOf(':');
        if (colon > 0 && cause.substring(colon + 1).matches("\\d{1,18}")) {
            heard.computeIfAbsent(cause.substring(0, colon), any -> new TreeMap<>())
                    .merge(
                            Long.parseLong(cause.substring(colon + 1)),
                            at,
                            (one, other) -> one.isBefore(other) ? one : other);
        }
    }

    private void fold(Commit commit) {
        for (int i = 0; i < commit.events().size(); i++) {
            if (eventOf(commit.events().get(i)) instanceof NotificationEvent event) {
                fold(commit, commit.idOf(i), event);
            }
        }
    }

    private void fold(Commit commit, String eventId, NotificationEvent event) {
        if (event instanceof NotificationEvent.Queued queued) {
            hear(queued.cause(), commit.written());
            Delivery begun =
                    new Delivery(commit.stream(), queued.recipient().key().intern(), queued.channel());
            begun.notBefore = queued.notBefore();
            begun.tellings.add(new Telling(
                    eventId, queued.notice(), queued.cause(), queued.pathway(), queued.step(), queued.handoff()));
            if (queued.arrives()) {
                begun.attempts.add(new Attempt(eventId, commit.written()));
                begun.state = State.DELIVERED;
            }
            byId.put(commit.stream(), begun);
            return;
        }
        Delivery delivery = byId.get(commit.stream());
        if (delivery == null) {
            return;
        }
        switch (event) {
            case NotificationEvent.Queued _, NotificationEvent.Weighed _ -> {}
            case NotificationEvent.Added added -> {
                hear(added.cause(), commit.written());
                delivery.tellings.add(new Telling(
                        eventId, added.notice(), added.cause(), added.pathway(), added.step(), added.handoff()));
                delivery.notBefore = added.notBefore();
                delivery.state = State.QUEUED;
            }
            case NotificationEvent.Dropped dropped -> delivery.dropped.add(dropped.told());
            case NotificationEvent.Attempted(int attempt, Instant at) when arrivedBefore(delivery, attempt) -> {}
            case NotificationEvent.Attempted _ -> {
                switch (delivery.state) {
                    case DELIVERED, GIVEN_UP, ENDED, READ, RECALLED ->
                        delivery.attemptedAtRest.add(eventId + " although " + delivery.state.name());
                    case QUEUED, ATTEMPTING, RETRYING -> {}
                }
                delivery.attempts.add(new Attempt(eventId, commit.written()));
                delivery.state = State.ATTEMPTING;
            }
            case NotificationEvent.Delivered _ -> {
                if (delivery.attempts.isEmpty()) {
                    delivery.attempts.add(new Attempt(eventId, commit.written()));
                }
                delivery.state = State.DELIVERED;
            }
            case NotificationEvent.Failed _, NotificationEvent.Resent _ -> delivery.state = State.RETRYING;
            case NotificationEvent.GivenUp _ -> delivery.state = State.GIVEN_UP;
            case NotificationEvent.Read _ -> delivery.state = State.READ;
            case NotificationEvent.Recalled recalled -> {
                hear(recalled.cause(), commit.written());
                delivery.state = State.RECALLED;
            }
            case NotificationEvent.Ended _ -> delivery.state = State.ENDED;
        }
    }

    // As it was journaled of the inbox until November 2026.
    private static boolean arrivedBefore(Delivery delivery, int attempt) {
        return delivery.channel == Channel.INBOX && delivery.state == State.DELIVERED && attempt == 1;
    }

    /** The event, where this build can read it. */
    static @Nullable DomainEvent eventOf(Commit.Entry entry) {
        Content content = Evidence.CATALOGUE.decode(entry.type(), entry.json().getBytes(StandardCharsets.UTF_8));
        return content instanceof Content.Known known ? known.event() : null;
    }
}
