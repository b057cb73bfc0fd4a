/** The services as the console knows them: their HTTP APIs, asked in the visitor's own name. */
@NullMarked
package fr.relais.console.api;

import org.jspecify.annotations.NullMarked;
