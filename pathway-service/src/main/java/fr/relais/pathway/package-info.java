/** Pathways: templates, running pathways, handoffs, deadlines, and what hospitals say of a patient's stays. */
@NullMarked
package fr.relais.pathway;

import org.jspecify.annotations.NullMarked;
