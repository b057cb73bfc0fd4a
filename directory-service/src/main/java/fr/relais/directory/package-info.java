/** The directory: professionals, structures and who may be asked. */
@NullMarked
package fr.relais.directory;

import org.jspecify.annotations.NullMarked;
