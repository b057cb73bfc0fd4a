package fr.relais.notification.store;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Writes of many callers share a bulk: while one is under way the next ones gather, and whoever is next writes for all. They
 * must be such that a repeat changes nothing, because a failure is told to all who shared.
 */
final class SharedWrites {

    private static final int LARGEST = 1_000;

    private final MongoCollection<Document> collection;
    private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    private static final class Pending {
        private final List<WriteModel<Document>> writes;
        private boolean done;
        private @Nullable RuntimeException failure;

        Pending(List<WriteModel<Document>> writes) {
            this.writes = writes;
        }
    }

    SharedWrites(MongoCollection<Document> collection) {
        this.collection = collection;
    }

    /** Returns when they are written. */
    void write(List<WriteModel<Document>> writes) {
        Pending mine = new Pending(writes);
        waiting.add(mine);
        writing.lock();
        try {
            while (!mine.done) {
                writeWhatWaits();
            }
        } finally {
            writing.unlock();
        }
        if (mine.failure != null) {
            throw mine.failure;
        }
    }

    private void writeWhatWaits() {
        List<Pending> group = new ArrayList<>();
        List<WriteModel<Document>> all = new ArrayList<>();
        for (Pending next = waiting.poll(); next != null; next = all.size() < LARGEST ? waiting.poll() : null) {
            group.add(next);
            all.addAll(next.writes);
        }
        RuntimeException failure = null;
        try {
            collection.bulkWrite(all, new BulkWriteOptions().ordered(false));
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Pending each : group) {
            each.failure = failure;
            each.done = true;
        }
    }
}
