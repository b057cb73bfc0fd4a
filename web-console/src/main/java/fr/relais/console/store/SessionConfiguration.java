package fr.relais.console.store;

import com.mongodb.ConnectionString;
import com.mongodb.reactivestreams.client.MongoClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.session.DefaultWebSessionManager;
import org.springframework.web.server.session.WebSessionIdResolver;
import org.springframework.web.server.session.WebSessionManager;
import org.springframework.web.server.session.WebSessionStore;
import reactor.util.retry.Retry;

/** Puts sessions into MongoDB. */
@Configuration(proxyBeanMethods = false)
class SessionConfiguration {

    private static final Logger log = LoggerFactory.getLogger(SessionConfiguration.class);

    /** Every page waits for its session: without a limit it waits for ever on a connection that never answers. */
    @Bean
    MongoClientSettingsBuilderCustomizer answersInTime(StoreProperties store) {
        return settings -> settings.applyToSocketSettings(
                        socket -> socket.readTimeout(store.answersWithin().toMillis(), TimeUnit.MILLISECONDS))
                .applyToClusterSettings(cluster ->
                        cluster.serverSelectionTimeout(store.unreachableAfter().toMillis(), TimeUnit.MILLISECONDS));
    }

    @Bean
    WebSessionStore sessions(
            MongoClient mongo,
            @Value("${spring.mongodb.uri}") String uri,
            SessionProperties properties,
            Environment environment) {
        if (environment.acceptsProfiles(Profiles.of("production | prod")) && properties.everybodyKnowsTheKey()) {
            throw new IllegalStateException("relais.session.key is the one of development, which everybody can read:"
                    + " give your own, made with openssl rand -base64 32, to all instances");
        }
        String database = new ConnectionString(uri).getDatabase();
        // A session ends by the real time: the business clock may be moved.
        Sessions sessions = new Sessions(
                mongo.getDatabase(database == null ? "relais_console" : database)
                        .getCollection("sessions"),
                properties,
                InstantSource.system());
        sessions.ensureIndex()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500)).maxBackoff(Duration.ofSeconds(10)))
                .subscribe(index -> log.debug("Sessions are removed by index {}", index));
        return sessions;
    }

    /** By its name it takes the place of the one that keeps sessions in memory. */
    @Bean
    WebSessionManager webSessionManager(WebSessionStore sessions, WebSessionIdResolver ids) {
        DefaultWebSessionManager manager = new DefaultWebSessionManager();
        manager.setSessionStore(sessions);
        manager.setSessionIdResolver(ids);
        return exchange -> manager.getSession(exchange).doOnNext(session -> {
            if (isOfThePageItself(exchange) && session instanceof StoredSession stored) {
                stored.inBackground();
            }
        });
    }

    /** What an open page asks for while nobody touches it. */
    private static boolean isOfThePageItself(ServerWebExchange exchange) {
        return exchange.getRequest().getHeaders().containsHeader("Relais-Live")
                || exchange.getRequest().getPath().value().equals("/live");
    }
}
