package fr.relais.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import fr.relais.events.NotificationEvent;
import fr.relais.events.NotificationEvent.Priority;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.application.MailProperties;
import fr.relais.notification.application.Preferences;
import fr.relais.notification.domain.PublicNotice;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class EmailChannelTest extends ChannelContract<PublicNotice> {

    private static final Instant AT = Instant.parse("2026-11-22T08:00:00Z");
    private static final String ADDRESS = "anne.tournee@cabinet.example";

    private final GreenMail mail = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
    private final Preferred preferred = new Preferred();
    private EmailChannel channel;

    @BeforeEach
    void the_nurse_gave_her_address_and_consents() {
        mail.start();
        wishes(ADDRESS, EnumSet.allOf(NotificationEvent.Channel.class), Locale.FRENCH);
        channel = channel(mail.getSmtp().getPort(), Duration.ofSeconds(10));
    }

    private void wishes(String address, Set<NotificationEvent.Channel> channels, Locale language) {
        preferred.save(new Preferences(NURSE, channels, address, AT, LocalTime.of(7, 30), language));
    }

    @AfterEach
    void stop() {
        channel.close();
        mail.stop();
    }

    @Override
    Channel<PublicNotice> channel() {
        return channel;
    }

    @Override
    List<String> arrived() {
        return Arrays.stream(mail.getReceivedMessages())
                .map(message -> header(message, "Message-ID").replaceAll("^<|@relais.example>$", ""))
                .toList();
    }

    @Override
    void otherEndBreaks() {
        mail.stop();
    }

    @Test
    void a_mail_holds_a_count_a_priority_and_a_link_and_nothing_else() throws Exception {
        deliver();

        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("Coordination Trois-Vallées : à voir maintenant");
        assertThat(text(message))
                .contains(
                        "1 demande vous attend", "avant le 22 novembre à 14:00", "https://relais.example/n/" + DELIVERY)
                .doesNotContain("pathway", "handoff", "first-visit", NURSE.id());
        assertThat(message.getContentType()).containsIgnoringCase("text/plain").containsIgnoringCase("utf-8");
        assertThat(header(message, "To")).isEqualTo(ADDRESS);
        assertThat(header(message, "Auto-Submitted")).isEqualTo("auto-generated");
    }

    @Test
    void a_mail_is_written_in_the_language_of_its_reader() throws Exception {
        wishes(ADDRESS, EnumSet.allOf(NotificationEvent.Channel.class), Locale.ENGLISH);
        deliver();

        assertThat(text(mail.getReceivedMessages()[0])).contains("1 request awaits you");
    }

    @Test
    void a_digest_says_how_many_things_there_are() throws Exception {
        channel.deliver(DELIVERY, NURSE, new PublicNotice(null, Priority.ACT_TODAY, 4, null, PUBLIC.link()));

        assertThat(mail.getReceivedMessages()[0].getSubject()).endsWith("à voir aujourd’hui");
        assertThat(text(mail.getReceivedMessages()[0])).contains("4 points à voir aujourd’hui");
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450 mailbox busy, 450",
        "RCPT, 451 4.7.1 greylisted, 451",
        "MAIL, 421 too busy, 421",
        "DATA, 452 no space, 452",
        "., 451 local error, 451"
    })
    void what_the_server_says_passes_is_tried_again(String verb, String answer, int code) {
        try (MoodyMailServer moody = new MoodyMailServer(verb, answer);
                EmailChannel asking = channel(moody.port(), Duration.ofSeconds(10))) {
            assertThat(asking.deliver(DELIVERY, NURSE, PUBLIC))
                    .isEqualTo(new Handover.Failed("the mail server answered " + code, null));
        }
    }

    @ParameterizedTest
    @CsvSource({"RCPT, 550 no such user, 550", "MAIL, 553 sender refused, 553", "., 554 refused as spam, 554"})
    void what_the_server_refuses_for_good_is_given_up(String verb, String answer, int code) {
        try (MoodyMailServer moody = new MoodyMailServer(verb, answer);
                EmailChannel asking = channel(moody.port(), Duration.ofSeconds(10))) {
            assertThat(asking.deliver(DELIVERY, NURSE, PUBLIC))
                    .isEqualTo(new Handover.Refused("the mail server answered " + code));
        }
    }

    @Test
    void a_server_that_says_nothing_is_left_after_the_time_out() {
        try (MoodyMailServer silent = new MoodyMailServer("RCPT", "");
                EmailChannel hasty = channel(silent.port(), Duration.ofMillis(400))) {
            assertThat(hasty.deliver(DELIVERY, NURSE, PUBLIC)).isInstanceOf(Handover.Failed.class);
        }
    }

    @Test
    void whoever_took_their_address_away_gets_no_mail_and_no_operator_is_asked() {
        wishes(null, EnumSet.allOf(NotificationEvent.Channel.class), Locale.FRENCH);
        assertThat(channel.reaches(NURSE)).isFalse();
        assertThat(deliver()).isInstanceOf(Handover.Moot.class);

        wishes(ADDRESS, EnumSet.of(NotificationEvent.Channel.INBOX), Locale.FRENCH);
        assertThat(channel.reaches(NURSE)).isFalse();
        assertThat(deliver()).isInstanceOf(Handover.Moot.class);
        assertThat(mail.getReceivedMessages()).isEmpty();
    }

    @Test
    void without_a_mail_server_nobody_is_reached() {
        try (EmailChannel none = channel(null, Duration.ofSeconds(1))) {
            assertThat(none.reaches(NURSE)).isFalse();
            assertThat(none.deliver(DELIVERY, NURSE, PUBLIC)).isInstanceOf(Handover.Failed.class);
        }
    }

    private EmailChannel channel(int port, Duration timeout) {
        JavaMailSenderImpl server = new JavaMailSenderImpl();
        server.setHost("127.0.0.1");
        server.setPort(port);
        return channel(server, timeout);
    }

    private EmailChannel channel(JavaMailSenderImpl server, Duration timeout) {
        return new EmailChannel(
                server,
                preferred,
                new MailProperties("Relais <relais@relais.example>", timeout, true),
                new NoticeTexts("Coordination Trois-Vallées"),
                InstantSource.fixed(AT));
    }

    private static String text(MimeMessage message) throws MessagingException, IOException {
        return (String) message.getContent();
    }

    private static String header(MimeMessage message, String name) {
        try {
            return message.getHeader(name)[0];
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
