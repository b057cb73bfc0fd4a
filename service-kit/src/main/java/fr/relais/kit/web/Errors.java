package fr.relais.kit.web;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * Lets a request be answered in whose midst an {@link Error} is thrown. Reactor takes errors of linkage and of the virtual
 * machine for the end of the process and throws them through whatever runs: on a virtual thread, or while a body is read
 * on the event loop, they end in a log, nobody is signalled, and the caller would wait for ever. The process goes on, so
 * they are caught where they come out of those and signalled as a failure like any other.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
final class Errors implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final ThreadLocal<Guard> CURRENT = new ThreadLocal<>();

    /** An error in the clothes of an exception that Reactor lets pass; the error is its cause. */
    static final class Signalled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Signalled(Error error) {
            super("an error was thrown while a request was served", error);
        }
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return new Mono<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Void> actual) {
                Guard guard = new Guard(actual);
                ServerWebExchange guarded = exchange.mutate()
                        .request(guard.reading(exchange.getRequest()))
                        .build();
                actual.onSubscribe(guard);
                guard.during(() -> Mono.defer(() -> chain.filter(guarded)).subscribe(guard));
            }
        };
    }

    /** The task, with its errors signalled to the request that this thread serves now. */
    static Runnable signalled(Runnable task) {
        Guard guard = CURRENT.get();
        return guard == null ? task : () -> guard.during(task);
    }

    /** What a scheduler of Reactor could not signal to anybody; it hands it to the thread that it runs on. */
    static void uncaught(Thread thread, Throwable failure) {
        Guard guard = CURRENT.get();
        if (guard == null || !guard.fail(failure)) {
            log.error("{} failed when nobody waited for it any more", thread.getName(), failure);
        }
    }

    /** One request, from when it is served until it is answered or has failed. */
    private static final class Guard implements CoreSubscriber<Void>, Subscription {
        private final CoreSubscriber<? super Void> actual;
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable Subscription upstream;
        private volatile boolean cancelled;

        Guard(CoreSubscriber<? super Void> actual) {
            this.actual = actual;
        }

        void during(Runnable work) {
            Guard before = CURRENT.get();
            CURRENT.set(this);
            try {
                work.run();
            } catch (Error error) {
                if (!fail(error)) {
                    throw error;
                }
            } finally {
                if (before == null) {
                    CURRENT.remove();
                } else {
                    CURRENT.set(before);
                }
            }
        }

        /** Signals the failure, unless the request has come to its end. */
        boolean fail(Throwable failure) {
            boolean first = ended.compareAndSet(false, true);
            if (first) {
                actual.onError(failure instanceof Error error ? new Signalled(error) : failure);
            }
            return first;
        }

        ServerHttpRequest reading(ServerHttpRequest request) {
            return new ServerHttpRequestDecorator(request) {
                @Override
                public Flux<DataBuffer> getBody() {
                    return new Body(super.getBody(), Guard.this);
                }
            };
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            if (cancelled) {
                subscription.cancel();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(Void never) {}

        @Override
        public void onError(Throwable failure) {
            if (!fail(failure)) {
                Operators.onErrorDropped(failure, currentContext());
            }
        }

        @Override
        public void onComplete() {
            if (ended.compareAndSet(false, true)) {
                actual.onComplete();
            }
        }

        @Override
        public void request(long most) {}

        @Override
        public void cancel() {
            cancelled = true;
            Subscription subscription = upstream;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }

    /** A body whose parts come on the event loop, each on behalf of its request. */
    private static final class Body extends FluxOperator<DataBuffer, DataBuffer> {
        private final Guard guard;

        Body(Flux<DataBuffer> source, Guard guard) {
            super(source);
            this.guard = guard;
        }

        @Override
        public void subscribe(CoreSubscriber<? super DataBuffer> actual) {
            source.subscribe(new CoreSubscriber<DataBuffer>() {
                @Override
                public Context currentContext() {
                    return actual.currentContext();
                }

                @Override
                public void onSubscribe(Subscription subscription) {
                    // Not the subscription itself: one that can be fused would lead past this.
                    Subscription plain = new Subscription() {
                        @Override
                        public void request(long most) {
                            subscription.request(most);
                        }

                        @Override
                        public void cancel() {
                            subscription.cancel();
                        }
                    };
                    guard.during(() -> actual.onSubscribe(plain));
                }

                @Override
                public void onNext(DataBuffer part) {
                    guard.during(() -> actual.onNext(part));
                }

                @Override
                public void onError(Throwable failure) {
                    guard.during(() -> actual.onError(failure));
                }

                @Override
                public void onComplete() {
                    guard.during(actual::onComplete);
                }
            });
        }
    }
}
