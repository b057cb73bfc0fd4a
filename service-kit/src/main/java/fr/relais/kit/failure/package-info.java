/** Failures of the machine, which are waited out, told from failures of a record, which are set aside. */
@NullMarked
package fr.relais.kit.failure;

import org.jspecify.annotations.NullMarked;
