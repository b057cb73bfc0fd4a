/** HTTP and SSE of pathways. */
@NullMarked
package fr.relais.pathway.web;

import org.jspecify.annotations.NullMarked;
