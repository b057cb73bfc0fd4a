package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery carries: one telling, or in a digest several for the same recipient by the same channel.
 *
 * @param tellings in the order in which they came; never none
 * @param gone events whose telling was taken back after an attempt may have told it
 * @param digest whether it is a digest
 * @param notBefore nothing leaves earlier; null for at once
 */
public record Parcel(
        List<Telling> tellings,
        Set<String> gone,
        boolean digest,
        @Nullable Instant notBefore) {

    public Parcel {
        tellings = List.copyOf(tellings);
        gone = Set.copyOf(gone);
        requireNonNull(tellings.getFirst(), "a parcel holds at least one telling");
    }

    /** One telling that leaves at once. */
    public static Parcel of(Telling telling) {
        return new Parcel(List.of(telling), Set.of(), false, null);
    }

    /** The first of them: recipient and channel are those of all. */
    public Telling first() {
        return tellings.getFirst();
    }

    /** What still holds. */
    public List<Telling> current() {
        return tellings.stream()
                .filter(telling -> !gone.contains(telling.cause()))
                .toList();
    }

    /** Whether an event is, or was at the last attempt, told by it. */
    boolean tells(String cause) {
        return tellings.stream().anyMatch(telling -> telling.cause().equals(cause));
    }

    /** How urgent the most urgent is that still holds. */
    public Priority priority() {
        return current().stream()
                .map(Telling::notice)
                .map(Attention::of)
                .min(Enum::compareTo)
                .orElse(Priority.KNOW);
    }

    /** What it is about, where that is one thing. */
    public @Nullable Notice notice() {
        return digest ? null : first().notice();
    }

    Parcel with(Telling telling, @Nullable Instant leaves) {
        List<Telling> more = new ArrayList<>(tellings);
        more.add(telling);
        return new Parcel(more, gone, digest, leaves);
    }

    /** The same before anything was taken out or put in. */
    Parcel only(Telling telling, @Nullable Instant leaves) {
        return new Parcel(List.of(telling), Set.of(), digest, leaves);
    }

    Parcel without(String cause, boolean attempted) {
        if (attempted) {
            Set<String> more = new HashSet<>(gone);
            more.add(cause);
            return new Parcel(tellings, more, digest, notBefore);
        }
        return new Parcel(
                tellings.stream()
                        .filter(telling -> !telling.cause().equals(cause))
                        .toList(),
                gone,
                digest,
                notBefore);
    }
}
