package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.Hospital;
import fr.relais.systemtests.site.Patients;
import fr.relais.systemtests.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Pathways that have just begun, for scenarios that do something particular with them. */
final class Ready {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Ready() {}

    /** One patient at home since now, who chose these. */
    static String pathway(Scene scene, Random random, String commune, List<Map<String, Object>> choices) {
        Stay stay = Patients.next(random);
        scene.ledger().identity(Patients.identity(stay));
        Hospital hospital = scene.work().hospital();
        hospital.send(stay.admitted(scene.site().now().minus(Duration.ofDays(2))), Hospital.By.MLLP, LIMIT);
        String pathway = scene.work()
                .include(stay, "discharge-home", commune, choices)
                .path("id")
                .asString();
        hospital.send(stay.discharged(scene.site().now(), "8"), Hospital.By.MLLP, LIMIT);
        return pathway;
    }

    /** So many of them, some at a time. */
    static List<String> pathways(Scene scene, int count, String commune) throws Exception {
        List<Callable<String>> all = IntStream.range(0, count)
                .mapToObj(i -> scene.random().nextLong())
                .map(lot -> (Callable<String>) () -> pathway(scene, new Random(lot), commune, List.of()))
                .toList();
        try (var threads = Executors.newFixedThreadPool(8, Thread.ofVirtual().factory())) {
            return threads.invokeAll(all).stream()
                    .map(each -> {
                        try {
                            return each.get();
                        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
                            throw new IllegalStateException(e);
                        }
                    })
                    .toList();
        }
    }

    /** The pathway as its ward sees it. */
    static JsonNode seen(Scene scene, String pathway) {
        return scene.work()
                .client()
                .persist(Client.Call.get(Site.PATHWAY, "ward-farida", "/api/v1/pathways/" + pathway), LIMIT)
                .orElseThrow(() -> new IllegalStateException("no answer about " + pathway))
                .ok();
    }

    /** A step of it. */
    static JsonNode step(Scene scene, String pathway, String key) {
        return StreamSupport.stream(seen(scene, pathway).path("steps").spliterator(), false)
                .filter(step -> step.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** The handoff of a step that is offered, or nothing. */
    static List<JsonNode> offered(Scene scene, String pathway, String step) {
        return StreamSupport.stream(step(scene, pathway, step).path("handoffs").spliterator(), false)
                .filter(handoff -> handoff.path("status").asString().equals("offered"))
                .toList();
    }

    /** Whom a patient chose for a role. */
    static Map<String, Object> choice(String role, String kind, String id) {
        return Map.of("role", role, "party", Map.of("kind", kind, "id", id));
    }
}
