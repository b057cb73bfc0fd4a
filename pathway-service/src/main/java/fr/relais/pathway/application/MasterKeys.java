package fr.relais.pathway.application;

import java.util.List;

/** The master keys that wrap the data keys of patients and messages, and their change. */
public interface MasterKeys {

    /** Uses of a key are counted up to this. */
    int COUNTED_UP_TO = 10_000;

    /**
     * A master key.
     *
     * @param current whether it wraps what is new
     * @param configured whether this instance has it; what is wrapped by one that it has not cannot be opened
     * @param wrapped how many data keys it wraps, counted up to {@value MasterKeys#COUNTED_UP_TO}; a former key that wraps
     *     none may be taken out of the configuration
     */
    record Use(String id, boolean current, boolean configured, long wrapped) {}

    /**
     * What a part of a rotation did.
     *
     * @param rewrapped how many data keys were wrapped anew this time
     * @param done whether nothing is left that a former key wraps
     */
    record Rotation(long rewrapped, boolean done, List<Use> keys) {
        public Rotation {
            keys = List.copyOf(keys);
        }
    }

    /**
     * Wraps data keys anew that a former master key wraps. Cut off at any instant, or run by several instances at once, it
     * leaves every data key wrapped by the one or the other; the next call goes on.
     *
     * @param limit at most so many
     */
    Rotation rotate(int limit);

    /** All master keys that are configured or in use. */
    List<Use> uses();
}
