/** What events cause: reactions, replay, and dead letters for what cannot be used. */
@NullMarked
package fr.relais.kit.stream;

import org.jspecify.annotations.NullMarked;
