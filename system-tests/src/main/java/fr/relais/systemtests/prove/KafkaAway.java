package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.TcpProxy;
import java.time.Duration;

/** The broker dies and stays away; then it is slow; then its connections break. */
final class KafkaAway implements Scenario {

    @Override
    public String name() {
        return "kafka-away";
    }

    @Override
    public String about() {
        return "the broker killed and away for 30 s, then slow, then its connections cut at random";
    }

    @Override
    public void play(Scene scene) throws Exception {
        TcpProxy way = scene.site().kafkaProxy();
        int away = scene.size().of(5, 30, 30);
        scene.work().begin();
        Scene.pause(Scene.seconds(5));
        scene.hurt("Kafka killed, away " + away + " s", () -> {
            scene.site().kafka().kill();
            Scene.pause(Scene.seconds(away));
            scene.site().kafka().restart();
        });
        Scene.pause(Scene.seconds(3));
        scene.hurt("Kafka slow: 150 ms a piece", () -> {
            way.slow(Duration.ofMillis(150), 1_000_000);
            Scene.pause(Scene.seconds(scene.size().of(3, 15, 60)));
            way.heal();
        });
        scene.hurt("Kafka's connections cut at random", () -> {
            way.cutAtRandom(scene.random().nextLong(), Duration.ofMillis(300));
            Scene.pause(Scene.seconds(scene.size().of(3, 15, 60)));
            way.heal();
        });
        Scene.pause(Scene.seconds(3));
        scene.note(way.cuts() + " connections to Kafka cut");
    }
}
