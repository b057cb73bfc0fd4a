/** Who calls: tokens, roles, and the structure a person acts for. */
@NullMarked
package fr.relais.kit.access;

import org.jspecify.annotations.NullMarked;
