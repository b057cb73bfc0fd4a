/** Sessions, kept in MongoDB so that any instance serves anyone. */
@NullMarked
package fr.relais.console.store;

import org.jspecify.annotations.NullMarked;
