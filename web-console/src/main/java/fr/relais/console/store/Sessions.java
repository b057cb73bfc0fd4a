package fr.relais.console.store;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.WebSessionStore;
import reactor.core.publisher.Mono;

/**
 * Sessions as documents with a time to live. A document bears the hash of the session's id, so that whoever reads the
 * database can take on nobody's session, and what the session holds, tokens among it, encrypted. An instance remembers
 * nothing: the next request may come to any other.
 */
final class Sessions implements WebSessionStore {

    /** A request that changes nothing is written down only so often. */
    private static final Duration NEWS = Duration.ofSeconds(30);

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final MongoCollection<Document> documents;
    private final Seal seal;
    private final SessionProperties properties;
    private final InstantSource time;
    private final SecureRandom random = new SecureRandom();

    Sessions(MongoCollection<Document> documents, SessionProperties properties, InstantSource time) {
        this.documents = documents;
        this.seal = new Seal(properties.key());
        this.properties = properties;
        this.time = time;
    }

    /** Makes the index by which MongoDB removes what is over. */
    Mono<String> ensureIndex() {
        return Mono.from(documents.createIndex(
                Indexes.ascending("endsAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS)));
    }

    Instant now() {
        return time.instant();
    }

    Duration longest() {
        return properties.longest();
    }

    Duration wall() {
        return properties.wall();
    }

    String newId() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    @Override
    public Mono<WebSession> createWebSession() {
        return Mono.fromSupplier(() -> {
            Instant now = now();
            return new StoredSession(this, newId(), now, now, properties.idle(), Map.of(), false);
        });
    }

    @Override
    public Mono<WebSession> retrieveSession(String sessionId) {
        return Mono.defer(() -> {
            String name = name(sessionId);
            return Mono.from(documents.find(Filters.eq("_id", name)).first())
                    .mapNotNull(document -> seal.open(
                                    name, document.get("content", Binary.class).getData())
                            .map(attributes -> (WebSession) new StoredSession(
                                    this,
                                    sessionId,
                                    document.getDate("createdAt").toInstant(),
                                    document.getDate("lastAccess").toInstant(),
                                    properties.idle(),
                                    attributes,
                                    true))
                            .orElse(null))
                    // MongoDB removes what is over once a minute; until then it is over all the same.
                    .filter(session -> !session.isExpired())
                    .onErrorMap(MongoException.class, SessionsUnreadable::new);
        });
    }

    @Override
    public Mono<Void> removeSession(String sessionId) {
        return Mono.defer(() -> Mono.from(documents.deleteOne(Filters.eq("_id", name(sessionId)))))
                .onErrorMap(MongoException.class, SessionsUnreadable::new)
                .then();
    }

    @Override
    public Mono<WebSession> updateLastAccessTime(WebSession session) {
        return Mono.just(session);
    }

    Mono<Void> keep(StoredSession session) {
        return Mono.defer(() -> written(session)).onErrorMap(MongoException.class, SessionsUnreadable::new);
    }

    private Mono<Void> written(StoredSession session) {
        Instant now = now();
        byte[] plain = Seal.plain(session.getAttributes());
        boolean changed = !Arrays.equals(plain, session.asRead());
        boolean renamed = session.formerId() != null;
        if (session.isKept()
                && !changed
                && !renamed
                && (session.isInBackground()
                        || now.isBefore(session.getLastAccessTime().plus(NEWS)))) {
            return Mono.empty();
        }
        session.touched(now);
        String name = name(session.getId());
        if (!session.isKept() || renamed) {
            Document document = new Document("_id", name)
                    .append("createdAt", Date.from(session.getCreationTime()))
                    .append("lastAccess", Date.from(now))
                    .append("endsAt", Date.from(session.endsAt()))
                    .append("content", new Binary(seal.close(name, plain)));
            String former = session.formerId();
            Mono<Void> insert = Mono.from(documents.insertOne(document))
                    .doOnSuccess(done -> session.isNowKept())
                    .then();
            return former == null ? insert : insert.then(removeSession(former));
        }
        // Never an upsert: a request that ends after the logout must not bring the session back.
        var touch = Updates.combine(
                Updates.set("lastAccess", Date.from(now)), Updates.set("endsAt", Date.from(session.endsAt())));
        var update =
                changed ? Updates.combine(touch, Updates.set("content", new Binary(seal.close(name, plain)))) : touch;
        return Mono.from(documents.updateOne(Filters.eq("_id", name), update)).then();
    }

    private static String name(String sessionId) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(sessionId.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
