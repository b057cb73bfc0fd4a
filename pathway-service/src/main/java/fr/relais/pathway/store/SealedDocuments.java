package fr.relais.pathway.store;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import fr.relais.events.Party;
import fr.relais.events.PathwayEvent.LetterOf;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.DocumentVault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Documents in MongoDB. */
final class SealedDocuments implements DocumentVault {

    /** Whoever receives one tells it at once; only what a crash left is older. */
    private static final Duration LEFT_ALONE = Duration.ofMinutes(1);

    private static final int OF_ONE_PATIENT = 100;

    private final SealedTexts texts;
    private final KeyedPseudonyms pseudonyms;
    private final Audit audit;
    private final Clock clock;
    private final DocumentsConfiguration configuration;

    SealedDocuments(
            SealedTexts texts,
            KeyedPseudonyms pseudonyms,
            Audit audit,
            Clock clock,
            DocumentsConfiguration configuration) {
        this.texts = texts;
        this.pseudonyms = pseudonyms;
        this.audit = audit;
        this.clock = clock;
        this.configuration = configuration;
        texts.collection().createIndex(Indexes.ascending("untoldSince"), new IndexOptions().sparse(true));
    }

    @Override
    public Kept keep(Incoming document, boolean followed) {
        Instant now = clock.instant();
        String fingerprint = fingerprint(document);
        Document head = new Document("_id", document.id())
                .append("patient", document.patient())
                .append("type", document.type())
                .append("authorKind", document.author().kind().name())
                .append("author", document.author().id())
                .append("at", Date.from(document.at()))
                .append("receivedAt", Date.from(now))
                .append("contentType", document.contentType())
                .append("pathway", document.pathway())
                .append(
                        "facilities",
                        document.of() == null ? null : document.of().facilities())
                .append("stays", document.of() == null ? null : document.of().stays())
                .append("fingerprint", fingerprint)
                .append("followed", followed)
                .append("untoldSince", Date.from(now));
        byte[] body = document.body();
        if (texts.insert(head, body, isText(document.contentType()), now.plus(keepFor(followed)))) {
            return Kept.NEW;
        }
        Document there = texts.collection()
                .find(eq("_id", document.id()))
                .projection(exclude("body"))
                .first();
        return there != null && fingerprint.equals(there.getString("fingerprint")) ? Kept.REPEAT : Kept.ANOTHER;
    }

    private Duration keepFor(boolean followed) {
        return followed ? configuration.keepFor() : configuration.keepUnfollowedFor();
    }

    private static boolean isText(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith("text/");
    }

    private String fingerprint(Incoming document) {
        byte[] body = document.body();
        return pseudonyms.ofContent(String.join(
                "\n",
                document.patient(),
                document.type(),
                document.author().key(),
                document.at().toString(),
                String.valueOf(document.contentType()),
                body == null ? "" : Base64.getEncoder().encodeToString(body)));
    }

    @Override
    public void told(String document) {
        texts.collection().updateOne(eq("_id", document), unset("untoldSince"));
    }

    @Override
    public List<Head> untold(int limit) {
        return texts.collection()
                .find(lt("untoldSince", Date.from(clock.instant().minus(LEFT_ALONE))))
                .sort(ascending("untoldSince"))
                .projection(exclude("body"))
                .limit(limit)
                .map(SealedDocuments::head)
                .into(new ArrayList<>());
    }

    @Override
    public List<Head> unfollowed(String patient) {
        return texts.collection()
                .find(and(eq("patient", patient), eq("followed", false)))
                .projection(exclude("body"))
                .limit(OF_ONE_PATIENT)
                .map(SealedDocuments::head)
                .into(new ArrayList<>());
    }

    @Override
    public void follow(String document) {
        texts.collection()
                .updateOne(
                        and(eq("_id", document), eq("followed", false)),
                        combine(
                                set("followed", true),
                                set("keepUntil", Date.from(clock.instant().plus(configuration.keepFor())))));
    }

    @Override
    public Optional<Head> find(String document) {
        return texts.find(document).map(SealedDocuments::head);
    }

    private static Head head(Document document) {
        return new Head(
                document.getString("_id"),
                document.getString("patient"),
                document.getString("type"),
                new Party(Party.Kind.valueOf(document.getString("authorKind")), document.getString("author")),
                document.getDate("at").toInstant(),
                document.getDate("receivedAt").toInstant(),
                document.getBoolean("withdrawn", false) ? null : document.getString("contentType"),
                document.getString("pathway"),
                letterOf(document));
    }

    private static @Nullable LetterOf letterOf(Document document) {
        List<String> facilities = document.getList("facilities", String.class);
        return facilities == null ? null : new LetterOf(facilities, document.getList("stays", String.class));
    }

    @Override
    public Optional<byte[]> read(Audit.Access access) {
        Document found = texts.find(access.subject()).orElse(null);
        if (found == null || found.get("body", Binary.class) == null) {
            return Optional.empty();
        }
        audit.write(access);
        return texts.body(found);
    }
}
