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
import java.util.HashMap;
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
 * @param <C> commands
 * @param <S> states
 * @param <E> events
 */
public final class Streams<C, S, E extends DomainEvent> {

    private static final int ATTEMPTS = 25;

    private final Journal journal;
    private final Decider<C, S, E> decider;
    private final Class<E> family;

    /** A state and the sequence of the last event in it; 0 for a stream without events. */
    public record Loaded<S>(S state, long sequence) {}

    /** What a command ran into: others kept writing the same stream. */
    public static final class TooManyWriters extends MachineFailure {
        TooManyWriters(String stream) {
            super("others kept changing " + stream
                    + " at the same time; nothing was changed by this command, try again");
        }
    }

    private record Ran(String command, @Nullable String fingerprint, long last) {}

    private record Folded<S>(S state, long sequence, Map<String, Ran> commands) {}

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
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Folded<S> folded = fold(stream, Long.MAX_VALUE);
            Ran ran = folded.commands().get(context.commandId());
            if (ran != null) {
                return firstAnswer(stream, context, ran);
            }
            // The rules speak first: whoever may not know of the stream must not learn from its number that it is
            // there.
            switch (decider.decide(command, folded.state())) {
                case Decision.Rejected<E>(Rejection reason) -> {
                    return new Outcome.Refused<>(reason, folded.state(), folded.sequence());
                }
                case Decision.Accepted<E>(List<E> events) -> {
                    if (ifMatch != null && ifMatch != folded.sequence()) {
                        return new Outcome.Refused<>(
                                changedMeanwhile(folded.sequence()), folded.state(), folded.sequence());
                    }
                    if (events.isEmpty()) {
                        return new Outcome.Done<>(folded.state(), folded.sequence(), false);
                    }
                    Commit commit = commit(stream, folded.sequence() + 1, context, events);
                    if (journal.append(commit) == GroupCommit.Written.NOW) {
                        return new Outcome.Done<>(decider.evolveAll(folded.state(), events), commit.last(), false);
                    }
                }
            }
            Optional<Commit> mine = journal.byCommand(context.commandId());
            if (mine.isPresent()) {
                return firstAnswer(stream, context, mine.get());
            }
            // Rivals that step back for different times do not meet again.
            LockSupport.parkNanos(
                    ThreadLocalRandom.current().nextLong(Duration.ofMillis(2).toNanos() * (attempt + 1)));
        }
        throw new TooManyWriters(stream);
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
        return firstAnswer(stream, context, new Ran(commit.command(), commit.fingerprint(), commit.last()));
    }

    private Outcome<S> firstAnswer(String stream, CommandContext context, Ran ran) {
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
        return loadAt(stream, Long.MAX_VALUE);
    }

    /** The state of a stream as it was at a sequence. */
    public Loaded<S> loadAt(String stream, long sequence) {
        Folded<S> folded = fold(stream, sequence);
        return new Loaded<>(folded.state(), folded.sequence());
    }

    private Folded<S> fold(String stream, long upTo) {
        S state = decider.initial();
        long sequence = 0;
        Map<String, Ran> commands = new HashMap<>();
        for (Commit commit : journal.commitsOf(stream, 0)) {
            if (commit.first() > upTo) {
                break;
            }
            commands.put(commit.command(), new Ran(commit.command(), commit.fingerprint(), commit.last()));
            for (RecordedEvent event : commit.recorded(journal.catalogue(), journal.service())) {
                if (event.sequence() > upTo) {
                    break;
                }
                state = decider.evolve(state, family.cast(known(event)));
                sequence = event.sequence();
            }
        }
        return new Folded<>(state, sequence, commands);
    }

    private static DomainEvent known(RecordedEvent event) {
        return event.event()
                .orElseThrow(() -> new IllegalStateException("the journal holds " + event.type() + " in "
                        + event.stream() + ", which this build does not know: run the newer build on this stream"));
    }
}
