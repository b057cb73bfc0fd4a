/** Keyset pages: a page ends with a cursor that says where the next one begins; nobody counts or skips rows. */
@NullMarked
package fr.relais.kit.page;

import org.jspecify.annotations.NullMarked;
