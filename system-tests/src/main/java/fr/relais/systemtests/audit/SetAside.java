package fr.relais.systemtests.audit;

import org.jspecify.annotations.Nullable;

/**
 * A record that a view or a reaction could not use and that nobody has looked at.
 *
 * @param at where it stands in Kafka
 * @param stream null where even that is unknown
 */
record SetAside(
        String service,
        String consumer,
        String at,
        @Nullable String stream,
        String reason) {}
