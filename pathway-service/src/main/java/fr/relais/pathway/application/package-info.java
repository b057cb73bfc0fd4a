/** The use cases of pathways, and the ports they need as interfaces. */
@NullMarked
package fr.relais.pathway.application;

import org.jspecify.annotations.NullMarked;
