package fr.relais.console.store;

import fr.relais.console.access.Wall;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/** A session during one request; between requests there is only its document. */
final class StoredSession implements WebSession {

    private final Sessions sessions;
    private final Instant createdAt;
    private final Map<String, Object> attributes;
    private final byte[] asRead;

    private volatile String id;
    private volatile @Nullable String formerId;
    private volatile Instant lastAccess;
    private volatile Duration idle;
    private volatile boolean kept;
    private volatile boolean started;
    private volatile boolean ended;
    private volatile boolean background;

    StoredSession(
            Sessions sessions,
            String id,
            Instant createdAt,
            Instant lastAccess,
            Duration idle,
            Map<String, Object> attributes,
            boolean kept) {
        this.sessions = sessions;
        this.id = id;
        this.createdAt = createdAt;
        this.lastAccess = lastAccess;
        this.idle = idle;
        this.attributes = new ConcurrentHashMap<>(attributes);
        this.asRead = Seal.plain(attributes);
        this.kept = kept;
    }

    byte[] asRead() {
        return asRead;
    }

    /** Whether MongoDB has it. */
    boolean isKept() {
        return kept;
    }

    @Nullable
    String formerId() {
        return formerId;
    }

    /** Whether the page asked by itself: that keeps no session alive. */
    boolean isInBackground() {
        return background;
    }

    void inBackground() {
        background = true;
    }

    void isNowKept() {
        kept = true;
        formerId = null;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public void start() {
        started = true;
    }

    @Override
    public boolean isStarted() {
        return !ended && (kept || started || !attributes.isEmpty());
    }

    @Override
    public Mono<Void> changeSessionId() {
        return Mono.fromRunnable(() -> {
            if (kept && formerId == null) {
                formerId = id;
            }
            id = sessions.newId();
        });
    }

    @Override
    public Mono<Void> invalidate() {
        return Mono.defer(() -> {
            ended = true;
            attributes.clear();
            return sessions.removeSession(formerId == null ? id : formerId);
        });
    }

    @Override
    public Mono<Void> save() {
        return ended ? Mono.empty() : sessions.keep(this);
    }

    @Override
    public boolean isExpired() {
        return ended || sessions.now().isAfter(endsAt());
    }

    Instant endsAt() {
        // Nobody touches a wall, and what it shows needs no lock.
        if (Boolean.TRUE.equals(attributes.get(Wall.ATTRIBUTE))) {
            return createdAt.plus(sessions.wall());
        }
        Instant idleEnd = lastAccess.plus(idle);
        Instant longest = createdAt.plus(sessions.longest());
        return idleEnd.isBefore(longest) ? idleEnd : longest;
    }

    void touched(Instant now) {
        lastAccess = now;
    }

    @Override
    public Instant getCreationTime() {
        return createdAt;
    }

    @Override
    public Instant getLastAccessTime() {
        return lastAccess;
    }

    @Override
    public void setMaxIdleTime(Duration maxIdleTime) {
        idle = maxIdleTime;
    }

    @Override
    public Duration getMaxIdleTime() {
        return idle;
    }
}
