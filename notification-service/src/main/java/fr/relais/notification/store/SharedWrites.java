package fr.relais.notification.store;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.WriteModel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Documents of many callers share an insert: while one is under way the next ones gather, and whoever is next writes for
 * all. What is there already is changed as the caller says. A failure is told to all who shared, and each repeats.
 */
final class SharedWrites {

    private static final int LARGEST = 1_000;
    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> collection;
    private final Function<Document, WriteModel<Document>> whereThere;
    private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock writing = new ReentrantLock();

    private static final class Pending {
        private final List<Document> writes;
        private boolean done;
        private @Nullable RuntimeException failure;

        Pending(List<Document> writes) {
            this.writes = writes;
        }
    }

    /**
     * Shared writes.
     *
     * @param whereThere what is done for a document whose {@code _id} is there already
     */
    SharedWrites(MongoCollection<Document> collection, Function<Document, WriteModel<Document>> whereThere) {
        this.collection = collection;
        this.whereThere = whereThere;
    }

    /** Returns when they are written. */
    void write(List<Document> writes) {
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
        List<Document> all = new ArrayList<>();
        for (Pending next = waiting.poll(); next != null; next = all.size() < LARGEST ? waiting.poll() : null) {
            group.add(next);
            all.addAll(next.writes);
        }
        RuntimeException failure = null;
        try {
            insert(all);
        } catch (RuntimeException e) {
            failure = e;
        }
        for (Pending each : group) {
            each.failure = failure;
            each.done = true;
        }
    }

    private void insert(List<Document> all) {
        try {
            collection.insertMany(all, new InsertManyOptions().ordered(false));
        } catch (MongoBulkWriteException e) {
            List<WriteModel<Document>> there = new ArrayList<>();
            for (BulkWriteError error : e.getWriteErrors()) {
                if (error.getCode() != DUPLICATE_KEY) {
                    throw e;
                }
                there.add(whereThere.apply(all.get(error.getIndex())));
            }
            if (there.isEmpty()) {
                throw e;
            }
            collection.bulkWrite(there, new BulkWriteOptions().ordered(false));
        }
    }
}
