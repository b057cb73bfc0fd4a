/** Read models of pathways: the pathway, its handoffs, what coordinators look at, and what falls due. */
@NullMarked
package fr.relais.pathway.view;

import org.jspecify.annotations.NullMarked;
