package fr.relais.kit.deadline;

import fr.relais.kit.time.RelaisClock;
import fr.relais.kit.view.Views;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.context.SmartLifecycle;

/** Runs a poller for each {@link DueHandler} of the service. */
final class Deadlines implements SmartLifecycle {

    private final List<DeadlinePoller<?>> pollers = new ArrayList<>();
    private volatile boolean running;

    Deadlines(
            Collection<DueHandler<?>> handlers,
            Views views,
            RelaisClock clock,
            DeadlineProperties properties,
            MeterRegistry metrics) {
        handlers.forEach(handler -> pollers.add(poller(handler, views, clock, properties, metrics)));
    }

    private static <R extends Deadline> DeadlinePoller<R> poller(
            DueHandler<R> handler,
            Views views,
            RelaisClock clock,
            DeadlineProperties properties,
            MeterRegistry metrics) {
        return new DeadlinePoller<>(handler, views.claims(handler.rows()), clock, properties, metrics);
    }

    @Override
    public void start() {
        pollers.forEach(DeadlinePoller::start);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        pollers.forEach(DeadlinePoller::stop);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return 300;
    }
}
