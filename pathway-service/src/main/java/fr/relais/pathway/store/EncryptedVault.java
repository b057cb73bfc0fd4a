package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static java.util.Objects.requireNonNull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import fr.relais.kit.time.Ids;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.PatientIdentifiers;
import fr.relais.pathway.application.PatientIdentifiers.Ins;
import fr.relais.pathway.application.PatientIdentifiers.Local;
import fr.relais.pathway.application.PatientTraits;
import fr.relais.pathway.application.Patients;
import fr.relais.pathway.application.Pseudonyms;
import fr.relais.pathway.application.Vault;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identities in MongoDB: one document for each patient, its values sealed under the patient's own key, found by keyed
 * digests of identifiers. A unique index over those digests makes one patient of two rivals.
 */
final class EncryptedVault implements Vault, Patients {

    private static final String TRAITS = "traits";
    private static final String IDENTIFIERS = "identifiers";
    private static final String LOOKUPS = "lookups";
    private static final int ATTEMPTS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MongoCollection<Document> patients;
    private final MongoCollection<Document> erasures;
    private final KeptMessages messages;
    private final Audit audit;
    private final Sealing sealing;
    private final Pseudonyms pseudonyms;
    private final Clock clock;

    /** What is sealed of the identifiers. */
    private record Known(List<Local> ipps, @Nullable Ins ins) {

        private Known with(PatientIdentifiers said) {
            List<Local> all = new ArrayList<>(ipps);
            if (said.ipp() != null && !all.contains(said.ipp())) {
                all.add(said.ipp());
            }
            return new Known(List.copyOf(all), ins == null ? said.ins() : ins);
        }
    }

    EncryptedVault(
            MongoDatabase database,
            KeptMessages messages,
            Audit audit,
            Sealing sealing,
            Pseudonyms pseudonyms,
            Clock clock) {
        WriteConcern durable = WriteConcern.MAJORITY.withJournal(true);
        this.patients = database.getCollection("vault_patients").withWriteConcern(durable);
        this.erasures = database.getCollection("vault_erasures").withWriteConcern(durable);
        this.messages = messages;
        this.audit = audit;
        this.sealing = sealing;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
        patients.createIndex(Indexes.ascending(LOOKUPS), new IndexOptions().unique(true));
    }

    @Override
    public Kept keep(PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt) {
        if (!identifiers.nameAPatient()) {
            throw new IllegalArgumentException("a patient is kept under an IPP or a qualified INS; there is neither");
        }
        List<String> lookups = lookups(identifiers);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Document> found = named(lookups);
            if (found.size() > 1) {
                return new Kept.Contradicted("the patient number, INS and visit belong to different patients");
            }
            if (found.isEmpty()) {
                Optional<String> made = make(identifiers, traits, saidAt, lookups);
                if (made.isPresent()) {
                    return new Kept.As(made.get());
                }
            } else {
                Optional<Kept> kept = update(found.getFirst(), identifiers, traits, saidAt, lookups);
                if (kept.isPresent()) {
                    return kept.get();
                }
            }
            // A rival was faster: look again at what is there now.
        }
        throw new IllegalStateException("others kept changing the same patient; nothing was kept, try again");
    }

    @Override
    public Optional<String> find(PatientIdentifiers identifiers) {
        List<Document> found = named(lookups(identifiers));
        return found.size() == 1 ? Optional.of(found.getFirst().getString("_id")) : Optional.empty();
    }

    @Override
    public Optional<String> idOf(Identity identity) {
        return switch (identity) {
            case Identity.Ins ins -> find(new PatientIdentifiers(null, new Ins(ins.value(), "", false), null));
            case Identity.Ipp ipp ->
                switch (keep(
                        new PatientIdentifiers(new Local(ipp.value(), ipp.authority()), null, null),
                        PatientTraits.NONE,
                        Instant.EPOCH)) {
                    case Kept.As as -> Optional.of(as.patient());
                    case Kept.Contradicted contradicted -> Optional.empty();
                };
        };
    }

    @Override
    public boolean knows(String patient) {
        return patients.find(eq("_id", patient))
                        .projection(new Document("_id", 1))
                        .first()
                != null;
    }

    private List<Document> named(List<String> lookups) {
        if (lookups.isEmpty()) {
            return List.of();
        }
        // By id, as the stand-in gives a document once for each of its lookups.
        Map<String, Document> found = new LinkedHashMap<>();
        for (Document document : patients.find(in(LOOKUPS, lookups)).limit(lookups.size())) {
            found.putIfAbsent(document.getString("_id"), document);
        }
        return List.copyOf(found.values());
    }

    private List<String> lookups(PatientIdentifiers identifiers) {
        List<String> lookups = new ArrayList<>(3);
        if (identifiers.ipp() != null) {
            lookups.add(pseudonyms.ofIpp(identifiers.ipp()));
        }
        if (identifiers.ins() != null) {
            lookups.add(pseudonyms.ofIns(identifiers.ins().value()));
        }
        if (identifiers.visit() != null) {
            lookups.add(pseudonyms.ofVisit(identifiers.visit()));
        }
        return lookups;
    }

    private Optional<String> make(
            PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt, List<String> lookups) {
        String patient = Ids.random("patient");
        SecretKey key = sealing.newKey();
        Sealing.Wrapped wrapped = sealing.wrap(key, patient);
        Document document = new Document("_id", patient)
                .append("key", new Document("master", wrapped.master()).append("wrapped", new Binary(wrapped.key())))
                .append(LOOKUPS, lookups)
                .append(IDENTIFIERS, sealed(key, patient, IDENTIFIERS, new Known(List.of(), null).with(identifiers)))
                .append(TRAITS, sealed(key, patient, TRAITS, PatientTraits.NONE.updatedBy(traits)))
                .append("traitsAt", Date.from(saidAt))
                .append("createdAt", Date.from(clock.instant()))
                .append("version", 1L);
        try {
            patients.insertOne(document);
            return Optional.of(patient);
        } catch (MongoWriteException e) {
            if (isDuplicate(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<Kept> update(
            Document found, PatientIdentifiers said, PatientTraits traits, Instant saidAt, List<String> lookups) {
        String patient = found.getString("_id");
        SecretKey key = key(found);
        Known known = open(key, found, IDENTIFIERS, Known.class);
        PatientTraits before = open(key, found, TRAITS, PatientTraits.class);
        HashSet<String> here = new HashSet<>(found.getList(LOOKUPS, String.class));
        Optional<String> contradiction = contradiction(known, before, said, traits, here);
        if (contradiction.isPresent()) {
            return Optional.of(new Kept.Contradicted(contradiction.get()));
        }
        List<Bson> changes = new ArrayList<>();
        Known now = known.with(said);
        if (!now.equals(known)) {
            changes.add(set(IDENTIFIERS, sealed(key, patient, IDENTIFIERS, now)));
        }
        if (!saidAt.isBefore(found.getDate("traitsAt").toInstant())) {
            PatientTraits after = before.updatedBy(traits);
            if (!after.equals(before)) {
                changes.add(set(TRAITS, sealed(key, patient, TRAITS, after)));
                changes.add(set("traitsAt", Date.from(saidAt)));
            }
        }
        if (!here.containsAll(lookups)) {
            changes.add(addEachToSet(LOOKUPS, lookups));
        }
        if (changes.isEmpty()) {
            return Optional.of(new Kept.As(patient));
        }
        long version = found.getLong("version");
        changes.add(set("version", version + 1));
        try {
            return patients.updateOne(and(eq("_id", patient), eq("version", version)), combine(changes))
                                    .getMatchedCount()
                            == 1
                    ? Optional.of(new Kept.As(patient))
                    : Optional.empty();
        } catch (MongoWriteException e) {
            if (isDuplicate(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Patients of two hospitals are one by INS with the traits, or by a person's decision: never by name alone, nor by a
     * visit whose patient number is another.
     */
    private Optional<String> contradiction(
            Known known, PatientTraits before, PatientIdentifiers said, PatientTraits traits, HashSet<String> here) {
        Ins ins = said.ins();
        if (ins != null
                && known.ins() != null
                && !ins.value().equals(known.ins().value())) {
            return Optional.of("another INS is known for this patient number");
        }
        boolean byIpp = said.ipp() == null || here.contains(pseudonyms.ofIpp(said.ipp()));
        if (byIpp) {
            return Optional.empty();
        }
        boolean byIns = ins != null && here.contains(pseudonyms.ofIns(ins.value()));
        if (!byIns) {
            return Optional.of("the visit is known under another patient number");
        }
        boolean sameTraits = before.birthDate() != null
                && before.birthDate().equals(traits.birthDate())
                && plain(before.birthName()).equals(plain(traits.birthName()));
        return sameTraits
                ? Optional.empty()
                : Optional.of("the INS is known under another patient number, with another birth name or date");
    }

    private static String plain(@Nullable String name) {
        return name == null
                ? ""
                : Normalizer.normalize(name, Normalizer.Form.NFD)
                        .replaceAll("[^\\p{L}]", "")
                        .toUpperCase(Locale.ROOT);
    }

    @Override
    public Optional<PatientIdentity> identity(Audit.Access access) {
        String patient = requireNonNull(access.patient(), "patient of the access is missing");
        Document found = patients.find(eq("_id", patient)).first();
        if (found == null) {
            return Optional.empty();
        }
        // First the trace, then the answer: nobody sees an identity without leaving one.
        audit.write(access);
        SecretKey key = key(found);
        Known known = open(key, found, IDENTIFIERS, Known.class);
        Ins ins = known.ins();
        return Optional.of(new PatientIdentity(
                patient,
                ins == null ? null : ins.value(),
                ins != null && ins.test(),
                known.ipps(),
                open(key, found, TRAITS, PatientTraits.class)));
    }

    @Override
    public void erase(String patient) {
        Document found = patients.find(eq("_id", patient)).first();
        if (found == null) {
            return;
        }
        // The messages first: once the lookups are gone, nothing leads to those that were never worked.
        List<String> lookups = found.getList(LOOKUPS, String.class, List.of());
        messages.erase(patient, lookups);
        erasures.replaceOne(
                eq("_id", patient),
                new Document("_id", patient).append("at", Date.from(clock.instant())),
                new ReplaceOptions().upsert(true));
        patients.deleteOne(eq("_id", patient));
    }

    private SecretKey key(Document patient) {
        Document key = patient.get("key", Document.class);
        return sealing.unwrap(
                new Sealing.Wrapped(
                        key.getString("master"),
                        key.get("wrapped", Binary.class).getData()),
                patient.getString("_id"));
    }

    private Binary sealed(SecretKey key, String patient, String field, Object value) {
        return new Binary(sealing.seal(key, JSON.writeValueAsBytes(value), patient, field));
    }

    private <T> T open(SecretKey key, Document patient, String field, Class<T> type) {
        byte[] sealed = patient.get(field, Binary.class).getData();
        return JSON.readValue(sealing.open(key, sealed, patient.getString("_id"), field), type);
    }

    private static boolean isDuplicate(MongoWriteException e) {
        return e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
