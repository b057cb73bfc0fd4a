package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Site;
import java.time.Duration;

/** A little of everything, for every run of the tests: each service and the broker die once, and receivers are away. */
final class ShortForm implements Scenario {

    @Override
    public String name() {
        return "short-form";
    }

    @Override
    public String about() {
        return "each service and the broker killed once, webhooks down meanwhile, hospital messages twice and in any order";
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.work().begin();
        Scene.pause(Scene.seconds(4));
        scene.hurt("webhooks down", () -> {
            scene.receivers().webhookProxy().refuse();
            for (String service : Site.SERVICES) {
                scene.killAndRestart(scene.site().first(service), scene.some(1, 1_000));
                Scene.pause(scene.some(500, 1_500));
            }
            scene.receivers().webhookProxy().heal();
            scene.site().clock().move(Duration.ofMinutes(2));
        });
        scene.hurt("Kafka killed", () -> {
            scene.site().kafka().kill();
            Scene.pause(Scene.seconds(3));
            scene.site().kafka().restart();
        });
        scene.work().end(Duration.ofSeconds(60));
        new RepeatsAndShuffles().play(scene);
    }
}
