/**
 * A real Kafka and a MongoDB on this machine, the same for {@code ./relais up} and for the tests: the first choice that
 * works is taken and said aloud, and whatever was started stops with its parent, even one that was killed.
 */
@NullMarked
package fr.relais.localstack;

import org.jspecify.annotations.NullMarked;
