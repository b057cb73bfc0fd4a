/** The directory over HTTP: read by everybody who cares, written by operators. */
@NullMarked
package fr.relais.directory.web;

import org.jspecify.annotations.NullMarked;
