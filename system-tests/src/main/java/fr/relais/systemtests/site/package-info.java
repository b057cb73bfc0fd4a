/** A whole Relais as real processes that can be hurt: killed, doubled, cut off from its stores and from those it tells. */
@NullMarked
package fr.relais.systemtests.site;

import org.jspecify.annotations.NullMarked;
