package fr.relais.pathway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import fr.relais.events.Actor;
import fr.relais.events.Party;
import fr.relais.kit.page.Paging;
import fr.relais.kit.time.RelaisClock;
import fr.relais.localstack.LocalStack;
import fr.relais.pathway.application.Audit.Access;
import fr.relais.pathway.application.Audit.What;
import fr.relais.pathway.application.Circles.Concerned;
import fr.relais.pathway.application.DocumentVault.Head;
import fr.relais.pathway.application.DocumentVault.Incoming;
import fr.relais.pathway.application.DocumentVault.Kept;
import fr.relais.pathway.application.Ground;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Vault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedTextsIT {

    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final Instant MONDAY = Instant.parse("2026-03-02T08:00:00Z");
    private static final Ins DOMINIQUE = new Ins("244039999900168", "1.2.250.1.213.1.4.8", false);
    private static final Party HOSPITAL = Party.structure("990000044");

    @TempDir
    private Path folder;

    private MongoClient client;
    private MongoDatabase database;
    private ChainedAudit audit;
    private SealedTexts noteTexts;
    private SealedTexts documentTexts;
    private SealedNotes notes;
    private SealedDocuments documents;
    private EncryptedVault vault;
    private String patient;

    @BeforeEach
    void open() throws Exception {
        String uri = LocalStack.shared().freshMongoUri();
        client = MongoClients.create(uri);
        database = client.getDatabase(new com.mongodb.ConnectionString(uri).getDatabase());
        letPass(Duration.ZERO);
        patient = known(new PatientIdentifiers(new Local("000300", "990000044"), DOMINIQUE, null));
    }

    private void letPass(Duration time) throws Exception {
        Path offset = folder.resolve("clock");
        Files.writeString(offset, time.toString());
        RelaisClock clock = new RelaisClock(offset);
        VaultKeys keys = VaultKeys.of(new VaultConfiguration("m1", Map.of("m1", KEY), KEY, Path.of("unused")), true);
        Sealing sealing = new Sealing(keys);
        PatientKeys patientKeys = new PatientKeys(database, sealing);
        KeyedPseudonyms pseudonyms = new KeyedPseudonyms(keys);
        audit = new ChainedAudit(database, keys, clock, Duration.ofDays(365));
        noteTexts = new SealedTexts(database, "notes", patientKeys, sealing, clock);
        documentTexts = new SealedTexts(database, "documents", patientKeys, sealing, clock);
        notes = new SealedNotes(noteTexts, audit, clock, Duration.ofDays(200));
        documents = new SealedDocuments(
                documentTexts,
                pseudonyms,
                audit,
                clock,
                new DocumentsConfiguration(Duration.ofDays(30), Duration.ofDays(7), Duration.ofDays(200)));
        vault = new EncryptedVault(
                database, patientKeys, List.of(noteTexts, documentTexts), audit, sealing, pseudonyms, clock);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void a_note_is_read_by_who_leaves_a_trace_and_lies_sealed() {
        notes.keep("note-1", patient, "Plaie propre, é");
        notes.keep("note-1", patient, "a repeat of the same command");

        assertThat(notes.read(reading(What.NOTE, patient, "note-1"))).contains("Plaie propre, é");
        assertThat(notes.read(reading(What.NOTE, "patient-other", "note-1"))).isEmpty();
        assertThat(notes.read(reading(What.NOTE, patient, "note-2"))).isEmpty();
        assertThat(audit.ofPatient(patient, new Paging(10, null)).items())
                .singleElement()
                .satisfies(entry -> assertThat(entry.access().subject()).isEqualTo("note-1"));
        assertThat(database.getCollection("notes").find().first().toJson()).doesNotContain("Plaie");
        assertThatThrownBy(() -> notes.keep("note-3", "patient-unknown", "text"))
                .hasMessageContaining("not in the vault");
    }

    @Test
    void a_document_is_known_again_by_its_id_and_content() {
        assertThat(documents.keep(letter("d1", "bonjour"), true)).isEqualTo(Kept.NEW);
        assertThat(documents.keep(letter("d1", "bonjour"), true)).isEqualTo(Kept.REPEAT);
        assertThat(documents.keep(letter("d1", "bonsoir"), true)).isEqualTo(Kept.ANOTHER);

        assertThat(documents.find("d1").orElseThrow())
                .extracting(Head::patient, Head::type, Head::author, Head::contentType)
                .containsExactly(patient, "11490-0", HOSPITAL, "text/plain");
        assertThat(documents.read(reading(What.DOCUMENT, patient, "d1")).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("bonjour");
    }

    @Test
    void what_nobody_was_told_of_is_found_again_until_they_were() throws Exception {
        documents.keep(letter("d1", "bonjour"), true);
        documents.keep(letter("d2", "bonjour"), true);
        documents.told("d2");
        assertThat(documents.untold(10)).isEmpty();

        letPass(Duration.ofMinutes(2));

        assertThat(documents.untold(10)).extracting(Head::id).containsExactly("d1");
        documents.told("d1");
        assertThat(documents.untold(10)).isEmpty();
    }

    @Test
    void a_document_of_somebody_nobody_follows_goes_after_seven_days_and_of_others_after_thirty() throws Exception {
        documents.keep(letter("followed", "text"), true);
        documents.keep(letter("unfollowed", "text"), false);
        documents.keep(letter("followed-later", "text"), false);
        assertThat(documents.unfollowed(patient)).extracting(Head::id).contains("unfollowed", "followed-later");
        documents.follow("followed-later");
        notes.keep("note-1", patient, "text");

        letPass(Duration.ofDays(8));
        assertThat(documents.find("unfollowed")).isEmpty();
        assertThat(documents.read(reading(What.DOCUMENT, patient, "unfollowed")))
                .isEmpty();
        assertThat(documentTexts.deleteExpired()).isEqualTo(1);
        assertThat(documents.find("followed-later")).isPresent();

        letPass(Duration.ofDays(31));
        assertThat(documentTexts.deleteExpired()).isEqualTo(2);
        assertThat(noteTexts.deleteExpired()).isZero();
        letPass(Duration.ofDays(201));
        assertThat(noteTexts.deleteExpired()).isEqualTo(1);
    }

    @Test
    void a_withdrawn_ins_leaves_no_document_and_no_note() {
        notes.keep("note-1", patient, "INS 2 44 03 99 999 001 68, à revoir");
        documents.keep(letter("text", "matricule 244039999900168."), true);
        documents.keep(
                new Incoming("pdf", patient, "11490-0", HOSPITAL, MONDAY, "application/pdf", new byte[] {1, 2, 3}),
                true);
        String other = known(new PatientIdentifiers(new Local("9", "990000044"), null, null));
        documents.keep(
                new Incoming("others", other, "11490-0", HOSPITAL, MONDAY, "application/pdf", new byte[] {1}), true);

        vault.withdrawIns(patient, MONDAY.plusSeconds(60));

        assertThat(notes.read(reading(What.NOTE, patient, "note-1"))).contains("INS , à revoir");
        assertThat(documents.read(reading(What.DOCUMENT, patient, "text")).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("matricule .");
        assertThat(documents.read(reading(What.DOCUMENT, patient, "pdf"))).isEmpty();
        assertThat(documents.find("pdf").orElseThrow().contentType()).isNull();
        assertThat(documents.read(reading(What.DOCUMENT, other, "others"))).isPresent();
    }

    @Test
    void with_the_key_of_a_patient_everything_sealed_under_it_is_gone() {
        notes.keep("note-1", patient, "text");
        documents.keep(letter("d1", "text"), true);
        Document copy = database.getCollection("documents").find().first();

        vault.erase(new Access(
                Actor.person("op-1", null), patient, null, What.ERASURE, patient, Ground.ERASURE, "patient-asked"));

        assertThat(database.getCollection("notes").countDocuments()).isZero();
        assertThat(documents.find("d1")).isEmpty();
        // From a backup, or written at the same instant: it stays shut.
        database.getCollection("documents").insertOne(copy);
        assertThat(copy.get("body", Binary.class)).isNotNull();
        assertThat(documents.read(reading(What.DOCUMENT, patient, "d1"))).isEmpty();
    }

    private Incoming letter(String id, String text) {
        return new Incoming(
                id, patient, "11490-0", HOSPITAL, MONDAY, "text/plain", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Access reading(What what, String patient, String subject) {
        return Access.inCare(
                Actor.person("99700900014", "990000036"),
                patient,
                new Concerned(Ground.EXCHANGE, "pathway-1"),
                what,
                subject);
    }

    private String known(PatientIdentifiers identifiers) {
        return ((Vault.Kept.As) vault.keep(identifiers, PatientTraits.NONE, MONDAY)).patient();
    }
}
