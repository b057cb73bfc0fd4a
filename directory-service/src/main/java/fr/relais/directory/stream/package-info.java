/** Kafka in: what happens on pathways that the directory answers. */
@NullMarked
package fr.relais.directory.stream;

import org.jspecify.annotations.NullMarked;
