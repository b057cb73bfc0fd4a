package fr.relais.pathway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import fr.relais.events.Actor;
import fr.relais.kit.page.Page;
import fr.relais.kit.page.Paging;
import fr.relais.kit.time.RelaisClock;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.Audit.Access;
import fr.relais.pathway.application.Audit.Checked;
import fr.relais.pathway.application.Audit.Entry;
import fr.relais.pathway.application.Audit.What;
import fr.relais.pathway.application.Ground;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainedAuditIT {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String OTHER_KEY = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=";
    private static final Actor ANNE = Actor.person("99700900014", "990000036");
    private static final Actor OPERATOR = Actor.person("op-1", null);

    @TempDir
    private Path folder;

    private MongoClient client;
    private MongoDatabase database;
    private MongoCollection<Document> entries;
    private Path offset;
    private ChainedAudit audit;

    @BeforeEach
    void open() throws Exception {
        String uri = LocalStack.shared().freshMongoUri();
        client = MongoClients.create(uri);
        database = client.getDatabase(new com.mongodb.ConnectionString(uri).getDatabase());
        entries = database.getCollection("audit");
        offset = folder.resolve("clock");
        Files.writeString(offset, "PT0S");
        audit = instance(KEY);
    }

    private ChainedAudit instance(String lookupKey) {
        VaultKeys keys =
                VaultKeys.of(new VaultConfiguration("m1", Map.of("m1", KEY), lookupKey, Path.of("unused")), true);
        return new ChainedAudit(database, keys, new RelaisClock(offset), Duration.ofDays(365));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void who_saw_a_patient_before_two_files_became_one_is_listed_with_the_others() {
        for (int i = 0; i < 3; i++) {
            audit.write(reading("patient-c", "pathway-1", "document-" + i));
            audit.write(reading("patient-d", "pathway-2", "document-" + (10 + i)));
        }
        audit.write(reading("patient-e", "pathway-3", "document-9"));
        Set<String> names = Set.of("patient-c", "patient-d");

        Page<Entry> first = audit.ofPatients(names, new Paging(4, null));
        Page<Entry> second = audit.ofPatients(names, new Paging(4, first.next()));

        assertThat(first.items())
                .extracting(entry -> entry.access().subject())
                .containsExactly("document-12", "document-11", "document-10", "document-2");
        assertThat(second.items())
                .extracting(entry -> entry.access().subject())
                .containsExactly("document-1", "document-0");
        assertThat(second.next()).isNull();
    }

    @Test
    void who_saw_a_patient_is_listed_newest_first_and_nobody_elses_readings_with_it() {
        for (int i = 0; i < 5; i++) {
            audit.write(reading("patient-a", "pathway-1", "document-" + i));
        }
        audit.write(reading("patient-ab", "pathway-2", "document-9"));

        Page<Entry> first = audit.ofPatient("patient-a", new Paging(3, null));
        Page<Entry> second = audit.ofPatient("patient-a", new Paging(3, first.next()));

        assertThat(first.items())
                .extracting(entry -> entry.access().subject())
                .containsExactly("document-4", "document-3", "document-2");
        assertThat(first.items().getFirst().access()).isEqualTo(reading("patient-a", "pathway-1", "document-4"));
        assertThat(second.items())
                .extracting(entry -> entry.access().subject())
                .containsExactly("document-1", "document-0");
        assertThat(second.next()).isNull();
        assertThat(audit.underPathway("pathway-2", new Paging(10, null)).items())
                .hasSize(1);
        assertThat(audit.underPathway("pathway-1", new Paging(10, null)).items())
                .hasSize(5);
    }

    @Test
    void instances_that_read_the_same_patient_at_once_make_one_unbroken_chain() throws Exception {
        ChainedAudit other = instance(KEY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                ChainedAudit one = i % 2 == 0 ? audit : other;
                String document = "document-" + i;
                readers.add(threads.submit(() -> one.write(reading("patient-a", null, document))));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }

        assertThat(audit.ofPatient("patient-a", new Paging(100, null)).items()).hasSize(20);
        assertThat(audit.check(null, 100)).isEqualTo(new Checked(20, null, null));
    }

    @Test
    void a_record_that_was_changed_is_named() {
        threePatients();
        assertThat(audit.check(null, 1000).broken()).isNull();

        entries.updateOne(Filters.eq("_id", "patient-b:000000000002"), Updates.set("person", "99700900022"));

        assertThat(audit.check(null, 1000).broken()).satisfies(broken -> {
            assertThat(broken.entry()).isEqualTo("patient-b:000000000002");
            assertThat(broken.why()).contains("altered");
        });
    }

    @Test
    void a_record_that_was_removed_is_missed_and_a_forged_one_does_not_pass_for_it() {
        threePatients();
        entries.deleteOne(Filters.eq("_id", "patient-b:000000000002"));

        assertThat(audit.check(null, 1000).broken()).satisfies(broken -> {
            assertThat(broken.entry()).isEqualTo("patient-b:000000000003");
            assertThat(broken.why()).contains("missing");
        });

        entries.deleteOne(Filters.eq("_id", "patient-b:000000000003"));
        ChainedAudit withoutTheKey = instance(OTHER_KEY);
        withoutTheKey.write(reading("patient-b", "pathway-1", "another"));
        assertThat(audit.check(null, 1000).broken().entry()).isEqualTo("patient-b:000000000002");
    }

    @Test
    void the_oldest_record_cannot_be_removed_before_its_time() {
        threePatients();
        entries.deleteOne(Filters.eq("_id", "patient-c:000000000001"));

        assertThat(audit.check(null, 1000).broken()).satisfies(broken -> {
            assertThat(broken.entry()).isEqualTo("patient-c:000000000002");
            assertThat(broken.why()).contains("time is not over");
        });
    }

    @Test
    void the_newest_records_of_a_chain_cannot_be_cut_off_unseen_nor_can_a_whole_chain() {
        threePatients();
        MongoCollection<Document> ends = database.getCollection("audit_ends");
        Document newest = entries.findOneAndDelete(Filters.eq("_id", "patient-b:000000000003"));
        assertThat(audit.check(null, 1000).broken()).satisfies(broken -> {
            assertThat(broken.entry()).isEqualTo("patient-b:000000000003");
            assertThat(broken.why()).contains("newest of the chain, are missing");
        });
        // Also where a look ended just before it.
        assertThat(audit.check(audit.check(null, 5).next(), 1000).broken()).isNotNull();

        entries.insertOne(newest);
        assertThat(audit.check(null, 1000).broken()).isNull();
        entries.deleteMany(Filters.eq("chain", "patient-b"));
        assertThat(audit.check(null, 1000).broken().entry()).isEqualTo("patient-b:000000000003");
        entries.deleteMany(Filters.empty());
        assertThat(audit.check(null, 1000).broken().entry()).isEqualTo("patient-a:000000000003");

        ends.deleteMany(Filters.empty());
        threePatients();
        entries.deleteOne(Filters.eq("_id", "patient-c:000000000003"));
        ends.updateOne(Filters.eq("_id", "patient-c:"), Updates.set("number", 2L));
        assertThat(audit.check(null, 1000).broken().why()).contains("altered");
        ends.deleteOne(Filters.eq("_id", "patient-c:"));
        assertThat(audit.check(null, 1000).broken()).satisfies(broken -> {
            assertThat(broken.entry()).isEqualTo("patient-c:000000000002");
            assertThat(broken.why()).contains("not marked");
        });
    }

    @Test
    void a_crash_between_a_record_and_the_mark_of_its_chains_end_raises_no_alarm() {
        threePatients();
        Document before = database.getCollection("audit_ends")
                .find(Filters.eq("_id", "patient-a:"))
                .first();
        audit.write(reading("patient-a", "pathway-1", "document-4"));
        database.getCollection("audit_ends").replaceOne(Filters.eq("_id", "patient-a:"), before);

        assertThat(audit.check(null, 1000).broken()).isNull();
    }

    @Test
    void a_check_goes_on_where_the_one_before_ended_and_misses_nothing_between_them() {
        threePatients();

        Checked first = audit.check(null, 5);
        assertThat(first.broken()).isNull();
        assertThat(audit.check(first.next(), 1000).broken()).isNull();
        entries.deleteOne(Filters.eq("_id", "patient-b:000000000002"));

        assertThat(audit.check(first.next(), 1000).broken().entry()).isEqualTo("patient-b:000000000003");
    }

    @Test
    void records_go_when_their_time_is_over_and_the_chain_stays_whole() throws Exception {
        threePatients();
        letPass(Duration.ofDays(300));
        audit.write(reading("patient-b", null, "document-late"));
        assertThat(audit.deleteExpired()).isZero();

        letPass(Duration.ofDays(366));
        assertThat(audit.deleteExpired()).isEqualTo(9);

        assertThat(audit.ofPatient("patient-b", new Paging(10, null)).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.access().subject()).isEqualTo("document-late"));
        assertThat(audit.check(null, 1000)).isEqualTo(new Checked(1, null, null));
        audit.write(reading("patient-b", null, "document-later"));
        assertThat(audit.check(null, 1000)).isEqualTo(new Checked(2, null, null));
    }

    @Test
    void a_message_of_nobody_known_and_a_search_without_a_find_leave_their_trace_too() {
        audit.write(Access.inTriage(OPERATOR, null, "message-1"));
        audit.write(new Access(ANNE, null, null, What.SEARCH, "search-1", Ground.IDENTIFICATION, null));

        assertThat(entries.countDocuments()).isEqualTo(2);
        assertThat(audit.check(null, 1000).broken()).isNull();
    }

    @Test
    void without_the_store_nothing_is_written_and_so_nothing_answered() {
        client.close();

        assertThatThrownBy(() -> audit.write(reading("patient-a", null, "document-1")))
                .isInstanceOf(RuntimeException.class);
    }

    private void threePatients() {
        for (String patient : List.of("patient-a", "patient-b", "patient-c")) {
            for (int i = 0; i < 3; i++) {
                audit.write(reading(patient, "pathway-1", "document-" + i));
            }
        }
    }

    private void letPass(Duration time) throws Exception {
        Files.writeString(offset, time.toString());
        audit = instance(KEY);
    }

    private static Access reading(String patient, String pathway, String subject) {
        return new Access(ANNE, patient, pathway, What.DOCUMENT, subject, Ground.EXCHANGE, null);
    }
}
