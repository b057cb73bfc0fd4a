package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.Site;

/** Each service dies in the midst of its work, again and again. */
final class KillEachService implements Scenario {

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String about() {
        return "kill -9 of each service in mid-burst, restarted";
    }

    @Override
    public void play(Scene scene) throws Exception {
        scene.work().begin();
        for (int round = 0; round < scene.size().of(1, 3, 20); round++) {
            for (String service : Site.SERVICES) {
                Scene.pause(scene.some(500, 4_000));
                scene.killAndRestart(scene.site().first(service), scene.some(1, 2_000));
            }
        }
        Scene.pause(Scene.seconds(3));
    }
}
