package fr.relais.notification;

import fr.relais.events.EventJson;
import fr.relais.events.NotificationEvent;
import fr.relais.kit.journal.Journal;
import fr.relais.kit.journal.Streams;
import fr.relais.kit.time.RelaisClock;
import fr.relais.notification.application.Channel;
import fr.relais.notification.application.Channels;
import fr.relais.notification.application.Courier;
import fr.relais.notification.application.DeliveryProperties;
import fr.relais.notification.application.Inboxes;
import fr.relais.notification.application.Lanes;
import fr.relais.notification.application.PublicNotices;
import fr.relais.notification.application.Tellings;
import fr.relais.notification.application.ToldList;
import fr.relais.notification.application.WebhookProperties;
import fr.relais.notification.application.WebhookRegistrations;
import fr.relais.notification.application.Webhooks;
import fr.relais.notification.channel.InboxChannel;
import fr.relais.notification.channel.NoticeTexts;
import fr.relais.notification.channel.WebhookChannel;
import fr.relais.notification.domain.Delivery;
import fr.relais.notification.domain.DeliveryCommand;
import fr.relais.notification.domain.DeliveryDecider;
import fr.relais.notification.domain.RetryPolicy;
import fr.relais.notification.view.CircleView;
import fr.relais.notification.view.DeliveryProjector;
import fr.relais.notification.view.NotificationViews;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Puts the rooms of this service together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DeliveryProperties.class, WebhookProperties.class})
class NotificationConfiguration {

    @Bean
    Streams<DeliveryCommand, Delivery, NotificationEvent> deliveryStreams(
            Journal journal, DeliveryProperties delivery) {
        RetryPolicy policy = new RetryPolicy(
                delivery.firstRetry(), delivery.longestRetry(), delivery.giveUpAfter(), delivery.stalledAfter());
        return journal.streams(new DeliveryDecider(policy), NotificationEvent.class);
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
            Webhooks webhooks, WebhookProperties webhook, DeliveryProperties delivery, RelaisClock clock) {
        refuse(
                webhook.timeout().compareTo(delivery.stalledAfter()) >= 0,
                "relais.webhook.timeout is " + webhook.timeout() + " and must be shorter than"
                        + " relais.delivery.stalled-after (" + delivery.stalledAfter()
                        + "): an attempt would be taken for crashed while it runs");
        return new WebhookChannel(
                webhooks, webhook, new NoticeTexts(delivery.platform()), EventJson.mapper(), clock::real);
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
        return new PublicNotices(
                delivery.console(),
                (pathway, handoff) -> views.circle(pathway)
                        .flatMap(viewed -> viewed.document().handoffs().stream()
                                .filter(one -> one.handoff().equals(handoff))
                                .map(CircleView.Handoff::answerBy)
                                .findFirst()));
    }

    @Bean
    Tellings tellings(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries, ToldList told, Channels channels) {
        return new Tellings(deliveries, told, channels);
    }

    @Bean
    Courier courier(
            Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries,
            Channels channels,
            Lanes lanes,
            PublicNotices publicNotices,
            RelaisClock clock) {
        return new Courier(deliveries, channels, lanes, publicNotices, clock);
    }

    @Bean
    Inboxes inboxes(Streams<DeliveryCommand, Delivery, NotificationEvent> deliveries) {
        return new Inboxes(deliveries);
    }
}
