package fr.relais.pathway.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import fr.relais.kit.failure.MachineFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bson.Document;

/**
 * Messages that arrive at the same time on many connections share an insert, and one wait for the disk: while one is
 * under way the next ones gather. Each has its own answer.
 */
final class MessageInserts implements AutoCloseable {

    private static final int LARGEST_GROUP = 100;
    private static final long LARGEST_GROUP_BYTES = 24L * 1024 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /** Nothing to write: wakes the writer, so that it sees that it is to stop. */
    private static final Pending WAKE = new Pending(new Document(), 0, new CompletableFuture<>());

    private record Pending(Document document, int bytes, CompletableFuture<Boolean> isNew) {}

    private final MongoCollection<Document> messages;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(2_000);
    private final Thread writer;
    private volatile boolean open = true;

    MessageInserts(MongoCollection<Document> messages) {
        this.messages = messages;
        this.writer = Thread.ofVirtual().name("hospital-message-writer").start(this::write);
    }

    /**
     * Waits until it is durably written, or found to be there already.
     *
     * @return whether it was new
     */
    boolean insert(Document document, int bytes) {
        Pending pending = new Pending(document, bytes, new CompletableFuture<>());
        try {
            if (!open || !queue.offer(pending, LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new MachineFailure("the store takes no messages now: it is stopping, or too many wait");
            }
            return pending.isNew().get(LONGEST_WAIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MachineFailure("interrupted while a message was being stored", e);
        } catch (TimeoutException e) {
            throw new MachineFailure("the store did not answer within " + LONGEST_WAIT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new MachineFailure("a message could not be stored", e);
        }
    }

    private void write() {
        List<Pending> group = new ArrayList<>();
        try {
            while (open || !queue.isEmpty()) {
                group.clear();
                Pending next = queue.take();
                long bytes = 0;
                while (next != null) {
                    if (next != WAKE) {
                        group.add(next);
                        bytes += next.bytes();
                    }
                    next = group.size() < LARGEST_GROUP && bytes < LARGEST_GROUP_BYTES ? queue.poll() : null;
                }
                if (!group.isEmpty()) {
                    insert(group);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open = false;
        queue.drainTo(group);
        group.forEach(left -> left.isNew().completeExceptionally(new MachineFailure("the store stopped")));
    }

    private void insert(List<Pending> group) {
        try {
            if (group.size() == 1) {
                messages.insertOne(group.getFirst().document());
            } else {
                messages.insertMany(
                        group.stream().map(Pending::document).toList(), new InsertManyOptions().ordered(false));
            }
            group.forEach(pending -> pending.isNew().complete(true));
        } catch (MongoWriteException e) {
            Pending only = group.getFirst();
            if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
                only.isNew().complete(false);
            } else {
                only.isNew().completeExceptionally(e);
            }
        } catch (MongoBulkWriteException e) {
            for (BulkWriteError error : e.getWriteErrors()) {
                Pending pending = group.get(error.getIndex());
                if (error.getCategory() == ErrorCategory.DUPLICATE_KEY) {
                    pending.isNew().complete(false);
                } else {
                    pending.isNew().completeExceptionally(e);
                }
            }
            for (Pending pending : group) {
                if (e.getWriteConcernError() != null) {
                    pending.isNew().completeExceptionally(e);
                } else {
                    pending.isNew().complete(true);
                }
            }
        } catch (RuntimeException e) {
            group.forEach(pending -> pending.isNew().completeExceptionally(e));
        }
    }

    /** Writes what was handed in, then stops. */
    @Override
    public void close() throws InterruptedException {
        open = false;
        // A full queue needs no waking: its writer has work, and looks again after it.
        boolean unused = queue.offer(WAKE);
        if (!writer.join(Duration.ofSeconds(10))) {
            writer.interrupt();
            writer.join();
        }
    }
}
