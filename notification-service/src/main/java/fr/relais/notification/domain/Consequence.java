package fr.relais.notification.domain;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.Party;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What follows from an event of a pathway for those who are told, or had been. */
public sealed interface Consequence {

    /** One person or the common inbox of one structure is told. */
    record Tell(
            Party recipient,
            Notice notice,
            @Nullable String step,
            @Nullable String handoff) implements Consequence {}

    /** Every member of a profession in a structure is told of an offer, each in their own inbox. */
    record TellMembers(String structure, String profession, Notice notice, String step, String handoff)
            implements Consequence {}

    /**
     * What was said of a handoff does not hold any more, or holds otherwise: unread notices are taken back, and those who
     * had been told hear so, by the channels that had told them.
     *
     * @param stale which notices of the handoff are taken back where they are unread
     * @param say what those who had been told hear; empty when they hear nothing
     * @param except who hears nothing because they know
     * @param holder who accepted the handoff: hears it even when no notice had told them of it
     */
    record TakeBack(
            String handoff,
            String step,
            Set<Notice> stale,
            Optional<Notice> say,
            Set<Party> except,
            Optional<Party> holder)
            implements Consequence {
        public TakeBack {
            stale = Set.copyOf(stale);
            except = Set.copyOf(except);
        }
    }

    /** A person answered an offer, or looked at it: whatever told them of it counts as read. */
    record Answered(String handoff, Party by) implements Consequence {}

    /**
     * What some notices say does not hold any more: where they are unread they are taken back, and nobody hears of it.
     *
     * @param step the step that they are about; null for those of the whole pathway
     */
    record Unsay(@Nullable String step, Set<Notice> notices) implements Consequence {
        public Unsay {
            notices = Set.copyOf(notices);
        }
    }
}
