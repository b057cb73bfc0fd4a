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
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Patients.Identity;
import fr.relais.pathway.application.Vault.Kept;
import fr.relais.pathway.application.Vault.PatientIdentity;
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
    private static final Actor NURSE = Actor.person("99700900014", "990000036");

    private MongoClient client;
    private MongoDatabase database;
    private KeptMessages messages;
    private ChainedAudit audit;
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
                clock,
                new HospitalMessagesConfiguration(
                        Duration.ofSeconds(5),
                        Duration.ofDays(30),
                        Duration.ofDays(7),
                        Duration.ofDays(365),
                        Duration.ofMinutes(10)));
        audit = new ChainedAudit(database, keys, clock, Duration.ofDays(365));
        vault = new EncryptedVault(database, messages, audit, sealing, new KeyedPseudonyms(keys), clock);
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

        vault.erase(patient);

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
                LocalDate.of(1979, 3, 28),
                "F",
                "63220",
                "28 AVENUE DES ESSAIS",
                "23000",
                "GUERET",
                List.of());
    }
}
