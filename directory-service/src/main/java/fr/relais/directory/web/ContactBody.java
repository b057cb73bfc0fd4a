package fr.relais.directory.web;

import fr.relais.events.DirectoryEvent.ContactKind;
import fr.relais.events.DirectoryEvent.ContactUse;
import org.jspecify.annotations.Nullable;

/**
 * A way to reach somebody as written by callers.
 *
 * @param use for what; anything where it is not said
 */
record ContactBody(
        @Nullable ContactKind kind,
        @Nullable String value,
        @Nullable ContactUse use) {}
