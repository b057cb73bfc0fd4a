package fr.relais.pathway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import fr.relais.events.Actor;
import fr.relais.kit.page.Paging;
import fr.relais.kit.time.RelaisClock;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.Ground;
import fr.relais.pathway.application.HospitalMessages;
import fr.relais.pathway.application.MasterKeys;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Patients.Identity;
import fr.relais.pathway.application.Vault.Kept;
import fr.relais.pathway.application.Vault.Match;
import fr.relais.pathway.application.Vault.PatientIdentity;
import fr.relais.pathway.application.Vault.PersonSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncryptedVaultIT {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String OTHER_KEY = "eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=";
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-03-03T08:00:00Z");
    private static final Local VALLEES = new Local("000300", "990000010");
    private static final Local PLATEAU = new Local("7741", "990000028");
    private static final Ins DOMINIQUE = new Ins("244039999900168", "1.2.250.1.213.1.4.8", false);
    private static final LocalDate BORN = LocalDate.of(1979, 3, 28);
    private static final Actor NURSE = Actor.person("99700900014", "990000036");

    private MongoClient client;
    private MongoDatabase database;
    private KeptMessages messages;
    private ChainedAudit audit;
    private MasterKeyRotation rotation;
    private EncryptedVault vault;

    @BeforeEach
    void open() {
        String uri = LocalStack.shared().freshMongoUri();
        client = MongoClients.create(uri);
        database = client.getDatabase(new com.mongodb.ConnectionString(uri).getDatabase());
        open(keys("m1", Map.of("m1", KEY)));
    }

    private Optional<PatientIdentity> seen(String patient) {
        return vault.identity(Audit.Access.inCare(
                NURSE, patient, new Circles.Concerned(Ground.TEAM, "pathway-1"), Audit.What.IDENTITY, patient));
    }

    private void open(VaultKeys keys) {
        Sealing sealing = new Sealing(keys);
        RelaisClock clock = new RelaisClock(null);
        messages = new KeptMessages(
                database,
                sealing,
                new SenderCounts(database),
                clock,
                new HospitalMessagesConfiguration(
                        Duration.ofSeconds(5),
                        Duration.ofDays(30),
                        Duration.ofDays(7),
                        Duration.ofDays(365),
                        Duration.ofMinutes(10)));
        audit = new ChainedAudit(database, keys, clock, Duration.ofDays(365));
        PatientKeys patientKeys = new PatientKeys(database, sealing);
        rotation = new MasterKeyRotation(database, patientKeys, keys, sealing);
        vault = new EncryptedVault(
                database,
                patientKeys,
                List.of(new MessageText(database, patientKeys, sealing)),
                audit,
                sealing,
                new KeyedPseudonyms(keys),
                clock);
    }

    private static VaultKeys keys(String current, Map<String, String> masters) {
        return VaultKeys.of(new VaultConfiguration(current, masters, KEY, Path.of("unused")), true);
    }

    @AfterEach
    void close() throws Exception {
        messages.close();
        client.close();
    }

    @Test
    void two_messages_of_a_new_patient_at_once_make_one_patient() throws Exception {
        Set<String> patients = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> rivals = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Local visit = new Local("V" + i, "CHU-VALLEES");
                rivals.add(threads.submit(
                        () -> keep(new PatientIdentifiers(VALLEES, DOMINIQUE, visit), traits("PAT-TROIS"), MONDAY)));
            }
            for (Future<String> rival : rivals) {
                patients.add(rival.get());
            }
        }

        assertThat(patients).hasSize(1);
        assertThat(vault.find(new PatientIdentifiers(null, null, new Local("V7", "chu-vallees"))))
                .contains(patients.iterator().next());
    }

    @Test
    void rivals_of_two_hospitals_with_one_ins_make_one_patient() throws Exception {
        Set<String> patients = new HashSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> rivals = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Local number = new Local("N" + i % 4, "99000001" + i % 4);
                rivals.add(threads.submit(
                        () -> keep(new PatientIdentifiers(number, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY)));
            }
            for (Future<String> rival : rivals) {
                patients.add(rival.get());
            }
        }

        assertThat(patients).hasSize(1);
        assertThat(seen(patients.iterator().next()).orElseThrow().ins()).isEqualTo(DOMINIQUE.value());
    }

    @Test
    void an_ins_whose_first_claim_was_cut_off_is_not_lost() {
        KeyedPseudonyms pseudonyms = new KeyedPseudonyms(keys("m1", Map.of("m1", KEY)));
        Document cutOff = new Document("_id", pseudonyms.ofIns(DOMINIQUE.value())).append("patient", "patient-cut-off");
        database.getCollection("vault_ins").insertOne(cutOff);
        String known = keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), MONDAY);

        assertThat(vault.find(new PatientIdentifiers(null, DOMINIQUE, null))).isEmpty();
        assertThat(keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY))
                .isEqualTo(known);
        assertThat(vault.find(new PatientIdentifiers(null, DOMINIQUE, null))).contains(known);

        vault.erase(erasure(known));
        database.getCollection("vault_ins").insertOne(cutOff);
        assertThat(keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY))
                .isEqualTo("patient-cut-off");
        assertThat(vault.find(new PatientIdentifiers(VALLEES, DOMINIQUE, null))).contains("patient-cut-off");
    }

    @Test
    void patients_known_by_ins_alone_stay_apart() {
        Ins another = new Ins("138079999900287", DOMINIQUE.oid(), false);

        assertThat(keep(new PatientIdentifiers(null, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY))
                .isNotEqualTo(keep(new PatientIdentifiers(null, another, null), traits("OTHER"), MONDAY));
    }

    @Test
    void a_patient_is_found_by_whatever_identifier_was_said() {
        String patient = keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);

        assertThat(vault.idOf(new Identity.Ipp(" 000300 ", "990000010"))).contains(patient);
        assertThat(vault.idOf(new Identity.Ins("2 44 03 99 999 001 68"))).contains(patient);
        assertThat(vault.idOf(new Identity.Ins("138079999900287"))).isEmpty();
        assertThat(vault.idOf(new Identity.Ipp("000300", "990000028")))
                .isPresent()
                .isNotEqualTo(patient);
        assertThat(vault.knows(patient)).isTrue();
        assertThat(vault.knows("patient-1")).isFalse();
    }

    @Test
    void patients_of_two_hospitals_are_one_by_ins_with_the_traits() {
        String patient = keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);

        assertThat(keep(new PatientIdentifiers(PLATEAU, DOMINIQUE, null), traits("Pat Trois"), TUESDAY))
                .isEqualTo(patient);
        assertThat(vault.find(new PatientIdentifiers(PLATEAU, null, null))).contains(patient);
    }

    @Test
    void contradicting_identifiers_are_for_a_person_to_decide() {
        keep(new PatientIdentifiers(VALLEES, DOMINIQUE, new Local("V1", "CHU")), traits("PAT-TROIS"), MONDAY);
        keep(new PatientIdentifiers(PLATEAU, null, null), traits("OTHER"), MONDAY);
        Local third = new Local("3", "990000044");

        assertContradicted(new PatientIdentifiers(PLATEAU, DOMINIQUE, null), "PAT-TROIS");
        assertContradicted(new PatientIdentifiers(third, DOMINIQUE, null), "SOMEBODY-ELSE");
        assertContradicted(new PatientIdentifiers(third, null, new Local("V1", "CHU")), "PAT-TROIS");
        assertContradicted(
                new PatientIdentifiers(VALLEES, new Ins("138079999900287", DOMINIQUE.oid(), false), null), "PAT-TROIS");
        assertThat(vault.find(new PatientIdentifiers(third, null, null))).isEmpty();
    }

    @Test
    void a_later_message_brings_traits_up_to_date_and_an_earlier_one_does_not() {
        String patient = keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), TUESDAY);
        keep(new PatientIdentifiers(VALLEES, null, null), traits("OLD-NAME"), MONDAY);
        keep(
                new PatientIdentifiers(VALLEES, null, null),
                new PatientTraits(null, List.of(), "", null, null, null, null, "2 RUE NEUVE", null, null, List.of()),
                TUESDAY.plusSeconds(1));

        PatientTraits traits = seen(patient).orElseThrow().traits();
        assertThat(traits.birthName()).isEqualTo("PAT-TROIS");
        assertThat(traits.usedName()).isNull();
        assertThat(traits.street()).isEqualTo("2 RUE NEUVE");
    }

    @Test
    void a_reading_leaves_its_trace_even_when_the_answer_then_fails() {
        String patient = keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), MONDAY);
        move("traits", patient, new Binary(new byte[40]));

        assertThatThrownBy(() -> seen(patient)).isInstanceOf(Sealing.Broken.class);

        assertThat(audit.ofPatient(patient, new Paging(10, null)).items()).hasSize(1);
    }

    @Test
    void a_value_moved_to_another_patient_or_field_does_not_open() {
        String patient = keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), MONDAY);
        String other = keep(new PatientIdentifiers(PLATEAU, null, null), traits("OTHER"), MONDAY);
        Document document = database.getCollection("vault_patients")
                .find(Filters.eq("_id", patient))
                .first();

        move("traits", other, document.get("traits", Binary.class));
        assertThatThrownBy(() -> seen(other)).isInstanceOf(Sealing.Broken.class);

        move("key", other, document.get("key", Document.class));
        assertThatThrownBy(() -> seen(other)).isInstanceOf(Sealing.Broken.class);

        move("traits", patient, document.get("identifiers", Binary.class));
        assertThatThrownBy(() -> seen(patient)).isInstanceOf(Sealing.Broken.class);
    }

    @Test
    void erasing_a_patient_leaves_nothing_that_opens() {
        String patient = keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);
        String lane = new KeyedPseudonyms(keys("m1", Map.of("m1", KEY))).ofIpp(VALLEES);
        messages.keep(new HospitalMessages.Arrival(
                "hl7v2",
                "CHU",
                "1",
                "ADT^A02",
                "f",
                lane,
                "MSH|".getBytes(),
                "UTF-8",
                HospitalMessages.Status.IGNORED,
                null,
                Set.of()));

        assertThat(vault.erase(erasure(patient))).isTrue();
        assertThat(vault.erase(erasure(patient))).isFalse();

        assertThat(audit.ofPatient(patient, new Paging(10, null)).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.access().reason()).isEqualTo("patient-asked"));
        assertThat(seen(patient)).isEmpty();
        assertThat(vault.knows(patient)).isFalse();
        assertThat(vault.find(new PatientIdentifiers(VALLEES, DOMINIQUE, null))).isEmpty();
        assertThat(database.getCollection("vault_patients").countDocuments()).isZero();
        assertThat(database.getCollection("vault_erasures").find().first().getString("_id"))
                .isEqualTo(patient);
        assertThat(database.getCollection("hospital_messages").find().first().keySet())
                .doesNotContain("key", "body")
                .contains("trigger");
        assertThat(keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY))
                .isNotEqualTo(patient);
    }

    @Test
    void a_new_master_key_opens_what_a_former_one_wrapped() throws Exception {
        String patient = keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), MONDAY);
        messages.close();

        open(keys("m2", Map.of("m1", KEY, "m2", OTHER_KEY)));
        String newcomer = keep(new PatientIdentifiers(PLATEAU, null, null), traits("OTHER"), MONDAY);

        assertThat(seen(patient)).isPresent();
        assertThat(database.getCollection("vault_patients")
                        .find(Filters.eq("_id", newcomer))
                        .first()
                        .getEmbedded(List.of("key", "master"), String.class))
                .isEqualTo("m2");
    }

    @Test
    void a_rotation_in_parts_cut_off_and_run_by_two_at_once_leaves_the_former_key_unused() throws Exception {
        List<String> patients = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Local number = new Local("N" + i, "990000010");
            patients.add(keep(new PatientIdentifiers(number, null, null), traits("PAT-" + (char) ('A' + i)), MONDAY));
            messages.keep(arrival("m" + i, null, "MSH|" + i));
        }
        messages.close();
        open(keys("m2", Map.of("m1", KEY, "m2", OTHER_KEY)));
        assertThat(rotation.uses())
                .containsExactly(new MasterKeys.Use("m1", false, true, 50), new MasterKeys.Use("m2", true, true, 0));

        MasterKeys.Rotation part = rotation.rotate(7);
        assertThat(part.rewrapped()).isEqualTo(7);
        assertThat(part.done()).isFalse();
        // Cut off here: another instance, which knows nothing of it, goes on, and so does this one.
        messages.close();
        open(keys("m2", Map.of("m1", KEY, "m2", OTHER_KEY)));
        MasterKeyRotation other = rotation;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> parts = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                parts.add(threads.submit(() -> other.rotate(10).rewrapped()));
            }
            long rewrapped = 0;
            for (Future<Long> each : parts) {
                rewrapped += each.get();
            }
            assertThat(rewrapped).isLessThanOrEqualTo(43);
        }
        while (!rotation.rotate(10).done()) {
            assertThat(rotation.uses().getFirst().wrapped()).isPositive();
        }
        assertThat(rotation.uses())
                .containsExactly(new MasterKeys.Use("m1", false, true, 0), new MasterKeys.Use("m2", true, true, 50));

        messages.close();
        open(keys("m2", Map.of("m2", OTHER_KEY)));
        assertThat(patients).allSatisfy(patient -> assertThat(seen(patient)).isPresent());
        assertThat(bodies()).hasSize(25).contains("MSH|0", "MSH|24");
    }

    @Test
    void a_rotation_names_a_key_that_is_in_use_and_not_configured() throws Exception {
        keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), MONDAY);
        messages.close();
        open(keys("m2", Map.of("m2", OTHER_KEY)));

        MasterKeys.Rotation rotated = rotation.rotate(10);

        assertThat(rotated.done()).isFalse();
        assertThat(rotated.keys()).contains(new MasterKeys.Use("m1", false, false, 1));
    }

    @Test
    void a_patient_is_found_by_exact_name_and_birth_date_however_it_is_written() {
        String patient = keep(new PatientIdentifiers(VALLEES, null, null), named("LEFÈVRE-NOËL", "Zoé"), MONDAY);
        keep(new PatientIdentifiers(PLATEAU, null, null), named("LEFEVRE", "ZOE"), MONDAY);

        for (String name : List.of("Lefèvre Noël", "lefevre-noel", "LEFEVRENOEL", "Martin-Test")) {
            assertThat(vault.search(new PersonSearch(name, "zoe", BORN)))
                    .as(name)
                    .extracting(Match::patient)
                    .contains(patient);
        }
        assertThat(vault.search(new PersonSearch("lefevre noel", null, BORN)))
                .containsExactly(new Match(patient, Set.of("990000010")));
        assertThat(vault.search(new PersonSearch("lefevre n", null, BORN))).isEmpty();
        assertThat(vault.search(new PersonSearch("lefevre noel", "z", BORN))).isEmpty();
        assertThat(vault.search(new PersonSearch("lefevre noel", null, BORN.plusDays(1))))
                .isEmpty();
    }

    @Test
    void a_former_name_finds_nobody_once_it_was_corrected() {
        keep(new PatientIdentifiers(VALLEES, null, null), named("WRONG", "ZOE"), MONDAY);
        String patient = keep(new PatientIdentifiers(VALLEES, null, null), named("RIGHT", "ZOE"), TUESDAY);

        assertThat(vault.search(new PersonSearch("wrong", null, BORN))).isEmpty();
        assertThat(vault.search(new PersonSearch("right", null, BORN)))
                .extracting(Match::patient)
                .containsExactly(patient);
    }

    @Test
    void a_withdrawn_ins_is_gone_everywhere_and_may_be_anothers() throws Exception {
        String patient = keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);
        KeyedPseudonyms pseudonyms = new KeyedPseudonyms(keys("m1", Map.of("m1", KEY)));
        messages.keep(arrival("1", pseudonyms.ofIpp(VALLEES), "PID|1||000300~244039999900168^^^INS-NIR||É"));
        messages.keep(arrival("2", pseudonyms.ofIns(DOMINIQUE.value()), "PID|1||2 44 03 99 999 001 68^^^INS||"));
        messages.keep(arrival("3", "another-lane", "PID|1||244039999900168"));

        vault.withdrawIns(patient, TUESDAY);
        vault.withdrawIns(patient, TUESDAY);

        assertThat(seen(patient).orElseThrow().ins()).isNull();
        assertThat(seen(patient).orElseThrow().ipps()).containsExactly(VALLEES);
        assertThat(vault.find(new PatientIdentifiers(null, DOMINIQUE, null))).isEmpty();
        assertThat(vault.find(new PatientIdentifiers(VALLEES, null, null))).contains(patient);
        assertThat(bodies())
                .containsExactlyInAnyOrder("PID|1||000300~^^^INS-NIR||É", "PID|1||^^^INS||", "PID|1||244039999900168");
        assertThat(database.getCollection("hospital_messages").distinct("lane", String.class))
                .doesNotContain(pseudonyms.ofIns(DOMINIQUE.value()));

        String owner = keep(new PatientIdentifiers(PLATEAU, DOMINIQUE, null), traits("OTHER"), TUESDAY);
        assertThat(owner).isNotEqualTo(patient);
        assertThat(vault.find(new PatientIdentifiers(null, DOMINIQUE, null))).contains(owner);
        vault.withdrawIns(owner, TUESDAY.plusSeconds(1));
        assertThat(keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), TUESDAY.plusSeconds(2)))
                .isEqualTo(patient);
        assertThat(vault.find(new PatientIdentifiers(null, DOMINIQUE, null))).contains(patient);
    }

    @Test
    void an_older_message_does_not_bring_a_withdrawn_ins_back() {
        String patient = keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);
        vault.withdrawIns(patient, TUESDAY);

        keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), TUESDAY.minusSeconds(1));
        assertThat(seen(patient).orElseThrow().ins()).isNull();

        keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), TUESDAY.plusSeconds(1));
        assertThat(seen(patient).orElseThrow().ins()).isEqualTo(DOMINIQUE.value());
    }

    @Test
    void merged_files_are_one_patient_under_all_their_numbers() {
        Local third = new Local("3", "990000044");
        String survivor = keep(new PatientIdentifiers(VALLEES, null, null), traits("PAT-TROIS"), TUESDAY);
        String absorbed = keep(new PatientIdentifiers(PLATEAU, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);
        String earlier = keep(new PatientIdentifiers(third, null, null), traits("PAT-TROIS"), MONDAY);

        assertThat(vault.merge(absorbed, earlier)).isEqualTo(new Kept.As(absorbed));
        assertThat(vault.merge(survivor, absorbed)).isEqualTo(new Kept.As(survivor));
        assertThat(vault.merge(survivor, absorbed)).isEqualTo(new Kept.As(survivor));
        assertThat(vault.merge(earlier, survivor)).isEqualTo(new Kept.As(survivor));

        assertThat(vault.current(earlier)).isEqualTo(survivor);
        for (PatientIdentifiers named : List.of(
                new PatientIdentifiers(VALLEES, null, null),
                new PatientIdentifiers(PLATEAU, DOMINIQUE, null),
                new PatientIdentifiers(third, null, new Local("V9", "CHU")))) {
            assertThat(keep(named, traits("PAT-TROIS"), TUESDAY)).isEqualTo(survivor);
        }
        PatientIdentity identity = seen(absorbed).orElseThrow();
        assertThat(identity.patient()).isEqualTo(survivor);
        assertThat(identity.ins()).isEqualTo(DOMINIQUE.value());
        assertThat(identity.ipps()).containsExactlyInAnyOrder(VALLEES, PLATEAU, third);
        assertThat(vault.search(new PersonSearch("pat trois", null, BORN)))
                .extracting(Match::patient)
                .containsExactly(survivor);

        vault.withdrawIns(survivor, TUESDAY);
        assertThat(vault.find(new PatientIdentifiers(null, DOMINIQUE, null))).isEmpty();
        assertThat(seen(absorbed).orElseThrow().ins()).isNull();
        assertThat(vault.erase(erasure(absorbed))).isTrue();
        assertThat(database.getCollection("vault_patients").countDocuments()).isZero();
    }

    @Test
    void files_with_different_ins_are_merged_by_a_person_only() {
        String one = keep(new PatientIdentifiers(VALLEES, DOMINIQUE, null), traits("PAT-TROIS"), MONDAY);
        Ins another = new Ins("138079999900287", DOMINIQUE.oid(), false);
        String other = keep(new PatientIdentifiers(PLATEAU, another, null), traits("PAT-TROIS"), MONDAY);

        assertThat(vault.merge(one, other)).isInstanceOf(Kept.Contradicted.class);
        assertThat(vault.merge(one, "patient-unknown")).isInstanceOf(Kept.Contradicted.class);
        assertThat(vault.current(other)).isEqualTo(other);
    }

    @Test
    void two_merges_in_opposite_directions_leave_one_survivor() throws Exception {
        for (int round = 0; round < 10; round++) {
            String one = keep(new PatientIdentifiers(new Local("A" + round, "A"), null, null), traits("PAT"), MONDAY);
            String other = keep(new PatientIdentifiers(new Local("B" + round, "B"), null, null), traits("PAT"), MONDAY);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Kept>> rivals = List.of(
                        threads.submit(() -> vault.merge(one, other)), threads.submit(() -> vault.merge(other, one)));
                for (Future<Kept> rival : rivals) {
                    assertThat(rival.get()).isInstanceOf(Kept.As.class);
                }
            }
            assertThat(vault.current(one)).isEqualTo(vault.current(other)).isIn(one, other);
        }
    }

    private static Audit.Access erasure(String patient) {
        return new Audit.Access(
                Actor.person("op-1", null),
                patient,
                null,
                Audit.What.ERASURE,
                patient,
                Ground.ERASURE,
                "patient-asked");
    }

    private static HospitalMessages.Arrival arrival(String control, String lane, String body) {
        return new HospitalMessages.Arrival(
                "hl7v2",
                "CHU",
                control,
                "ADT^A02",
                control,
                lane,
                body.getBytes(StandardCharsets.UTF_8),
                "UTF-8",
                HospitalMessages.Status.IGNORED,
                null,
                Set.of());
    }

    /** What is sealed in the kept messages. */
    private List<String> bodies() {
        Sealing sealing = new Sealing(keys("m2", Map.of("m1", KEY, "m2", OTHER_KEY)));
        PatientKeys opener = new PatientKeys(database, sealing);
        List<String> bodies = new ArrayList<>();
        for (Document message : database.getCollection("hospital_messages").find()) {
            byte[] sealed = message.get("body", Binary.class).getData();
            byte[] open = sealing.open(opener.in(message), sealed, message.getString("_id"), "body");
            bodies.add(new String(open, StandardCharsets.UTF_8));
        }
        return bodies;
    }

    private static PatientTraits named(String birthName, String givenName) {
        return new PatientTraits(
                birthName,
                List.of(givenName, "AUTRE"),
                "MARTIN-TEST",
                null,
                BORN,
                "F",
                null,
                null,
                null,
                null,
                List.of());
    }

    private void move(String field, String patient, Object value) {
        database.getCollection("vault_patients").updateOne(Filters.eq("_id", patient), Updates.set(field, value));
    }

    private void assertContradicted(PatientIdentifiers identifiers, String birthName) {
        assertThat(vault.keep(identifiers, traits(birthName), TUESDAY)).isInstanceOf(Kept.Contradicted.class);
    }

    private String keep(PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt) {
        return switch (vault.keep(identifiers, traits, saidAt)) {
            case Kept.As(String patient) -> patient;
            case Kept.Contradicted(String why) -> throw new AssertionError(why);
        };
    }

    private static PatientTraits traits(String birthName) {
        return new PatientTraits(
                birthName,
                List.of("DOMINIQUE"),
                "MARTIN-TEST",
                null,
                BORN,
                "F",
                "63220",
                "28 AVENUE DES ESSAIS",
                "23000",
                "GUERET",
                List.of());
    }
}
