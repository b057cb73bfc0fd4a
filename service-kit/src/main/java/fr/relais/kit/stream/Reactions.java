package fr.relais.kit.stream;

import fr.relais.events.Actor;
import fr.relais.events.EventCatalogue;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.failure.Failures;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.kafka.Incoming;
import fr.relais.kit.kafka.Listeners;
import fr.relais.kit.time.RelaisClock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Runs every {@link Reaction} of the service. */
final class Reactions implements SmartLifecycle {

    private static final int TRIES = 3;
    private static final int STREAMS_AT_ONCE = 64;

    private final EventCatalogue catalogue;
    private final DeadLetters deadLetters;
    private final RelaisClock clock;
    private final MeterRegistry metrics;
    private final List<ConcurrentMessageListenerContainer<String, byte[]>> containers = new ArrayList<>();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean running;

    Reactions(
            Collection<Reaction> reactions,
            Listeners listeners,
            EventCatalogue catalogue,
            DeadLetters deadLetters,
            RelaisClock clock,
            MeterRegistry metrics) {
        this.catalogue = catalogue;
        this.deadLetters = deadLetters;
        this.clock = clock;
        this.metrics = metrics;
        for (Reaction reaction : reactions) {
            Set<String> topics = new LinkedHashSet<>();
            reaction.families()
                    .forEach(family -> topics.add(catalogue.family(family).topic()));
            Timer timer = Timer.builder("relais.reaction")
                    .description("Batches of a reaction")
                    .tag("reaction", reaction.name())
                    .register(metrics);
            containers.add(
                    listeners.batches(reaction.name(), topics, batch -> timer.record(() -> react(reaction, batch))));
            deadLetters.triedAgainBy(reaction.name(), record -> tryAgain(reaction, record));
        }
    }

    private void react(Reaction reaction, List<ConsumerRecord<String, byte[]>> batch) {
        Map<String, List<ConsumerRecord<String, byte[]>>> byStream = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            String stream = record.key() == null ? "" : record.key();
            byStream.computeIfAbsent(stream, any -> new ArrayList<>()).add(record);
        }
        Semaphore atOnce = new Semaphore(STREAMS_AT_ONCE);
        List<CompletableFuture<Void>> running = new ArrayList<>(byStream.size());
        for (List<ConsumerRecord<String, byte[]>> ofStream : byStream.values()) {
            atOnce.acquireUninterruptibly();
            running.add(CompletableFuture.runAsync(() -> ofStream.forEach(record -> react(reaction, record)), workers)
                    .whenComplete((done, failure) -> atOnce.release()));
        }
        RuntimeException failure = null;
        for (CompletableFuture<Void> each : running) {
            try {
                each.join();
            } catch (CompletionException e) {
                failure = e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void react(Reaction reaction, ConsumerRecord<String, byte[]> record) {
        switch (Incoming.read(catalogue, record)) {
            case Incoming.Broken broken -> deadLetters.keep(reaction.name(), record, Failures.inWords(broken.why()));
            case Incoming.Event event -> react(reaction, event);
        }
    }

    private void react(Reaction reaction, Incoming.Event incoming) {
        RecordedEvent event = incoming.event();
        if (event.event().isEmpty()) {
            metrics.counter("relais.reaction.unknown", "reaction", reaction.name())
                    .increment();
            return;
        }
        RuntimeException failure = null;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            try {
                reaction.on(event, contextOf(reaction, event));
                return;
            } catch (RuntimeException e) {
                if (Failures.areOfTheMachine(e)) {
                    throw e;
                }
                failure = e;
            }
        }
        deadLetters.keep(reaction.name(), incoming.record(), Failures.inWords(nonNull(failure)));
    }

    // What fails again is told to whoever asked, and stays set aside. The command is the one that the record made, or
    // would have made, so that what was done of it is known as done.
    private void tryAgain(Reaction reaction, ConsumerRecord<String, byte[]> record) {
        switch (Incoming.read(catalogue, record)) {
            case Incoming.Broken broken -> throw failsAgain(broken.why());
            case Incoming.Event event -> {
                try {
                    reaction.on(event.event(), contextOf(reaction, event.event()));
                } catch (RuntimeException e) {
                    throw Failures.areOfTheMachine(e) ? e : failsAgain(e);
                }
            }
        }
    }

    private static IllegalStateException failsAgain(RuntimeException why) {
        return new IllegalStateException("it failed again: " + Failures.inWords(why), why);
    }

    private static RuntimeException nonNull(@Nullable RuntimeException failure) {
        return failure == null ? new IllegalStateException("no try was made") : failure;
    }

    private CommandContext contextOf(Reaction reaction, RecordedEvent event) {
        return new CommandContext(
                event.id() + "/" + reaction.name(),
                null,
                Actor.system(reaction.name()),
                clock.instant(),
                event.id(),
                event.traceparent());
    }

    @Override
    public void start() {
        containers.forEach(ConcurrentMessageListenerContainer::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        Listeners.stop(containers);
        workers.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After views have started, so that a reaction that reads one finds it being filled. */
    @Override
    public int getPhase() {
        return 300;
    }
}
