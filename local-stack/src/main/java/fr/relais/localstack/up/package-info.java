/** {@code ./relais up}: everything on this machine, started in order, watched, and stopped together. */
@NullMarked
package fr.relais.localstack.up;

import org.jspecify.annotations.NullMarked;
