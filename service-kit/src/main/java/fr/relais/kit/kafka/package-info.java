/** Kafka: topics, the one sender, batch listeners, and how a record is read. */
@NullMarked
package fr.relais.kit.kafka;

import org.jspecify.annotations.NullMarked;
