package fr.relais.systemtests.site;

import static org.assertj.core.api.Assertions.assertThat;

import fr.relais.localstack.Ports;
import fr.relais.systemtests.audit.Ledger;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class MailEndTest {

    @Test
    void each_mail_stands_in_the_ledger_as_often_as_it_came_whenever_it_is_read() throws Exception {
        Ledger ledger = Ledger.inMemory();
        int port = Ports.free(1).getFirst();
        MailEnd mail = MailEnd.start(port, ledger);
        try {
            Instant begin = Instant.now().minusSeconds(1);
            send(port, "paul", "delivery-1");
            send(port, "zoe", "delivery-2");
            mail.read();
            send(port, "anne", "delivery-3");
            send(port, "paul", "delivery-4");
            send(port, "zoe", "delivery-2");
            mail.read();
            mail.read();

            assertThat(ledger.receipts())
                    .extracting(Ledger.Receipt::delivery)
                    .containsExactlyInAnyOrder("delivery-1", "delivery-2", "delivery-3", "delivery-4", "delivery-2");
            assertThat(ledger.receipts())
                    .allSatisfy(receipt -> assertThat(receipt.at()).isBetween(begin, Instant.now()));
            assertThat(mail.taken()).isEqualTo(5);
        } finally {
            mail.close();
        }
    }

    private static void send(int port, String to, String delivery) throws Exception {
        Properties settings = new Properties();
        settings.put("mail.smtp.host", "127.0.0.1");
        settings.put("mail.smtp.port", Integer.toString(port));
        MimeMessage message = new MimeMessage(Session.getInstance(settings)) {
            @Override
            protected void updateMessageID() throws jakarta.mail.MessagingException {
                setHeader("Message-ID", "<" + delivery + "@localhost>");
            }
        };
        message.setFrom(new InternetAddress("relais@localhost"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to + "@example.org"));
        message.setText("one request");
        Transport.send(message);
    }
}
