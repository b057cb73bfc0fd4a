package fr.relais.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.events.NotificationEvent.Notice;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.domain.OpaqueLink;
import fr.relais.notification.domain.Payload;
import fr.relais.notification.domain.PublicNotice;
import fr.relais.notification.domain.SecureNotice;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every channel promises. The test of a new channel extends this. */
abstract class ChannelContract<N extends Payload> {

    static final Party NURSE = Party.person("99700900014");
    static final String DELIVERY = "delivery-0123456789abcdef0123456789abcdef";
    static final PublicNotice PUBLIC = new PublicNotice(
            Notice.OFFER,
            Priority.ACT_NOW,
            1,
            Instant.parse("2026-11-22T13:00:00Z"),
            OpaqueLink.to(URI.create("https://relais.example"), DELIVERY));
    static final SecureNotice SECURE = new SecureNotice(Notice.OFFER, "pathway-1", "first-visit", "handoff-1", null);

    /** The channel, able to reach {@link #NURSE}. */
    abstract Channel<N> channel();

    /** Deliveries that the other end has, in order, repeats included. */
    abstract List<String> arrived();

    /** From now on the other end does not work. */
    abstract void otherEndBreaks();

    @Test
    void a_delivery_arrives_under_its_id() {
        assertThat(deliver()).isEqualTo(new Handover.Arrived());
        assertThat(arrived()).containsExactly(DELIVERY);
    }

    @Test
    void a_repeat_arrives_under_the_same_id() {
        deliver();
        assertThat(deliver()).isEqualTo(new Handover.Arrived());
        assertThat(arrived()).containsOnly(DELIVERY);
    }

    @Test
    void a_broken_other_end_is_an_answer_and_no_exception() {
        otherEndBreaks();

        assertThat(deliver()).isInstanceOf(Handover.Failed.class);
    }

    @Test
    void why_it_failed_is_said_without_addresses_or_ids() {
        otherEndBreaks();

        Handover.Failed failed = (Handover.Failed) deliver();
        assertThat(failed.why())
                .isNotBlank()
                .doesNotContain("://", "localhost", NURSE.id(), "pathway-", "first-visit", "Exception");
    }

    @Test
    void it_reaches_whom_it_can_reach_and_waits_where_it_depends_on_others() {
        assertThat(channel().reaches(NURSE)).isTrue();
        assertThat(channel().lane(NURSE)).isEqualTo(channel().lane(NURSE));
    }

    @Test
    void it_is_trusted_with_one_class_of_payload() {
        assertThat(channel().carries()).isIn(PublicNotice.class, SecureNotice.class);
    }

    Handover deliver() {
        Payload notice = channel().carries() == PublicNotice.class ? PUBLIC : SECURE;
        return channel().deliver(DELIVERY, NURSE, channel().carries().cast(notice));
    }
}
