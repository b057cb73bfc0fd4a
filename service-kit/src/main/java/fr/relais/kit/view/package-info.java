/**
 * Read models: each service's own projections of the topics it follows. A batch is loaded in one query, folded in memory
 * and written in one unordered bulk, each document guarded by the sequence it has seen.
 */
@NullMarked
package fr.relais.kit.view;

import org.jspecify.annotations.NullMarked;
