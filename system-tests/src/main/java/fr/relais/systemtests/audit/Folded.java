package fr.relais.systemtests.audit;

import org.jspecify.annotations.Nullable;

/**
 * A stream's document in a view.
 *
 * @param view the service's database and the view's collection
 * @param sequence the last event that the view has of the stream
 * @param stale what it says it waits for; null where it waits for nothing
 * @param unknown events that it could not read; null where there are none
 * @param missing events that it goes on without; null where there are none
 */
record Folded(
        String view,
        String stream,
        long sequence,
        @Nullable String stale,
        @Nullable String unknown,
        @Nullable String missing) {}
