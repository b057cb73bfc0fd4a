package fr.relais.notification.application;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** Does the same with several things side by side, so that their commits share an insert. */
final class AtOnce {

    private AtOnce() {}

    /** Returns when all are done, and throws what one of them threw. */
    static <T> void each(List<T> things, Consumer<T> work) {
        List<FutureTask<Void>> others = new ArrayList<>();
        for (T thing : things.subList(Math.min(1, things.size()), things.size())) {
            FutureTask<Void> task = new FutureTask<>(() -> work.accept(thing), null);
            others.add(task);
            Thread.ofVirtual().name("at-once").start(task);
        }
        RuntimeException failure = null;
        try {
            things.stream().findFirst().ifPresent(work);
        } catch (RuntimeException e) {
            failure = e;
        }
        for (FutureTask<Void> task : others) {
            try {
                task.get();
            } catch (ExecutionException e) {
                failure =
                        e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failure = new CompletionException(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
