package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.Site;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One instance at a time is stopped and started, as for an upgrade, while clients work: they notice nothing. */
final class GracefulStop implements Scenario {

    // 128 + SIGTERM, or a JVM that ended by itself; 137 would be the KILL after the grace.
    private static final Set<Integer> IN_PEACE = Set.of(0, 143);

    @Override
    public String name() {
        return "graceful";
    }

    @Override
    public String about() {
        return "graceful stop under load, one instance at a time: what is under way finishes, nothing is redone";
    }

    @Override
    public Site.Plan plan(Site.Plan usual) {
        return usual.instances(2).with("RELAIS_WEB_DRAIN", "2s");
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.work().begin();
        Scene.pause(Scene.seconds(5));
        for (int round = 0; round < scene.size().of(1, 2, 10); round++) {
            for (String service : Site.SERVICES) {
                Instance instance = scene.site().instance(service, 1 + round % 2);
                scene.say("stop of " + instance.name());
                long began = System.nanoTime();
                instance.stop();
                long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                int status = instance.process().onExit().join();
                scene.note(instance.name() + " stopped in " + took + " ms with status " + status);
                scene.expect("a stop ends by itself", instance.name(), true, IN_PEACE.contains(status));
                instance.restart();
                Scene.pause(Scene.seconds(2));
            }
        }
        scene.expect(
                "no client sees an error", "work", 0L, scene.work().client().errors());
        scene.expect("no answer is lost", "work", 0L, scene.work().client().lost());
    }
}
