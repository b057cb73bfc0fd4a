package fr.relais.kit.view;

import com.mongodb.ClientSessionOptions;
import com.mongodb.MongoClientException;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.mongodb.MongoDatabaseFactory;

/**
 * Writes of a batch in one transaction, where the store has them: it is synced once, and not for each document. Nothing
 * rests on it. Each write is guarded by itself, and what cannot be written together is written without.
 */
final class Together {

    private static final Logger log = LoggerFactory.getLogger(Together.class);

    /** IllegalOperation, CommandNotFound, CommandNotSupported, NotImplemented, OperationNotSupportedInTransaction. */
    private static final Set<Integer> NO_TRANSACTIONS = Set.of(20, 59, 115, 238, 263);

    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final Supplier<ClientSession> sessions;
    private volatile boolean possible;

    private Together(Supplier<ClientSession> sessions, boolean possible) {
        this.sessions = sessions;
        this.possible = possible;
    }

    static Together in(MongoDatabaseFactory mongo) {
        return in(() -> mongo.getSession(ClientSessionOptions.builder().build()));
    }

    static Together in(Supplier<ClientSession> sessions) {
        return new Together(sessions, true);
    }

    /** Writes nothing: everything is written one by one. */
    static Together never() {
        return new Together(
                () -> {
                    throw new IllegalStateException("no sessions here");
                },
                false);
    }

    /**
     * Writes all of it.
     *
     * @return false when nothing of it is written, and it is to be written without a transaction
     * @throws MongoException when it is unknown whether it was written: a repeat finds out
     */
    boolean write(Map<MongoCollection<Document>, List<WriteModel<Document>>> writes) {
        if (!possible || writes.values().stream().mapToInt(List::size).sum() < 2) {
            return false;
        }
        try (ClientSession session = sessions.get()) {
            session.startTransaction();
            if (!written(session, writes)) {
                session.abortTransaction();
                return false;
            }
            session.commitTransaction();
            return true;
        } catch (MongoException e) {
            // A rival wrote one of these documents in the meantime, and nothing of ours is in.
            if (e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL)) {
                return false;
            }
            if (cannot(e)) {
                possible = false;
                log.info("views: this store has no transactions, documents are written one by one");
                return false;
            }
            throw e;
        }
    }

    private boolean written(ClientSession session, Map<MongoCollection<Document>, List<WriteModel<Document>>> writes) {
        try {
            writes.forEach((collection, models) -> {
                if (!models.isEmpty()) {
                    collection.bulkWrite(session, models, UNORDERED);
                }
            });
            return true;
        } catch (com.mongodb.MongoBulkWriteException refused) {
            // A guard that holds something back, or a document that is refused, ends the transaction.
            return false;
        }
    }

    private static boolean cannot(MongoException e) {
        return e instanceof MongoServerException
                ? NO_TRANSACTIONS.contains(e.getCode())
                : e.getClass() == MongoClientException.class;
    }
}
