package fr.relais.kit.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * The moment between "not ready any more" and the closed door: whoever shares out requests sees the first, and callers who
 * hold a connection are told with each answer to open another one next time, so that no request meets a door that is just
 * being closed.
 */
final class Draining implements WebFilter, SmartLifecycle {

    private static final String CLOSE = "close";

    private final Duration time;
    private volatile boolean running;
    private volatile boolean draining;

    Draining(Duration time) {
        this.time = time;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().beforeCommit(() -> {
            if (draining) {
                exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, CLOSE);
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop() {
        stop(null);
    }

    @Override
    public void stop(@Nullable Runnable stopped) {
        draining = true;
        Thread.ofVirtual().name("draining").start(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(time.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                running = false;
                if (stopped != null) {
                    stopped.run();
                }
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the server closes its door. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
