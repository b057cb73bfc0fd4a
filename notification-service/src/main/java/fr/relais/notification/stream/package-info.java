/** Kafka in: what happens on pathways becomes tellings, what was queued is attempted, what is due is attempted again. */
@NullMarked
package fr.relais.notification.stream;

import org.jspecify.annotations.NullMarked;
