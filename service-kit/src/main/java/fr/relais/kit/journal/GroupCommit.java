package fr.relais.kit.journal;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.InsertManyOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * Commits of many streams share an insert: while one insert is under way the next ones gather. There is one at a time,
 * because a synced insert of fifty costs MongoDB little more than one of one. Each document gets its own answer, and at most one commit of a stream goes in a group, because an unordered insert may write them in any order.
 */
final class GroupCommit implements AutoCloseable {

    private static final int DUPLICATE_KEY = 11000;
    private static final int LARGEST_GROUP = 200;
    private static final int LONGEST_WAIT_SECONDS = 60;

    enum Written {
        NOW,
        /** Somebody else wrote that sequence or that command first. */
        DUPLICATE
    }

    private record Pending(String stream, Document document, CompletableFuture<Written> answer) {}

    private final MongoCollection<Document> commits;
    private final BlockingQueue<Pending> queue = new ArrayBlockingQueue<>(20_000);
    private final Thread writer;
    private volatile boolean open = true;

    GroupCommit(MongoCollection<Document> commits) {
        this.commits = commits;
        this.writer = Thread.ofVirtual().name("journal-writer").start(this::write);
    }

    /**
     * Waits until the commit is durably written, or is known not to be.
     *
     * @throws MongoException when the machine failed; whether it was written is then unknown, and a repeat of the same
     *     command finds out
     */
    Written append(Commit commit) {
        if (!open) {
            throw new IllegalStateException("the journal is closed: this instance is stopping, ask another");
        }
        Pending pending = new Pending(commit.stream(), commit.toDocument(), new CompletableFuture<>());
        try {
            queue.put(pending);
            return pending.answer()
                    .orTimeout(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)
                    .join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the commit was handed in; nothing was written", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private void write() {
        List<Pending> waiting = new ArrayList<>();
        try {
            while (open || !queue.isEmpty() || !waiting.isEmpty()) {
                if (waiting.isEmpty()) {
                    waiting.add(queue.take());
                }
                queue.drainTo(waiting, Math.max(0, LARGEST_GROUP - waiting.size()));
                insert(nextGroup(waiting));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Pending left : waiting) {
            left.answer()
                    .completeExceptionally(new IllegalStateException("the journal closed before this was written"));
        }
    }

    private static List<Pending> nextGroup(List<Pending> waiting) {
        List<Pending> group = new ArrayList<>(waiting.size());
        Set<String> streams = new HashSet<>();
        for (Iterator<Pending> each = waiting.iterator(); each.hasNext(); ) {
            Pending pending = each.next();
            if (streams.add(pending.stream())) {
                group.add(pending);
                each.remove();
            }
        }
        return group;
    }

    private void insert(List<Pending> group) {
        try {
            if (group.size() == 1) {
                commits.insertOne(group.getFirst().document());
            } else {
                commits.insertMany(
                        group.stream().map(Pending::document).toList(), new InsertManyOptions().ordered(false));
            }
            group.forEach(pending -> pending.answer().complete(Written.NOW));
        } catch (MongoWriteException e) {
            if (e.getError().getCode() == DUPLICATE_KEY) {
                group.getFirst().answer().complete(Written.DUPLICATE);
            } else {
                group.getFirst().answer().completeExceptionally(e);
            }
        } catch (MongoBulkWriteException e) {
            answerEach(group, e);
        } catch (RuntimeException e) {
            group.forEach(pending -> pending.answer().completeExceptionally(e));
        }
    }

    private static void answerEach(List<Pending> group, MongoBulkWriteException e) {
        for (BulkWriteError error : e.getWriteErrors()) {
            CompletableFuture<Written> answer = group.get(error.getIndex()).answer();
            if (error.getCode() == DUPLICATE_KEY) {
                answer.complete(Written.DUPLICATE);
            } else {
                answer.completeExceptionally(e);
            }
        }
        for (Pending pending : group) {
            if (e.getWriteConcernError() != null) {
                pending.answer().completeExceptionally(e);
            } else {
                pending.answer().complete(Written.NOW);
            }
        }
    }

    /** Writes what was handed in, then stops. */
    @Override
    public void close() throws InterruptedException {
        open = false;
        if (!writer.join(Duration.ofMillis(queue.isEmpty() ? 200 : 5_000))) {
            writer.interrupt();
            writer.join();
        }
    }
}
