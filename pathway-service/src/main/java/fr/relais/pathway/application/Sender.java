package fr.relais.pathway.application;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who hands messages in.
 *
 * @param name for operators: the subject of a certificate, or the id of a feed; empty for this machine
 * @param facilities the sending facilities (MSH-4) it may speak for; null when it may speak for all
 */
public record Sender(String name, @Nullable Set<String> facilities) {

    /** Whoever reaches a listener that only this machine reaches. */
    public static final Sender THIS_MACHINE = new Sender("", null);

    public Sender {
        facilities = facilities == null ? null : Set.copyOf(facilities);
    }

    /** Whether a message of this facility may come from it. */
    public boolean maySpeakFor(String facility) {
        return facilities == null || facilities.contains(facility);
    }
}
