package fr.relais.notification.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Handover;
import fr.relais.notification.application.MailProperties;
import fr.relais.notification.application.PreferenceList;
import fr.relais.notification.application.Preferences;
import fr.relais.notification.domain.PublicNotice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;

/**
 * Mails a public notice to a person who gave an address and consented: a count, a priority and a link that says nothing.
 * Mail is read by others on its way. What the server says decides: 4xx and a broken connection are tried again, 5xx is for
 * good (RFC 5321, 4.2.1). The Message-ID is made of the delivery's id, so that a mail which comes twice, after a crash, is
 * known as one.
 */
public final class EmailChannel implements Channel<PublicNotice>, AutoCloseable {

    private static final int PERMANENT = 500;
    private static final String LANE = "mail server";

    private final @Nullable JavaMailSender server;
    private final PreferenceList preferences;
    private final MailProperties properties;
    private final NoticeTexts texts;
    private final InstantSource realTime;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * A channel.
     *
     * @param server null where no mail server is configured: nobody is reached then
     * @param realTime the real time, for the field Date
     */
    public EmailChannel(
            @Nullable JavaMailSender server,
            PreferenceList preferences,
            MailProperties properties,
            NoticeTexts texts,
            InstantSource realTime) {
        this.server = server;
        this.preferences = preferences;
        this.properties = properties;
        this.texts = texts;
        this.realTime = realTime;
    }

    @Override
    public NotificationEvent.Channel kind() {
        return NotificationEvent.Channel.EMAIL;
    }

    @Override
    public Class<PublicNotice> carries() {
        return PublicNotice.class;
    }

    @Override
    public boolean interrupts() {
        return true;
    }

    @Override
    public boolean reaches(Party recipient) {
        Preferences wanted = preferences.of(recipient);
        return server != null && wanted.email() != null && wanted.channels().contains(kind());
    }

    @Override
    public Optional<String> lane(Party recipient) {
        return Optional.of(LANE);
    }

    @Override
    public Handover deliver(String delivery, Party recipient, PublicNotice notice) {
        Preferences wanted = preferences.of(recipient);
        String address = wanted.email();
        JavaMailSender mail = server;
        if (address == null || !wanted.channels().contains(kind())) {
            return new Handover.Moot("the recipient has no mail address any more");
        }
        if (mail == null) {
            return new Handover.Failed("no mail server is configured (spring.mail.host)", null);
        }
        Future<Handover> sent = threads.submit(() -> send(mail, delivery, address, wanted, notice));
        try {
            // The server's own time-outs are per read; this one ends the whole.
            return sent.get(properties.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Handover.Failed("no answer of the mail server within " + properties.timeout(), null);
        } catch (ExecutionException e) {
            return new Handover.Failed("the mail could not be sent", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Handover.Failed("this service was being stopped", null);
        } finally {
            sent.cancel(true);
        }
    }

    private Handover send(
            JavaMailSender mail, String delivery, String address, Preferences wanted, PublicNotice notice) {
        try {
            mail.send(message(mail, delivery, address, wanted, notice));
            return new Handover.Arrived();
        } catch (MailAuthenticationException e) {
            return new Handover.Failed("the mail server does not take our user and password", null);
        } catch (MailSendException e) {
            return verdict(failure(e));
        } catch (MessagingException e) {
            return new Handover.Refused("the mail address is not well formed");
        } catch (MailException e) {
            return new Handover.Failed("the mail could not be sent", null);
        }
    }

    private MimeMessage message(
            JavaMailSender mail, String delivery, String address, Preferences wanted, PublicNotice notice)
            throws MessagingException {
        MimeMessage message = mail.createMimeMessage();
        message.setFrom(new InternetAddress(properties.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
        message.setSubject(texts.subject(notice, wanted.language()), UTF_8.name());
        message.setText(texts.mail(notice, wanted.language()), UTF_8.name());
        message.setSentDate(Date.from(realTime.instant()));
        message.setHeader("Message-ID", "<" + delivery + "@" + domain(properties.from()) + ">");
        // Nobody's holiday notice answers a machine (RFC 3834).
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private static String domain(String from) {
        return from.substring(from.lastIndexOf('@') + 1).replace(">", "").strip();
    }

    private static @Nullable Throwable failure(MailSendException e) {
        return e.getFailedMessages().values().stream()
                .<Throwable>map(failed -> failed)
                .findFirst()
                .orElse(e.getCause());
    }

    /** The most telling of all that went wrong: the first for good, or else the first that says a code. */
    private static Handover verdict(@Nullable Throwable failure) {
        int said = 0;
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            int code = code(cause);
            if (code >= PERMANENT) {
                return new Handover.Refused("the mail server answered " + code);
            }
            said = said == 0 ? code : said;
            if (cause instanceof MailConnectException
                    || cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof SocketTimeoutException) {
                return new Handover.Failed("the mail server is not reached", null);
            }
        }
        return new Handover.Failed(
                said == 0 ? "the connection to the mail server broke" : "the mail server answered " + said, null);
    }

    private static @Nullable Throwable next(Throwable failure) {
        Throwable chained = failure instanceof MessagingException messaging ? messaging.getNextException() : null;
        return chained == null ? failure.getCause() : chained;
    }

    private static int code(Throwable failure) {
        return switch (failure) {
            case SMTPAddressFailedException e -> e.getReturnCode();
            case SMTPSenderFailedException e -> e.getReturnCode();
            case SMTPSendFailedException e -> e.getReturnCode();
            default -> 0;
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
