package fr.relais.notification.domain;

import static java.util.Objects.requireNonNull;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What may leave by a way that others can read or that ends outside: that something waits, how urgent it is, until when
 * an answer is wished, and where to look after logging in. There is no free text and no id of a patient, a pathway or a
 * step among its components, so nothing of that kind can be put in.
 *
 * @param notice what it is about; null for a digest
 * @param count how many things wait
 * @param answerBy until when an answer is wished, where one is
 */
public record PublicNotice(
        @Nullable Notice notice,
        Priority priority,
        int count,
        @Nullable Instant answerBy,
        OpaqueLink link) implements Payload {

    public PublicNotice {
        requireNonNull(priority, "priority is missing");
        requireNonNull(link, "link is missing");
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + ": a notice tells of at least one thing");
        }
    }
}
