package fr.relais.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import java.nio.file.Path;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalMongoIT {

    @TempDir
    private Path folder;

    static List<MongoChoice> choices() {
        return LocalMongo.everyChoice();
    }

    @ParameterizedTest
    @MethodSource("choices")
    void every_choice_stores_and_keeps_unique_what_must_be(MongoChoice choice) {
        try (MongoClient client = MongoClients.create(choice.shared().uri("relais_first_look"))) {
            var notes = client.getDatabase("relais_first_look").getCollection("notes");
            notes.drop();
            notes.createIndex(Indexes.ascending("number"), new IndexOptions().unique(true));
            notes.insertOne(new Document("number", 1));

            assertThatThrownBy(() -> notes.insertOne(new Document("number", 1)))
                    .isInstanceOfSatisfying(
                            MongoWriteException.class,
                            e -> assertThat(e.getError().getCode()).isEqualTo(11000));
            assertThat(notes.find().first()).containsEntry("number", 1);
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void what_was_written_is_there_after_a_restart(MongoChoice choice) {
        assumeTrue(choice == MongoChoice.MONGOD || choice == MongoChoice.STAND_IN, "only what is ours to restart");
        try (LocalMongo mongo = choice.start(folder, Ports.free(1).getFirst(), false)) {
            String uri = mongo.uri("relais_restart");
            insert(uri, "before");

            mongo.stop();
            mongo.restart();
            insert(uri, "between");
            if (choice == MongoChoice.MONGOD) {
                mongo.kill();
            }
            mongo.restart();

            assertThat(ids(uri)).containsExactlyInAnyOrder("before", "between");
        }
    }

    @Test
    void a_mongod_has_transactions() {
        MongoChoice best = LocalMongo.everyChoice().getFirst();
        assumeTrue(best.isMongod(), "transactions need a mongod: set RELAIS_MONGOD");
        try (MongoClient client = MongoClients.create(best.shared().uri("relais_transactions"));
                var session = client.startSession()) {
            var notes = client.getDatabase("relais_transactions").getCollection("notes");
            notes.drop();
            notes.insertOne(new Document("_id", "kept"));
            session.startTransaction();
            notes.insertOne(session, new Document("_id", "taken back"));
            session.abortTransaction();

            assertThat(notes.countDocuments()).isEqualTo(1);
        }
    }

    private static void insert(String uri, String id) {
        try (MongoClient client = MongoClients.create(uri)) {
            client.getDatabase("relais_restart").getCollection("notes").insertOne(new Document("_id", id));
        }
    }

    private static List<String> ids(String uri) {
        try (MongoClient client = MongoClients.create(uri)) {
            return client.getDatabase("relais_restart")
                    .getCollection("notes")
                    .find()
                    .map(note -> note.getString("_id"))
                    .into(new java.util.ArrayList<>());
        }
    }
}
