package fr.relais.notification;

import fr.relais.events.EventJson;
import fr.relais.events.NotificationEvent;
import fr.relais.events.Party;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.RelaisClock;
import fr.relais.notification.application.Budget;
import fr.relais.notification.application.BudgetProperties;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Channels;
import fr.relais.notification.application.Courier;
import fr.relais.notification.application.DeliveryProperties;
import fr.relais.notification.application.Inboxes;
import fr.relais.notification.application.Lanes;
import fr.relais.notification.application.MailProperties;
import fr.relais.notification.application.PreferenceChanges;
import fr.relais.notification.application.PreferenceList;
import fr.relais.notification.application.PublicNotices;
import fr.relais.notification.application.Readers;
import fr.relais.notification.application.Tellings;
import fr.relais.notification.application.ToldList;
import fr.relais.notification.application.Undelivered;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.WebhookRegistrations;
import fr.relais.notification.application.Webhooks;
import fr.relais.notification.channel.EmailChannel;
import fr.relais.notification.channel.InboxChannel;
import fr.relais.notification.channel.NoticeTexts;
import fr.relais.notification.channel.WebhookChannel;
import fr.relais.notification.domain.Day;
import fr.relais.notification.domain.DayCommand;
import fr.relais.notification.domain.DayDecider;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import fr.relais.notification.domain.DeliveryDecider;
import fr.relais.notification.domain.RetryPolicy;
import fr.relais.notification.view.DeliveryProjector;
import fr.relais.notification.view.NotificationViews;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Puts the rooms of this service together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    DeliveryProperties.class,
    WebhookProperties.class,
    MailProperties.class,
    BudgetProperties.class
})
class NotificationConfiguration {

    @Bean
    Streams<DeliveryCommand, Delivery, NotificationEvent> deliveryStreams(
            Journal journal, DeliveryProperties delivery) {
        RetryPolicy policy = new RetryPolicy(
                delivery.firstRetry(), delivery.longestRetry(), delivery.giveUpAfter(), delivery.stalledAfter());
        return journal.streams(new DeliveryDecider(policy), NotificationEvent.class);
    }

    @Bean
    Streams<DayCommand, Day, NotificationEvent> dayStreams(Journal journal) {
        return journal.streams(new DayDecider(), NotificationEvent.class);
    }

    @Bean
    DeliveryProjector deliveryProjector(DeliveryProperties delivery) {
        return new DeliveryProjector(delivery.stalledAfter());
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new IllegalStateException(message);
        }
    }

    @Bean
    WebhookRegistrations webhookRegistrations(Webhooks webhooks, WebhookProperties webhook, Environment environment) {
        refuse(
                webhook.allowLoopback() && environment.acceptsProfiles(Profiles.of("production")),
                "relais.webhook.allow-loopback lets webhooks reach this machine and is for development: remove it");
        return new WebhookRegistrations(webhooks, webhook.allowLoopback());
    }

    @Bean
    InboxChannel inboxChannel(ObjectProvider<NotificationViews> views) {
        return new InboxChannel(delivery -> views.getObject().showsWithin(delivery, InboxChannel.PATIENCE));
    }

    @Bean
    WebhookChannel webhookChannel(
            Webhooks webhooks,
            PreferenceList preferences,
            WebhookProperties webhook,
            DeliveryProperties delivery,
            RelaisClock clock) {
        endsInTime("relais.webhook.timeout", webhook.timeout(), delivery);
        return new WebhookChannel(
                webhooks, preferences, webhook, new NoticeTexts(delivery.platform()), EventJson.mapper(), clock::real);
    }

    private static void endsInTime(String property, Duration timeout, DeliveryProperties delivery) {
        refuse(
                timeout.plus(delivery.leavesWithin()).compareTo(delivery.stalledAfter()) >= 0,
                property + " is " + timeout
                        + " and must be shorter than eleven twelfths of relais.delivery.stalled-after ("
                        + delivery.stalledAfter() + "): an attempt would be taken for crashed while it runs");
    }

    @Bean
    EmailChannel emailChannel(
            ObjectProvider<JavaMailSender> server,
            PreferenceList preferences,
            MailProperties mail,
            DeliveryProperties delivery,
            RelaisClock clock) {
        endsInTime("relais.mail.timeout", mail.timeout(), delivery);
        JavaMailSender sender = server.getIfAvailable();
        if (sender instanceof JavaMailSenderImpl smtp) {
            String millis = Long.toString(mail.timeout().toMillis());
            for (String wait : List.of("connectiontimeout", "timeout", "writetimeout")) {
                smtp.getJavaMailProperties().putIfAbsent("mail.smtp." + wait, millis);
                smtp.getJavaMailProperties().putIfAbsent("mail.smtps." + wait, millis);
            }
            if (!mail.allowPlain()) {
                smtp.getJavaMailProperties().putIfAbsent("mail.smtp.starttls.enable", "true");
                smtp.getJavaMailProperties().put("mail.smtp.starttls.required", "true");
                smtp.getJavaMailProperties().putIfAbsent("mail.smtp.ssl.checkserveridentity", "true");
            }
        }
        return new EmailChannel(sender, preferences, mail, new NoticeTexts(delivery.platform()), clock::real);
    }

    @Bean
    Channels channels(List<Channel<?>> channels) {
        return new Channels(channels);
    }

    @Bean
    Lanes lanes(WebhookProperties webhook) {
        return new Lanes(webhook.atOnce(), webhook.places());
    }

    @Bean
    PublicNotices publicNotices(DeliveryProperties delivery, NotificationViews views) {
        return new PublicNotices(delivery.console(), views::answerBy);
    }

    @Bean
    Readers readers(NotificationViews views) {
        return new Readers() {
            @Override
            public List<Party> members(String structure, String profession) {
                return views.members(structure, profession).stream()
                        .map(Party::person)
                        .toList();
            }

            @Override
            public Optional<String> profession(Party person) {
                return views.profession(person.id());
            }
        };
    }

    @Bean
    Budget budget(
            Streams<DayCommand, Day, NotificationEvent> days,
            PreferenceList preferences,
            Readers readers,
            BudgetProperties budget) {
        return new Budget(days, preferences, readers, budget.pushesADay());
    }

    @Bean
    Tellings tellings(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries,
            ToldList told,
            Channels channels,
            Readers readers,
            Budget budget,
            Courier courier) {
        return new Tellings(deliveries, told, channels, readers, budget, courier);
    }

    @Bean
    Undelivered undelivered(Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries, NotificationViews views) {
        return new Undelivered(deliveries, (recipient, channel) -> views.inTroubleTo(recipient.key(), channel));
    }

    @Bean
    PreferenceChanges preferenceChanges(PreferenceList preferences, Undelivered undelivered, BudgetProperties bounds) {
        return new PreferenceChanges(preferences, undelivered, bounds);
    }

    @Bean
    Courier courier(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries,
            Channels channels,
            Lanes lanes,
            PublicNotices publicNotices,
            RelaisClock clock,
            DeliveryProperties delivery) {
        return new Courier(deliveries, channels, lanes, publicNotices, clock, delivery.leavesWithin());
    }

    @Bean
    Inboxes inboxes(Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries) {
        return new Inboxes(deliveries);
    }
}
