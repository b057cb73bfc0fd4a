package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Receivers;
import fr.relais.systemtests.site.WebhookEnd;
import fr.relais.systemtests.site.WebhookEnd.Behaviour;
import java.time.Duration;

/** Those who are told are down, busy, broken, hanging or slow; mail servers refuse; open pages drop and come back. */
final class ReceiversAway implements Scenario {

    @Override
    public String name() {
        return "receivers";
    }

    @Override
    public String about() {
        return "webhooks down for 2 and 10 min (clock moved), 500, 429, hanging, slow; SMTP refusing; live streams dropping";
    }

    @Override
    public void play(Scene scene) throws Exception {
        Receivers receivers = scene.receivers();
        WebhookEnd webhooks = receivers.webhooks();
        int time = scene.size().of(4, 10, 30);
        scene.work().begin();
        Scene.pause(Scene.seconds(time));
        scene.hurt("webhooks down for 2 min", () -> down(scene, Duration.ofMinutes(2), time));
        scene.hurt("webhooks down for 10 min", () -> down(scene, Duration.ofMinutes(10), time));
        scene.hurt("webhooks answer 500", () -> behave(webhooks, Behaviour.BROKEN, time));
        scene.hurt(
                "webhooks answer 429, Retry-After 60",
                () -> behave(webhooks, Behaviour.busy(Duration.ofSeconds(60)), time));
        scene.hurt("webhooks hang", () -> behave(webhooks, Behaviour.HANGING, time));
        scene.hurt(
                "webhooks take 20 s to say yes", () -> behave(webhooks, Behaviour.slow(Duration.ofSeconds(20)), time));
        scene.hurt("the mail server refuses", () -> {
            receivers.mail().refuse();
            Scene.pause(Scene.seconds(time));
            receivers.mail().serve();
        });
        scene.hurt("open pages drop and come back", () -> {
            for (int i = 0; i < time; i++) {
                receivers.pageProxy(scene.site()).cut();
                Scene.pause(Duration.ofSeconds(1));
            }
        });
        scene.work().end(Duration.ofSeconds(60));
        // What waits for its next attempt, an hour at most, is due now.
        for (int i = 0; i < 4; i++) {
            scene.site().clock().move(Duration.ofMinutes(61));
            Scene.pause(Scene.seconds(scene.size().of(4, 6, 10)));
        }
        scene.note(webhooks.taken() + " webhooks taken, " + webhooks.refused() + " not; "
                + receivers.mail().taken() + " mails; " + receivers.shown() + " notices on open pages");
    }

    private static void down(Scene scene, Duration time, int seconds) throws Exception {
        scene.receivers().webhookProxy().refuse();
        Scene.pause(Scene.seconds(seconds));
        scene.site().clock().move(time);
        scene.receivers().webhookProxy().heal();
        Scene.pause(Scene.seconds(2));
    }

    private static void behave(WebhookEnd webhooks, Behaviour behaviour, int seconds) throws Exception {
        webhooks.behave(behaviour);
        Scene.pause(Scene.seconds(seconds));
        webhooks.behave(Behaviour.OK);
    }
}
