package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Site;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;

/** Two of each service: work is shared, one dies, another comes, and deadlines are told once. */
final class TwoInstances implements Scenario {

    @Override
    public String name() {
        return "two";
    }

    @Override
    public String about() {
        return "two instances of each service, one of each killed, one added, deadlines due meanwhile";
    }

    @Override
    public Site.Plan plan(Site.Plan usual) {
        return usual.instances(2);
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.until(
                "each consumer group is shared by two",
                Duration.ofSeconds(60),
                () -> alone(scene).isEmpty());
        scene.work().begin();
        Scene.pause(Scene.seconds(scene.size().of(5, 15, 60)));
        for (String service : Site.SERVICES) {
            scene.hurt(
                    "kill -9 " + service + "-2",
                    () -> scene.site().instance(service, 2).kill());
            Scene.pause(scene.some(1_000, 4_000));
        }
        scene.hurt("a third pathway-service comes", () -> scene.site().add(Site.PATHWAY, Map.of()));
        scene.say("a week passes");
        scene.site().clock().move(Duration.ofDays(7));
        Scene.pause(Scene.seconds(scene.size().of(5, 15, 60)));
        for (String service : Site.SERVICES) {
            scene.site().instance(service, 2).restart();
        }
        Scene.pause(Scene.seconds(3));
        scene.work().end(Duration.ofSeconds(60));
        scene.site().clock().move(Duration.ofDays(9));
        Overdue.eachOnce(scene);
    }

    // Groups that only one instance reads though there are two.
    private static Set<String> alone(Scene scene) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", scene.site().bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            List<String> groups = admin.listGroups().all().get().stream()
                    .map(group -> group.groupId())
                    .toList();
            Map<String, Integer> members = new TreeMap<>();
            admin.describeConsumerGroups(groups)
                    .all()
                    .get()
                    .forEach(
                            (group, about) -> members.put(group, about.members().size()));
            Set<String> alone = new HashSet<>();
            members.forEach((group, count) -> {
                if (count == 1 && !group.endsWith(".replay")) {
                    alone.add(group);
                }
            });
            return alone;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
