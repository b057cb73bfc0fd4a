package fr.relais.console.web;

import org.jspecify.annotations.Nullable;

/**
 * What came of what somebody just did.
 *
 * @param ok whether it was done
 * @param text one sentence
 * @param undo handoff whose acceptance may be taken back; null where there is nothing to take back
 */
record Said(boolean ok, String text, @Nullable String undo) {}
