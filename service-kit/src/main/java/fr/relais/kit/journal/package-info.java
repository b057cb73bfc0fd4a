/** The journal: event log and outbox in one document, and the streams that commands run on. */
@NullMarked
package fr.relais.kit.journal;

import org.jspecify.annotations.NullMarked;
