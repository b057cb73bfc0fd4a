package fr.relais.pathway.view;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.Actor;
import fr.relais.events.Content;
import fr.relais.events.EventCatalogue;
import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.events.RecordedEvent;
import fr.relais.kit.view.Projector;
import fr.relais.kit.view.ProjectorContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TellingProjectorIT extends ProjectorContract<TellingView> {

    private static final Instant TUESDAY = Instant.parse("2026-03-03T09:00:00Z");
    private static final Party ANNE = Party.person("99700900022");

    @Override
    protected Projector<TellingView> projector() {
        return new TellingProjector();
    }

    @Override
    protected List<RecordedEvent> story() {
        List<NotificationEvent> events = List.of(
                new NotificationEvent.Queued(
                        Party.structure("990000028"),
                        NotificationEvent.Channel.INBOX,
                        NotificationEvent.Notice.TAKEN_BY_ANOTHER,
                        "pathway-1:7",
                        "pathway-1",
                        "nurse-first-visit",
                        "handoff-1-1",
                        TUESDAY),
                new NotificationEvent.Attempted(1, TUESDAY.plusSeconds(1)),
                new NotificationEvent.Failed(1, "no answer", TUESDAY.plusSeconds(2), TUESDAY.plusSeconds(60)),
                new NotificationEvent.Attempted(2, TUESDAY.plusSeconds(60)),
                new NotificationEvent.Delivered(2, TUESDAY.plusSeconds(61)),
                new NotificationEvent.Read(ANNE, TUESDAY.plusSeconds(90)),
                new NotificationEvent.Read(Party.person("99700900030"), TUESDAY.plusSeconds(95)),
                new NotificationEvent.Recalled("pathway-1:9", TUESDAY.plusSeconds(99)));
        List<RecordedEvent> recorded = new ArrayList<>();
        for (NotificationEvent event : events) {
            long sequence = recorded.size() + 1;
            recorded.add(new RecordedEvent(
                    RecordedEvent.idOf("delivery-1", sequence),
                    EventCatalogue.standard().entry(event).type(),
                    "delivery-1",
                    sequence,
                    TUESDAY.plusSeconds(sequence),
                    "notification-service",
                    Actor.system("story"),
                    null,
                    null,
                    new Content.Known(event)));
        }
        return recorded;
    }

    @Test
    void what_is_shown_is_the_last_attempt_the_delivery_and_who_read_it_first() {
        TellingView view = null;
        for (RecordedEvent event : story()) {
            view = projector().fold(view, event);
        }

        assertThat(view.notice()).isEqualTo("taken-by-another");
        assertThat(view.sentAt()).isEqualTo(TUESDAY.plusSeconds(60));
        assertThat(view.deliveredAt()).isEqualTo(TUESDAY.plusSeconds(61));
        assertThat(view.readAt()).isEqualTo(TUESDAY.plusSeconds(90));
        assertThat(view.readBy()).isEqualTo(ANNE.key());
        assertThat(view.trouble()).isNull();
        assertThat(view.recalledAt()).isEqualTo(TUESDAY.plusSeconds(99));
    }
}
