/** Kafka in and out: topics, the one sender, batch listeners, reactions, dead letters, replay. */
@NullMarked
package fr.relais.kit.stream;

import org.jspecify.annotations.NullMarked;
