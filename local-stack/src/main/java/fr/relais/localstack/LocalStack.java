package fr.relais.localstack;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A MongoDB and a Kafka. Tests take {@link #shared()}, started when first needed and stopped with the JVM:
 *
 * <pre>{@code
 * registry.add("spring.mongodb.uri", () -> LocalStack.shared().mongoUri("my_test"));
 * registry.add("spring.kafka.bootstrap-servers", () -> LocalStack.shared().bootstrapServers());
 * }</pre>
 *
 * {@code up}, and tests that stop and start parts, take {@link #start(Path, Ports)}.
 */
public final class LocalStack implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Supplier<LocalMongo> startMongo;
    private final Supplier<LocalKafka> startKafka;
    private final Object mongoLock = new Object();
    private final Object kafkaLock = new Object();
    private @Nullable LocalMongo mongo;
    private @Nullable LocalKafka kafka;

    private LocalStack(Supplier<LocalMongo> startMongo, Supplier<LocalKafka> startKafka) {
        this.startMongo = startMongo;
        this.startKafka = startKafka;
    }

    /** The one of this JVM's tests. Each part starts when it is first asked for. */
    public static LocalStack shared() {
        return Shared.STACK;
    }

    /** One that keeps its data in this folder; both parts answer when this returns. */
    public static LocalStack start(Path folder, Ports ports) {
        LocalStack stack = new LocalStack(
                () -> LocalMongo.start(folder, ports.mongo()),
                () -> LocalKafka.start(folder, ports.kafka(), ports.kafkaController()));
        try {
            stack.startBoth();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Its MongoDB. */
    public LocalMongo mongo() {
        synchronized (mongoLock) {
            if (mongo == null) {
                mongo = startMongo.get();
            }
            return mongo;
        }
    }

    /** Its Kafka. */
    public LocalKafka kafka() {
        synchronized (kafkaLock) {
            if (kafka == null) {
                kafka = startKafka.get();
            }
            return kafka;
        }
    }

    /** A connection string for a database of its MongoDB. */
    public String mongoUri(String database) {
        return mongo().uri(database);
    }

    /** A connection string for a database nobody in this JVM has used, so that tests need not clean up. */
    public String freshMongoUri() {
        return mongoUri("test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet());
    }

    /** Where clients find its Kafka. */
    public String bootstrapServers() {
        return kafka().bootstrapServers();
    }

    /** Starts both at the same time, for whoever needs both soon. */
    public void startBoth() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(this::mongo, threads),
                            CompletableFuture.runAsync(this::kafka, threads))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Stops what it started: first Kafka, then MongoDB. */
    @Override
    public void close() {
        synchronized (kafkaLock) {
            if (kafka != null) {
                kafka.close();
                kafka = null;
            }
        }
        synchronized (mongoLock) {
            if (mongo != null) {
                mongo.close();
                mongo = null;
            }
        }
    }

    private static final class Shared {

        private static final LocalStack STACK = create();

        private static LocalStack create() {
            Path folder = ThrowAwayFolder.create("stack");
            LocalStack stack =
                    new LocalStack(() -> LocalMongo.everyChoice().getFirst().shared(), () -> throwAwayKafka(folder, 3));
            ThrowAwayFolder.atExit(stack::close, folder);
            return stack;
        }

        /** Somebody may take a free port between our look and the broker's: then it is worth another try. */
        private static LocalKafka throwAwayKafka(Path folder, int tries) {
            Ports ports = Ports.free();
            try {
                return LocalKafka.start(folder, ports.kafka(), ports.kafkaController(), true);
            } catch (IllegalStateException e) {
                boolean lostARace = !Ports.isFree(ports.kafka()) || !Ports.isFree(ports.kafkaController());
                if (lostARace && tries > 1) {
                    return throwAwayKafka(folder, tries - 1);
                }
                throw e;
            }
        }
    }
}
