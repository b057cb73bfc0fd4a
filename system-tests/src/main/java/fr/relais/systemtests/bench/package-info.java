/** How fast Relais is, beside the raw stores in the same run. */
@NullMarked
package fr.relais.systemtests.bench;

import org.jspecify.annotations.NullMarked;
