package fr.relais.kit.journal;

import fr.relais.events.DomainEvent;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.decide.Decider;
import fr.relais.kit.decide.Decision;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.failure.MachineFailure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Streams of one kind: load, decide, write, in one insert. Two writers at the same sequence write the same key; one of
 * them loses, loads again and decides again.
 *
 * <p>States that were used a moment ago are kept ({@link RecentStates}). A command is first decided on what is kept, without
 * a read: what it accepts is guarded by the key of its insert. A refusal, and whatever is only read, is never given on what
 * is kept alone, but after a look at what others have written since.
 *
 * @param <C> commands
 * @param <S> states
 * @param <E> events
 */
public final class Streams<C, S, E extends DomainEvent> {

    private static final int ATTEMPTS = 25;

    private final Journal journal;
    private final Decider<C, S, E> decider;
    private final Class<E> family;
    private final RecentStates<S> recent = new RecentStates<>();

    /** A state and the sequence of the last event in it; 0 for a stream without events. */
    public record Loaded<S>(S state, long sequence) {}

    /** What a command ran into: others kept writing the same stream. */
    public static final class TooManyWriters extends MachineFailure {
        TooManyWriters(String stream) {
            super("others kept changing " + stream
                    + " at the same time; nothing was changed by this command, try again");
        }
    }

    Streams(Journal journal, Decider<C, S, E> decider, Class<E> family) {
        this.journal = journal;
        this.decider = decider;
        this.family = family;
    }

    /** Carries out a command on a stream. */
    public Outcome<S> execute(String stream, CommandContext context, C command) {
        return execute(stream, context, command, null);
    }

    /**
     * Carries out a command on a stream.
     *
     * @param ifMatch sequence that the caller has seen; a command that the rules allow is refused when the stream has
     *     moved on
     * @throws TooManyWriters when it lost the race too often
     */
    public Outcome<S> execute(String stream, CommandContext context, C command, @Nullable Long ifMatch) {
        RecentStates.Kept<S> kept = recent.find(stream);
        if (kept == null) {
            // Most streams that are not known here are about to begin.
            kept = RecentStates.Kept.nothing(decider.initial());
        }
        boolean fresh = false;
        for (int attempt = 0; attempt < ATTEMPTS; ) {
            RecentStates.Kept<S> now = fresh ? caughtUp(stream, kept) : kept;
            RecentStates.Ran ran = now.commands().get(context.commandId());
            if (ran != null) {
                return firstAnswer(stream, context, ran);
            }
            // The rules speak first: whoever may not know of the stream must not learn from its number that it is
            // there.
            Decision<E> decision = decider.decide(command, now.state());
            if (!fresh && !isWritten(decision, now, ifMatch)) {
                kept = now;
                fresh = true;
                continue;
            }
            switch (decision) {
                case Decision.Rejected<E>(Rejection reason) -> {
                    return new Outcome.Refused<>(reason, now.state(), now.sequence());
                }
                case Decision.Accepted<E>(List<E> events) -> {
                    if (ifMatch != null && ifMatch != now.sequence()) {
                        return new Outcome.Refused<>(changedMeanwhile(now.sequence()), now.state(), now.sequence());
                    }
                    if (events.isEmpty()) {
                        return new Outcome.Done<>(now.state(), now.sequence(), false);
                    }
                    Commit commit = commit(stream, now.sequence() + 1, context, events);
                    if (journal.append(commit) == GroupCommit.Written.NOW) {
                        S after = decider.evolveAll(now.state(), events);
                        recent.keep(stream, now.after(after, commit));
                        return new Outcome.Done<>(after, commit.last(), false);
                    }
                }
            }
            recent.forget(stream);
            Optional<Commit> mine = journal.byCommand(context.commandId());
            if (mine.isPresent()) {
                return firstAnswer(stream, context, mine.get());
            }
            kept = now;
            fresh = true;
            attempt++;
            // Rivals that step back for different times do not meet again.
            LockSupport.parkNanos(
                    ThreadLocalRandom.current().nextLong(Duration.ofMillis(2).toNanos() * attempt));
        }
        throw new TooManyWriters(stream);
    }

    /** Whether it ends in an insert, which finds out by itself when others have written meanwhile. */
    private boolean isWritten(Decision<E> decision, RecentStates.Kept<S> now, @Nullable Long ifMatch) {
        return decision instanceof Decision.Accepted<E>(List<E> events)
                && !events.isEmpty()
                && (ifMatch == null || ifMatch == now.sequence());
    }

    private static Rejection changedMeanwhile(long sequence) {
        return Rejection.conflict(
                "changed-meanwhile",
                "it has changed since you read it: read it again, then repeat with the new ETag",
                Map.of("sequence", sequence));
    }

    private Outcome<S> firstAnswer(String stream, CommandContext context, Commit commit) {
        if (!commit.stream().equals(stream)) {
            Loaded<S> loaded = load(stream);
            return new Outcome.Refused<>(keyReused(), loaded.state(), loaded.sequence());
        }
        return firstAnswer(stream, context, RecentStates.Ran.of(commit));
    }

    private Outcome<S> firstAnswer(String stream, CommandContext context, RecentStates.Ran ran) {
        Loaded<S> then = loadAt(stream, ran.last());
        if (context.fingerprint() != null && !Objects.equals(context.fingerprint(), ran.fingerprint())) {
            return new Outcome.Refused<>(keyReused(), then.state(), then.sequence());
        }
        return new Outcome.Done<>(then.state(), then.sequence(), true);
    }

    private static Rejection keyReused() {
        return Rejection.invalid(
                "idempotency-key-reused",
                "this Idempotency-Key was used for another request: send a new key with a new request");
    }

    private Commit commit(String stream, long first, CommandContext context, List<E> events) {
        List<Commit.Entry> entries = new ArrayList<>(events.size());
        for (E event : events) {
            entries.add(new Commit.Entry(
                    journal.catalogue().entry(event).type(),
                    new String(journal.catalogue().encode(event), StandardCharsets.UTF_8)));
        }
        return new Commit(
                stream,
                first,
                context.commandId(),
                context.fingerprint(),
                entries,
                context.actor(),
                context.at(),
                journal.now(),
                context.causation(),
                context.traceparent(),
                false);
    }

    /** The state of a stream as it is now. */
    public Loaded<S> load(String stream) {
        RecentStates.Kept<S> now = caughtUp(stream, recent.find(stream));
        return new Loaded<>(now.state(), now.sequence());
    }

    /**
     * The state of a stream as it was a moment ago, where that is known here, and otherwise as it is now: what others wrote
     * in the last minute may be missing. For what never changes once it is so.
     */
    public S recent(String stream) {
        RecentStates.Kept<S> kept = recent.find(stream);
        return kept == null ? load(stream).state() : kept.state();
    }

    /** The state of a stream as it was at a sequence. */
    public Loaded<S> loadAt(String stream, long sequence) {
        RecentStates.Kept<S> kept = recent.find(stream);
        if (kept != null && kept.sequence() == sequence) {
            return new Loaded<>(kept.state(), sequence);
        }
        RecentStates.Kept<S> then = foldOn(stream, RecentStates.Kept.nothing(decider.initial()), sequence);
        return new Loaded<>(then.state(), then.sequence());
    }

    /** With all that was written until now. */
    private RecentStates.Kept<S> caughtUp(String stream, RecentStates.@Nullable Kept<S> kept) {
        RecentStates.Kept<S> from = kept == null ? RecentStates.Kept.nothing(decider.initial()) : kept;
        RecentStates.Kept<S> now = foldOn(stream, from, Long.MAX_VALUE);
        if (now.sequence() > 0 && now != kept) {
            recent.keep(stream, now);
        }
        return now;
    }

    private RecentStates.Kept<S> foldOn(String stream, RecentStates.Kept<S> from, long upTo) {
        RecentStates.Kept<S> now = from;
        for (Commit commit : journal.commitsFrom(stream, from.sequence() + 1)) {
            if (commit.first() > upTo) {
                break;
            }
            S state = now.state();
            long sequence = now.sequence();
            for (RecordedEvent event : commit.recorded(journal.catalogue(), journal.service())) {
                if (event.sequence() > upTo) {
                    break;
                }
                state = decider.evolve(state, family.cast(known(event)));
                sequence = event.sequence();
            }
            now = now.after(state, sequence, commit);
        }
        return now;
    }

    // While a newer build is rolled out beside this one it has the stream: whoever asks here comes back and finds it.
    private static DomainEvent known(RecordedEvent event) {
        return event.event()
                .orElseThrow(() -> new MachineFailure("the journal holds " + event.type() + " in " + event.stream()
                        + ", which this build does not know: run the newer build on this stream"));
    }
}
