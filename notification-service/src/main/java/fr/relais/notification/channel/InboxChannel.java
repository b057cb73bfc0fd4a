package fr.relais.notification.channel;

import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.domain.SecureNotice;
import java.time.Duration;
import java.util.Optional;

/** The inbox in Relais itself. A notice has arrived when its recipient would see it there. */
public final class InboxChannel implements Channel<SecureNotice> {

    /** Whether the inbox shows a delivery; waits a moment for a view that is still at it. */
    @FunctionalInterface
    public interface Shown {
        boolean inInbox(String delivery);
    }

    /** How long an attempt waits for the view; it reads the same topic at the same time. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Shown shown;

    public InboxChannel(Shown shown) {
        this.shown = shown;
    }

    @Override
    public NotificationEvent.Channel kind() {
        return NotificationEvent.Channel.INBOX;
    }

    @Override
    public Class<SecureNotice> carries() {
        return SecureNotice.class;
    }

    @Override
    public boolean interrupts() {
        return false;
    }

    @Override
    public boolean reaches(Party recipient) {
        return true;
    }

    @Override
    public Optional<String> lane(Party recipient) {
        return Optional.empty();
    }

    @Override
    public Handover deliver(String delivery, Party recipient, SecureNotice notice) {
        return shown.inInbox(delivery)
                ? new Handover.Arrived()
                : new Handover.Failed("the inbox does not show it yet: its view is behind", null);
    }
}
