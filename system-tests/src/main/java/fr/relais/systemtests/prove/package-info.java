/** The scenarios of the proof: what real sites do to Relais, and a table of what came of it. */
@NullMarked
package fr.relais.systemtests.prove;

import org.jspecify.annotations.NullMarked;
