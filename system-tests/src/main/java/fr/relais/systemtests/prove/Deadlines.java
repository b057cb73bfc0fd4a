package fr.relais.systemtests.prove;

import fr.relais.systemtests.site.People;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Very many deadlines at once, as after a long night: each is told, each once. */
final class Deadlines implements Scenario {

    @Override
    public String name() {
        return "deadlines";
    }

    @Override
    public String about() {
        return "many deadlines due in the same minute (--long: 10,000): each is told once";
    }

    @Override
    public void play(Scene scene) throws Exception {
        List<String> pathways = Ready.pathways(scene, scene.size().of(20, 100, 2_500), People.COMMUNES.getFirst());
        Instant then = scene.site().now().plus(Duration.ofDays(8));
        scene.until(
                "every step has its time",
                Duration.ofMinutes(5),
                () -> pathways.stream().allMatch(pathway -> due(scene, pathway, then) >= 4));
        int expected =
                pathways.stream().mapToInt(pathway -> due(scene, pathway, then)).sum();
        int before = Overdue.count(scene);
        Instant moved = Instant.now();
        scene.hurt(expected + " deadlines in a moment", () -> {
            scene.site().clock().moveTo(then);
            scene.until(
                    "all " + expected + " are told",
                    Duration.ofMinutes(5),
                    () -> Overdue.count(scene) - before >= expected);
        });
        scene.note(expected + " deadlines told within "
                + Overdue.last(scene, moved).toMillis() + " ms");
        scene.expect("each deadline is told", "relais.pathway", expected, Overdue.count(scene) - before);
        Overdue.eachOnce(scene);
    }

    private static int due(Scene scene, String pathway, Instant then) {
        int due = 0;
        for (JsonNode step : Ready.seen(scene, pathway).path("steps")) {
            String at = step.path("dueAt").asString("");
            if (!at.isEmpty() && Instant.parse(at).isBefore(then)) {
                due++;
            }
        }
        return due;
    }
}
