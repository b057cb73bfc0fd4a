package fr.relais.systemtests.prove;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import fr.relais.systemtests.site.Site;
import fr.relais.systemtests.site.TcpProxy;
import java.time.Duration;
import org.bson.Document;

/** The database dies and stays away; then it is slow; then it takes no writes, as during an election. */
final class MongoAway implements Scenario {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(8);

    @Override
    public String name() {
        return "mongodb-away";
    }

    @Override
    public String about() {
        return "the mongod killed and away for 30 s, then slow, without a primary, its connections cut and leading nowhere";
    }

    @Override
    public Site.Plan plan(Site.Plan usual) {
        return usual.with("RELAIS_STORE_ANSWERS_WITHIN", ANSWERS_WITHIN.toSeconds() + "s");
    }

    @Override
    public void play(Scene scene) throws Exception {
        TcpProxy way = scene.site().mongoProxy();
        int away = scene.size().of(5, 30, 30);
        scene.work().begin();
        Scene.pause(Scene.seconds(5));
        scene.hurt("MongoDB killed, away " + away + " s", () -> {
            scene.site().mongo().kill();
            Scene.pause(Scene.seconds(away));
            scene.site().mongo().restart();
        });
        Scene.pause(Scene.seconds(3));
        scene.hurt("MongoDB slow: 50 ms a piece", () -> {
            way.slow(Duration.ofMillis(50), 2_000_000);
            Scene.pause(Scene.seconds(scene.size().of(3, 15, 60)));
            way.heal();
        });
        scene.hurt("MongoDB takes no writes", () -> {
            stepDown(scene, scene.size().of(3, 15, 30));
            Scene.pause(Scene.seconds(scene.size().of(5, 20, 40)));
        });
        scene.hurt("MongoDB's connections cut at random", () -> {
            way.cutAtRandom(scene.random().nextLong(), Duration.ofMillis(200));
            Scene.pause(Scene.seconds(scene.size().of(3, 10, 60)));
            way.heal();
        });
        scene.hurt("MongoDB's connections lead nowhere", () -> {
            way.forget();
            Scene.pause(ANSWERS_WITHIN.plusSeconds(scene.size().of(3, 10, 60)));
        });
        Scene.pause(Scene.seconds(3));
        scene.note(way.cuts() + " connections to MongoDB cut");
    }

    private static void stepDown(Scene scene, int seconds) {
        try (MongoClient mongo = MongoClients.create(scene.site().mongo().uri("admin"))) {
            mongo.getDatabase("admin").runCommand(new Document("replSetStepDown", seconds).append("force", true));
        } catch (MongoException e) {
            // The connection may end with the answer unsaid: the step is down all the same.
        }
    }
}
