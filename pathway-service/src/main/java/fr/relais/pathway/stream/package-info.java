/** What events cause: commands on pathways and patients, and what happens when deadlines are due. */
@NullMarked
package fr.relais.pathway.stream;

import org.jspecify.annotations.NullMarked;
