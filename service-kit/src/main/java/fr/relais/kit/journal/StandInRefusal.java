package fr.relais.kit.journal;

import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;

/**
 * Refuses, under the production profile, a store that only stands in for MongoDB. It is known by what it cannot do: it
 * explains no query, because it has no indexes to speak of.
 */
final class StandInRefusal {

    StandInRefusal(MongoDatabase database) {
        try {
            database.runCommand(new Document("explain", new Document("find", Journal.COLLECTION))
                    .append("verbosity", "queryPlanner"));
        } catch (MongoCommandException e) {
            throw new IllegalStateException(
                    "spring.mongodb.uri leads to a stand-in that keeps no indexes and no promises: under the production"
                            + " profile a MongoDB replica set is needed",
                    e);
        }
    }
}
