package fr.relais.kit.failure;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;

/** Tells a failure of the machine, which is retried without end, from a failure of the record, which is set aside. */
public final class Failures {

    /** MongoDB's words for a document that it will never take: too large, refused by a validator, unreadable. */
    private static final Set<Integer> OF_THE_DOCUMENT = Set.of(2, 9, 14, 22, 54, 121, 171, 10334, 17280, 17419, 17420);

    private static final int DUPLICATE_KEY = 11000;

    private Failures() {}

    /** Whether to try again: the store, the broker or the network failed, not what was asked of them. */
    public static boolean areOfTheMachine(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (isOfTheMachine(each)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfTheMachine(Throwable failure) {
        return switch (failure) {
            case MachineFailure machine -> true;
            case MongoWriteException write ->
                !OF_THE_DOCUMENT.contains(write.getError().getCode());
            case MongoBulkWriteException bulk -> isOfTheMachine(bulk);
            case MongoException mongo -> !OF_THE_DOCUMENT.contains(mongo.getCode());
            case RecordTooLargeException tooLarge -> false;
            case SerializationException unreadable -> false;
            case KafkaException kafka -> true;
            case TransientDataAccessException passing -> true;
            case NonTransientDataAccessResourceException store -> true;
            case TimeoutException slow -> true;
            case InterruptedException stopping -> true;
            case IOException network -> true;
            default -> false;
        };
    }

    // As long as anything in it failed for another reason than its document, all of it is tried again.
    private static boolean isOfTheMachine(MongoBulkWriteException bulk) {
        return bulk.getWriteConcernError() != null
                || bulk.getWriteErrors().stream()
                        .anyMatch(error ->
                                error.getCode() != DUPLICATE_KEY && !OF_THE_DOCUMENT.contains(error.getCode()));
    }

    /** What went wrong in plain words, without what the record holds. */
    public static String inWords(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName()
                : message.length() > 500 ? message.substring(0, 500) + "…" : message;
    }
}
