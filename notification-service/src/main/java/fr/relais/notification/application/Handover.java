package fr.relais.notification.application;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What became of one attempt, as the channel saw it. */
public sealed interface Handover {

    /** The other end has it. */
    record Arrived() implements Handover {}

    /**
     * It did not arrive, or nobody knows whether it did; it is tried again.
     *
     * @param why plain words for operators, without an address or anything of a patient
     * @param retryAfter what the other end asked for, where it did
     */
    record Failed(String why, @Nullable Duration retryAfter) implements Handover {}

    /**
     * It never will arrive, however often it is tried; an operator should look at it.
     *
     * @param why plain words for operators
     */
    record Refused(String why) implements Handover {}

    /**
     * There is nowhere to bring it to any more, because its recipient wanted that; nobody has to look at it.
     *
     * @param why plain words
     */
    record Moot(String why) implements Handover {}
}
