/** The description of each service's HTTP API (OpenAPI), made from its controllers and their Javadoc. */
@NullMarked
package fr.relais.kit.api;

import org.jspecify.annotations.NullMarked;
