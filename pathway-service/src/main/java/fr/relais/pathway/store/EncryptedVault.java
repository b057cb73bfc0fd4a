package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Updates.addEachToSet;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static java.util.Objects.requireNonNull;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
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
import fr.relais.pathway.application.Vault;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identities in MongoDB: one document for each patient, its values sealed under the patient's own key, found by keyed
 * digests of identifiers. Unique indexes over those digests make one patient of two rivals.
 *
 * <p>The digest of an INS is a document of its own, a claim, that names its patient: it is the one digest that is taken away
 * again, and to delete a document is the surest way to free what was unique. Who claims an INS first fixes the id of its
 * patient; whoever comes later, also after a crash, makes or finds that patient. A file that was merged into another keeps
 * its digests and points to the survivor, so that a merge is one write and nothing has to change hands.
 */
final class EncryptedVault implements Vault, Patients {

    private static final Logger log = LoggerFactory.getLogger(EncryptedVault.class);
    private static final String TRAITS = "traits";
    private static final String IDENTIFIERS = "identifiers";
    private static final String LOOKUPS = "lookups";
    private static final String ALIASES = "aliases";
    private static final String PATIENT = "patient";
    private static final String INS_WITHDRAWN = "insWithdrawnAt";
    private static final String NAMED = "named";
    private static final String MERGED = "mergedInto";
    private static final String VERSION = "version";
    private static final int ATTEMPTS = 20;
    private static final int MOST_HOPS = 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MongoCollection<Document> patients;
    private final MongoCollection<Document> claims;
    private final MongoCollection<Document> erasures;
    private final PatientKeys keys;
    private final List<PatientText> texts;
    private final Audit audit;
    private final Sealing sealing;
    private final KeyedPseudonyms pseudonyms;
    private final Clock clock;

    /** What is sealed of the identifiers. */
    private record Known(List<Local> ipps, @Nullable Ins ins) {

        private Known with(PatientIdentifiers said) {
            return with(said.ipp() == null ? List.of() : List.of(said.ipp()), said.ins());
        }

        private Known with(List<Local> others, @Nullable Ins other) {
            Set<Local> all = new LinkedHashSet<>(ipps);
            all.addAll(others);
            return new Known(List.copyOf(all), ins == null ? other : ins);
        }

        private boolean contradicts(@Nullable Ins other) {
            return ins != null && other != null && !ins.value().equals(other.value());
        }
    }

    /**
     * A patient that identifiers name.
     *
     * @param document of the file that goes on
     * @param digests of that file, and of those merged into it that were named
     */
    private record Named(Document document, Set<String> digests) {}

    EncryptedVault(
            MongoDatabase database,
            PatientKeys keys,
            List<PatientText> texts,
            Audit audit,
            Sealing sealing,
            KeyedPseudonyms pseudonyms,
            Clock clock) {
        WriteConcern durable = WriteConcern.MAJORITY.withJournal(true);
        this.patients = database.getCollection(PatientKeys.COLLECTION).withWriteConcern(durable);
        this.claims = database.getCollection("vault_ins").withWriteConcern(durable);
        this.erasures = database.getCollection("vault_erasures").withWriteConcern(durable);
        this.keys = keys;
        this.texts = List.copyOf(texts);
        this.audit = audit;
        this.sealing = sealing;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
        patients.createIndex(
                Indexes.ascending(LOOKUPS), new IndexOptions().unique(true).sparse(true));
        patients.createIndex(Indexes.ascending(ALIASES), new IndexOptions().sparse(true));
        claims.createIndex(Indexes.ascending(PATIENT));
        patients.createIndex(Indexes.ascending(NAMED));
        patients.createIndex(Indexes.ascending(MERGED), new IndexOptions().sparse(true));
    }

    @Override
    public Kept keep(PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt) {
        if (!identifiers.nameAPatient()) {
            throw new IllegalArgumentException("a patient is kept under an IPP or a qualified INS; there is neither");
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Named> found = named(identifiers);
            if (found.size() > 1) {
                return new Kept.Contradicted("the patient number, INS and visit belong to different patients");
            }
            if (found.isEmpty()) {
                make(identifiers, traits, saidAt);
            } else {
                Optional<Kept> kept = update(found.getFirst(), identifiers, traits, saidAt);
                if (kept.isPresent()) {
                    return kept.get();
                }
            }
            // Made just now, by us or by a faster rival: look again at what is there.
        }
        throw othersWereFaster();
    }

    private static IllegalStateException othersWereFaster() {
        return new IllegalStateException("others kept changing the same patient; nothing was kept, try again");
    }

    @Override
    public Optional<String> find(PatientIdentifiers identifiers) {
        List<Named> found = named(identifiers);
        return found.size() == 1 ? Optional.of(found.getFirst().document().getString("_id")) : Optional.empty();
    }

    @Override
    public Optional<String> idOf(Identity identity) {
        return switch (identity) {
            case Identity.Ins ins -> find(new PatientIdentifiers(null, new Ins(ins.value(), "", false), null));
            case Identity.Ipp ipp -> idOf(new Local(ipp.value(), ipp.authority()));
        };
    }

    /** By the name of the authority under which messages are kept, else by another one that messages bore with it. */
    private Optional<String> idOf(Local ipp) {
        PatientIdentifiers identifiers = new PatientIdentifiers(ipp, null, null);
        Optional<String> known = find(identifiers);
        if (known.isPresent()) {
            return known;
        }
        Set<String> also = new HashSet<>();
        for (Document file : patients.find(eq(ALIASES, pseudonyms.ofIpp(ipp)))
                .limit(MOST_HOPS)
                .into(new ArrayList<>())) {
            file(file).ifPresent(goesOn -> also.add(goesOn.getString("_id")));
        }
        if (!also.isEmpty()) {
            // Two authorities bear that name: it does not say which patient.
            return also.size() == 1 ? Optional.of(also.iterator().next()) : Optional.empty();
        }
        return switch (keep(identifiers, PatientTraits.NONE, Instant.EPOCH)) {
            case Kept.As as -> Optional.of(as.patient());
            case Kept.Contradicted contradicted -> Optional.empty();
        };
    }

    @Override
    public boolean knows(String patient) {
        return patients.find(eq("_id", patient)).projection(include("_id")).first() != null;
    }

    @Override
    public String current(String patient) {
        return file(patient).map(file -> file.getString("_id")).orElse(patient);
    }

    /** The file that goes on. */
    private Optional<Document> file(String patient) {
        Document file = patients.find(eq("_id", patient)).first();
        for (int hop = 0; file != null && file.getString(MERGED) != null; hop++) {
            if (hop == MOST_HOPS) {
                throw new IllegalStateException(patient + " was merged more than " + MOST_HOPS + " times over");
            }
            file = patients.find(eq("_id", file.getString(MERGED))).first();
        }
        return Optional.ofNullable(file);
    }

    private Optional<Document> file(Document found) {
        return found.getString(MERGED) == null ? Optional.of(found) : file(found.getString(MERGED));
    }

    private List<Named> named(PatientIdentifiers identifiers) {
        List<String> lookups = lookups(identifiers);
        Map<String, Named> found = new LinkedHashMap<>();
        if (!lookups.isEmpty()) {
            for (Document named : patients.find(in(LOOKUPS, lookups)).into(new ArrayList<>())) {
                add(found, named, lookups(named));
            }
        }
        List<String> aliases = aliases(identifiers);
        if (found.isEmpty() && !aliases.isEmpty()) {
            // Somebody on a ward may have given the number under another name of its authority before the first
            // message.
            for (Document named : patients.find(in(LOOKUPS, aliases)).into(new ArrayList<>())) {
                add(found, named, lookups(named));
            }
        }
        if (identifiers.ins() != null) {
            String ins = pseudonyms.ofIns(identifiers.ins().value());
            Document claim = claims.find(eq("_id", ins)).first();
            Document claimant = claim == null
                    ? null
                    : patients.find(eq("_id", claim.getString(PATIENT))).first();
            // A claim without a patient is one that was cut off, or goes on at this moment: it names nobody yet.
            if (claimant != null) {
                add(found, claimant, both(lookups(claimant), Set.of(ins)));
            }
        }
        return List.copyOf(found.values());
    }

    private void add(Map<String, Named> found, Document named, Set<String> digests) {
        // A survivor that is not there was erased just now, and this file of theirs is next.
        file(named)
                .ifPresent(file -> found.merge(
                        file.getString("_id"),
                        new Named(file, both(digests, lookups(file))),
                        (one, other) -> new Named(file, both(one.digests(), other.digests()))));
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static Set<String> lookups(Document file) {
        return Set.copyOf(file.getList(LOOKUPS, String.class, List.of()));
    }

    private List<String> lookups(PatientIdentifiers identifiers) {
        List<String> lookups = new ArrayList<>(2);
        if (identifiers.ipp() != null) {
            lookups.add(pseudonyms.ofIpp(identifiers.ipp()));
        }
        if (identifiers.visit() != null) {
            lookups.add(pseudonyms.ofVisit(identifiers.visit()));
        }
        return lookups;
    }

    private List<String> aliases(PatientIdentifiers identifiers) {
        return identifiers.ippAlsoAs().stream().map(pseudonyms::ofIpp).toList();
    }

    /** Makes a patient, if no rival does so at the same time. The INS is bound to them afterwards. */
    private void make(PatientIdentifiers identifiers, PatientTraits traits, Instant saidAt) {
        String patient = Ids.random("patient");
        if (identifiers.ins() != null) {
            patient = claimed(pseudonyms.ofIns(identifiers.ins().value()), patient);
        }
        SecretKey key = sealing.newKey();
        PatientTraits known = PatientTraits.NONE.updatedBy(traits);
        Known numbers = new Known(identifiers.ipp() == null ? List.of() : List.of(identifiers.ipp()), null);
        Document document = new Document("_id", patient)
                .append("key", PatientKeys.written(sealing.wrap(key, patient)))
                .append(NAMED, named(known))
                .append(IDENTIFIERS, sealed(key, patient, IDENTIFIERS, numbers))
                .append(TRAITS, sealed(key, patient, TRAITS, known))
                .append("traitsAt", Date.from(saidAt))
                .append("createdAt", Date.from(clock.instant()))
                .append(VERSION, 1L);
        List<String> lookups = lookups(identifiers);
        if (!lookups.isEmpty()) {
            document.append(LOOKUPS, lookups);
        }
        List<String> aliases = aliases(identifiers);
        if (!aliases.isEmpty()) {
            document.append(ALIASES, aliases);
        }
        try {
            patients.insertOne(document);
        } catch (MongoException e) {
            if (!isDuplicate(e)) {
                throw e;
            }
        }
    }

    /** The patient who has this INS from now on: the one that is named here, unless another was first. */
    private String claimed(String ins, String patient) {
        try {
            claims.insertOne(new Document("_id", ins).append(PATIENT, patient));
            return patient;
        } catch (MongoException e) {
            Document claim = isDuplicate(e) ? claims.find(eq("_id", ins)).first() : null;
            if (claim == null) {
                throw e;
            }
            return claim.getString(PATIENT);
        }
    }

    /** Binds an INS to a patient who is there; false when it is another's. */
    private boolean bound(String ins, String patient) {
        String claimant = claimed(ins, patient);
        if (claimant.equals(patient)) {
            return true;
        }
        // Whoever claimed it was cut off before they made their patient: it goes to this one. A rival that is about to
        // make
        // them binds the INS only after it has looked again.
        return !knows(claimant)
                && claims.updateOne(and(eq("_id", ins), eq(PATIENT, claimant)), set(PATIENT, patient))
                                .getModifiedCount()
                        == 1;
    }

    private List<String> named(PatientTraits traits) {
        if (traits.birthDate() == null) {
            return List.of();
        }
        Set<String> named = new LinkedHashSet<>();
        for (String name : new String[] {Names.plain(traits.birthName()), Names.plain(traits.usedName())}) {
            if (!name.isEmpty()) {
                named.add(pseudonyms.ofNameAndBirth(name, traits.birthDate()));
            }
        }
        return List.copyOf(named);
    }

    private Optional<Kept> update(Named found, PatientIdentifiers heard, PatientTraits traits, Instant saidAt) {
        Document file = found.document();
        String patient = file.getString("_id");
        SecretKey key = keys.in(file);
        Known known = open(key, file, IDENTIFIERS, Known.class);
        PatientTraits before = open(key, file, TRAITS, PatientTraits.class);
        PatientIdentifiers said = withoutAWithdrawnIns(file, heard, saidAt);
        Optional<String> contradiction = contradiction(known, before, said, traits, found.digests());
        if (contradiction.isPresent()) {
            return Optional.of(new Kept.Contradicted(contradiction.get()));
        }
        List<Bson> changes = new ArrayList<>();
        Known now = known.with(said);
        if (!now.equals(known)) {
            changes.add(set(IDENTIFIERS, sealed(key, patient, IDENTIFIERS, now)));
        }
        if (!saidAt.isBefore(file.getDate("traitsAt").toInstant())) {
            PatientTraits after = before.updatedBy(traits);
            if (!after.equals(before)) {
                changes.add(set(TRAITS, sealed(key, patient, TRAITS, after)));
                changes.add(set(NAMED, named(after)));
                changes.add(set("traitsAt", Date.from(saidAt)));
            }
        }
        List<String> lookups = new ArrayList<>(lookups(said));
        lookups.removeAll(found.digests());
        if (!lookups.isEmpty()) {
            changes.add(addEachToSet(LOOKUPS, lookups));
        }
        List<String> aliases = new ArrayList<>(aliases(said));
        aliases.removeAll(file.getList(ALIASES, String.class, List.of()));
        if (!aliases.isEmpty()) {
            changes.add(addEachToSet(ALIASES, aliases));
        }
        if (said.ins() != null) {
            String ins = pseudonyms.ofIns(said.ins().value());
            if (!found.digests().contains(ins) && !bound(ins, patient)) {
                return Optional.empty();
            }
        }
        if (changes.isEmpty() || changed(file, changes)) {
            return Optional.of(new Kept.As(patient));
        }
        return Optional.empty();
    }

    /** An INS that was withdrawn is not brought back by what was said before. */
    private static PatientIdentifiers withoutAWithdrawnIns(Document file, PatientIdentifiers said, Instant saidAt) {
        Date withdrawn = file.getDate(INS_WITHDRAWN);
        boolean isOlder = withdrawn != null && !saidAt.isAfter(withdrawn.toInstant());
        return said.ins() == null || !isOlder
                ? said
                : new PatientIdentifiers(said.ipp(), null, said.visit(), said.ippAlsoAs());
    }

    /** Writes changes to a file that is still as it was read; false when it is not, or a digest is taken by now. */
    private boolean changed(Document file, List<Bson> changes) {
        long version = file.getLong(VERSION);
        List<Bson> all = new ArrayList<>(changes);
        all.add(set(VERSION, version + 1));
        try {
            return patients.updateOne(and(eq("_id", file.getString("_id")), eq(VERSION, version)), combine(all))
                            .getMatchedCount()
                    == 1;
        } catch (MongoException e) {
            if (isDuplicate(e)) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Patients of two hospitals are one by INS with the traits, or by a person's decision: never by name alone, nor by a
     * visit whose patient number is another.
     */
    private Optional<String> contradiction(
            Known known, PatientTraits before, PatientIdentifiers said, PatientTraits traits, Set<String> here) {
        Ins ins = said.ins();
        if (known.contradicts(ins)) {
            return Optional.of("another INS is known for this patient number");
        }
        boolean byIpp = said.ipp() == null
                || here.contains(pseudonyms.ofIpp(said.ipp()))
                || aliases(said).stream().anyMatch(here::contains);
        if (byIpp) {
            return Optional.empty();
        }
        boolean byIns = ins != null && here.contains(pseudonyms.ofIns(ins.value()));
        if (!byIns) {
            return Optional.of("the visit is known under another patient number");
        }
        boolean sameTraits = before.birthDate() != null
                && before.birthDate().equals(traits.birthDate())
                && Names.plain(before.birthName()).equals(Names.plain(traits.birthName()));
        return sameTraits
                ? Optional.empty()
                : Optional.of("the INS is known under another patient number, with another birth name or date");
    }

    @Override
    public Optional<PatientIdentity> identity(Audit.Access access) {
        Document found = file(requireNonNull(access.patient(), "patient of the access is missing"))
                .orElse(null);
        if (found == null) {
            return Optional.empty();
        }
        String patient = found.getString("_id");
        // First the trace, then the answer: nobody sees an identity without leaving one.
        audit.write(access.of(patient));
        SecretKey key = keys.in(found);
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
    public List<Match> search(PersonSearch search) {
        String name = Names.plain(search.name());
        String given = Names.plain(search.givenName());
        Map<String, Match> matches = new LinkedHashMap<>();
        List<Document> found = patients.find(eq(NAMED, pseudonyms.ofNameAndBirth(name, search.birthDate())))
                .limit(MOST_MATCHES)
                .into(new ArrayList<>());
        for (Document document : found) {
            PatientTraits traits = open(keys.in(document), document, TRAITS, PatientTraits.class);
            if (isOf(traits, name, given, search)) {
                file(document).ifPresent(file -> matches.put(file.getString("_id"), match(file)));
            }
        }
        return List.copyOf(matches.values());
    }

    private Match match(Document file) {
        return new Match(
                file.getString("_id"),
                open(keys.in(file), file, IDENTIFIERS, Known.class).ipps().stream()
                        .map(Local::authority)
                        .collect(Collectors.toSet()));
    }

    private static boolean isOf(PatientTraits traits, String name, String given, PersonSearch search) {
        List<String> first = traits.givenNames();
        return search.birthDate().equals(traits.birthDate())
                && (name.equals(Names.plain(traits.birthName())) || name.equals(Names.plain(traits.usedName())))
                && (given.isEmpty()
                        || given.equals(Names.plain(traits.usedGivenName()))
                        || !first.isEmpty() && given.equals(Names.plain(first.getFirst())));
    }

    @Override
    public Kept merge(String survivor, String absorbed) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Document goesOn = file(survivor).orElse(null);
            Document ends = file(absorbed).orElse(null);
            if (goesOn == null || ends == null) {
                return new Kept.Contradicted("one of the two files is not known, or was erased");
            }
            String patient = goesOn.getString("_id");
            if (patient.equals(ends.getString("_id"))) {
                return new Kept.As(patient);
            }
            SecretKey key = keys.in(goesOn);
            SecretKey other = keys.in(ends);
            Known known = open(key, goesOn, IDENTIFIERS, Known.class);
            Known joining = open(other, ends, IDENTIFIERS, Known.class);
            if (known.contradicts(joining.ins())) {
                return new Kept.Contradicted("the two files bear different INS");
            }
            PatientTraits traits = open(other, ends, TRAITS, PatientTraits.class)
                    .updatedBy(open(key, goesOn, TRAITS, PatientTraits.class));
            Known both = known.with(joining.ipps(), joining.ins());
            // The version of each goes up by its own write: two merges in opposite directions cannot both pass.
            boolean passed = changed(
                            goesOn,
                            List.of(
                                    set(IDENTIFIERS, sealed(key, patient, IDENTIFIERS, both)),
                                    set(TRAITS, sealed(key, patient, TRAITS, traits)),
                                    set(NAMED, named(traits))))
                    && changed(ends, List.of(set(MERGED, patient)));
            if (passed) {
                log.info("{} was merged into {}", ends.getString("_id"), patient);
                return new Kept.As(patient);
            }
        }
        throw othersWereFaster();
    }

    /** The file that goes on and all that were merged into it, those that ended first. */
    private List<Document> files(Document goesOn) {
        List<Document> all = new ArrayList<>(List.of(goesOn));
        for (int next = 0; next < all.size(); next++) {
            patients.find(eq(MERGED, all.get(next).getString("_id"))).into(all);
        }
        return all.reversed();
    }

    @Override
    public Set<String> names(String patient) {
        Set<String> names = new LinkedHashSet<>(List.of(patient));
        file(patient).ifPresent(goesOn -> names.addAll(ids(files(goesOn))));
        return names;
    }

    @Override
    public void withdrawIns(String patient, Instant saidAt) {
        Document goesOn = file(patient).orElse(null);
        if (goesOn == null) {
            return;
        }
        List<Document> files = files(goesOn);
        Set<String> values = new HashSet<>();
        for (Document file : files) {
            Ins ins = open(keys.in(file), file, IDENTIFIERS, Known.class).ins();
            if (ins != null) {
                values.add(ins.value());
            }
        }
        if (!values.isEmpty()) {
            // The texts first: once the identifiers are without it, nothing says any more what to look for.
            InsTraces traces = new InsTraces(values);
            Set<String> digests = digests(files);
            values.forEach(value -> digests.add(pseudonyms.ofIns(value)));
            texts.forEach(text -> text.withdraw(traces, ids(files), digests));
        }
        files.forEach(file -> withdrawIns(file.getString("_id"), saidAt, 0));
        claims.deleteMany(in(PATIENT, ids(files)));
        log.info("the INS of {} was withdrawn", goesOn.getString("_id"));
    }

    private void withdrawIns(String patient, Instant saidAt, int attempt) {
        Document file = patients.find(eq("_id", patient)).first();
        if (file == null) {
            return;
        }
        SecretKey key = keys.in(file);
        Known known = open(key, file, IDENTIFIERS, Known.class);
        Date before = file.getDate(INS_WITHDRAWN);
        Instant withdrawn = before != null && before.toInstant().isAfter(saidAt) ? before.toInstant() : saidAt;
        boolean passed = changed(
                file,
                List.of(
                        set(IDENTIFIERS, sealed(key, patient, IDENTIFIERS, new Known(known.ipps(), null))),
                        set(INS_WITHDRAWN, Date.from(withdrawn))));
        if (!passed) {
            if (attempt == ATTEMPTS) {
                throw othersWereFaster();
            }
            withdrawIns(patient, saidAt, attempt + 1);
        }
    }

    private static List<String> ids(List<Document> files) {
        return files.stream().map(file -> file.getString("_id")).toList();
    }

    /** All digests by which these files are found. */
    private Set<String> digests(List<Document> files) {
        Set<String> digests = new HashSet<>();
        files.forEach(file -> digests.addAll(lookups(file)));
        claims.find(in(PATIENT, ids(files))).forEach(claim -> digests.add(claim.getString("_id")));
        return digests;
    }

    @Override
    public boolean erase(Audit.Access access) {
        Document goesOn = file(requireNonNull(access.patient(), "patient of the erasure is missing"))
                .orElse(null);
        if (goesOn == null) {
            return false;
        }
        audit.write(access.of(goesOn.getString("_id")));
        List<Document> files = files(goesOn);
        // The texts first: once the digests are gone, nothing leads to messages that were never worked.
        Set<String> digests = digests(files);
        texts.forEach(text -> text.erase(ids(files), digests));
        claims.deleteMany(in(PATIENT, ids(files)));
        for (Document file : files) {
            String patient = file.getString("_id");
            erasures.replaceOne(
                    eq("_id", patient),
                    new Document("_id", patient)
                            .append("at", Date.from(clock.instant()))
                            .append("by", access.actor().id())
                            .append("reason", access.reason()),
                    new ReplaceOptions().upsert(true));
            patients.deleteOne(eq("_id", patient));
        }
        log.info("{} was erased", goesOn.getString("_id"));
        return true;
    }

    private Binary sealed(SecretKey key, String patient, String field, Object value) {
        return new Binary(sealing.seal(key, JSON.writeValueAsBytes(value), patient, field));
    }

    private <T> T open(SecretKey key, Document patient, String field, Class<T> type) {
        byte[] sealed = patient.get(field, Binary.class).getData();
        return JSON.readValue(sealing.open(key, sealed, patient.getString("_id"), field), type);
    }

    private static boolean isDuplicate(MongoException e) {
        return ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY;
    }
}
