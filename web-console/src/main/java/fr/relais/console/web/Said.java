package fr.relais.console.web;

import fr.relais.console.api.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of what somebody just did.
 *
 * @param ok whether it was done
 * @param text one sentence
 * @param undo handoff whose acceptance may be taken back; null where there is nothing to take back
 * @param full until when somebody may say at once that they are full; empty where that is not at hand
 */
record Said(boolean ok, String text, @Nullable String undo, List<Until> full) {

    Said {
        full = List.copyOf(full);
    }

    Said(boolean ok, String text, @Nullable String undo) {
        this(ok, text, undo, List.of());
    }

    /** Something that a service refused, in its words. */
    static Said no(Refusal refusal) {
        String detail = refusal.detail();
        return new Said(false, refusal.title() + (detail == null ? "" : " — " + detail), null);
    }

    /**
     * A last day to choose.
     *
     * @param day ISO date, in Europe/Paris
     */
    record Until(String day, String words) {}
}
