package fr.relais.kit.view;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;

/** What the answer to an unordered bulk of guarded upserts means. */
final class Bulk {

    private static final int DUPLICATE_KEY = 11000;

    private Bulk() {}

    /** Whether nothing failed but guards: each document that was not written has seen what was to be written, or more. */
    static boolean isOnlyDone(MongoBulkWriteException answer) {
        return answer.getWriteConcernError() == null
                && answer.getWriteErrors().stream().allMatch(Bulk::isDone);
    }

    // An upsert whose guard does not match runs into the id; a duplicate in any other index is a document refused.
    private static boolean isDone(BulkWriteError error) {
        String message = error.getMessage();
        return error.getCode() == DUPLICATE_KEY && (!message.contains(" index: ") || message.contains(" index: _id_"));
    }
}
