package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Stay;
import fr.relais.systemtests.audit.Ledger.Ack;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.Hospital;
import fr.relais.systemtests.site.Patients;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Hospitals send twice, late, in any order, and without reading the answer: it must come to the same. */
final class RepeatsAndShuffles implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** What happens to a patient, in order; minutes since the admission are those of the messages themselves. */
    private enum Course {
        HOME(
                "running",
                stay -> List.of(
                        stay.admitted(at(0)),
                        stay.moved(at(10)),
                        stay.dischargePlanned(at(20), at(30)),
                        stay.discharged(at(30), "8"))),
        CANCELLED(
                "waiting-for-discharge",
                stay -> List.of(
                        stay.admitted(at(0)), stay.discharged(at(30), "8"), stay.dischargeCancelled(at(40), at(30)))),
        CANCELLED_AND_AGAIN(
                "running",
                stay -> List.of(
                        stay.admitted(at(0)),
                        stay.discharged(at(30), "8"),
                        stay.dischargeCancelled(at(40), at(30)),
                        stay.discharged(at(50), "8"),
                        stay.dischargeCancelled(at(60), at(50)),
                        stay.discharged(at(70), "8"))),
        DEATH("closed", stay -> List.of(stay.admitted(at(0)), stay.moved(at(10)), stay.discharged(at(30), "9"))),
        DEATH_TAKEN_BACK(
                "running",
                stay -> List.of(
                        stay.admitted(at(0)),
                        stay.discharged(at(30), "9"),
                        stay.dischargeCancelled(at(40), at(30)),
                        stay.discharged(at(50), "8")));

        private final String status;
        private final Function<Stay, List<String>> messages;

        Course(String status, Function<Stay, List<String>> messages) {
            this.status = status;
            this.messages = messages;
        }
    }

    // Set once a run: two hours ago, so that nothing of it lies in the future.
    private static volatile Instant begin = Instant.EPOCH;

    private static Instant at(int minutes) {
        return begin.plus(Duration.ofMinutes(minutes));
    }

    @Override
    public String name() {
        return "shuffle";
    }

    @Override
    public String about() {
        return "each hospital message twice and in any order, answers unread, deaths and discharges cancelled";
    }

    @Override
    public void play(Scene scene) throws Exception {
        begin = scene.site().now().minus(Duration.ofHours(2));
        int variants = scene.size().of(3, 8, 40);
        Map<Course, List<String>> pathways = new LinkedHashMap<>();
        List<Callable<Void>> patients = new ArrayList<>();
        for (Course course : Course.values()) {
            List<String> of = Collections.synchronizedList(new ArrayList<>());
            pathways.put(course, of);
            // The first as it should be, which the others are held against.
            of.add(send(scene, course, false, scene.random().nextLong()));
            for (int i = 1; i < variants; i++) {
                long lot = scene.random().nextLong();
                patients.add(() -> {
                    of.add(send(scene, course, true, lot));
                    return null;
                });
            }
        }
        scene.hurt("everything twice, in any order", () -> {
            try (var threads =
                    Executors.newFixedThreadPool(6, Thread.ofVirtual().factory())) {
                for (var done : threads.invokeAll(patients)) {
                    done.get();
                }
            }
        });
        pathways.forEach((course, all) -> compare(scene, course, all));
    }

    private static void compare(Scene scene, Course course, List<String> pathways) {
        String right = "";
        for (String pathway : pathways) {
            if (right.isEmpty()) {
                right = settled(scene, pathway, course.status);
                scene.note(course + " comes to " + right);
            } else {
                String same = right;
                String rule = course + ": any order comes to " + same + ", " + pathway + " too";
                if (!scene.until(rule, LIMIT, () -> seen(scene, pathway).equals(same))) {
                    scene.note(pathway + " comes to " + seen(scene, pathway));
                }
            }
        }
    }

    // What it comes to is what it still is some looks later.
    private static String settled(Scene scene, String pathway, String status) {
        String[] last = {"", ""};
        int[] same = {0};
        scene.until(pathway + " comes to rest as " + status, LIMIT, () -> {
            last[0] = last[1];
            last[1] = seen(scene, pathway);
            same[0] = last[0].equals(last[1]) ? same[0] + 1 : 0;
            return same[0] >= 20 && last[1].startsWith(status);
        });
        return last[1];
    }

    private static String seen(Scene scene, String pathway) {
        JsonNode body = scene.work()
                .client()
                .persist(Client.Call.get(Site.PATHWAY, "ward-farida", "/api/v1/pathways/" + pathway), LIMIT)
                .orElseThrow()
                .ok();
        Map<String, String> steps = new TreeMap<>();
        for (JsonNode step : body.path("steps")) {
            String status = step.path("status").asString();
            // A step that waits for a discharge with no delay running is the hospital's, whether it was made already,
            // by
            // a discharge that was cancelled since, or is still to be made.
            if (!status.equals("open") || !step.path("dueAt").asString("").isEmpty()) {
                steps.put(
                        step.path("key").asString(),
                        status + " of " + step.path("responsible").asString());
            }
        }
        return body.path("status").asString() + body.path("closeReason").asString("") + steps;
    }

    private static String send(Scene scene, Course course, boolean shuffled, long lot) {
        java.util.Random random = new java.util.Random(lot);
        Stay stay = Patients.next(random);
        scene.ledger().identity(Patients.identity(stay));
        List<String> messages = new ArrayList<>(course.messages.apply(stay));
        int included = 1;
        if (shuffled) {
            messages.addAll(List.copyOf(messages));
            Collections.shuffle(messages, random);
            included = random.nextInt(messages.size());
        }
        Hospital hospital = scene.work().hospital();
        String pathway = "";
        for (int i = 0; i < messages.size(); i++) {
            if (i == included) {
                pathway = include(scene, stay);
            }
            if (shuffled && random.nextInt(5) == 0) {
                hospital.withoutReading(messages.get(i));
            }
            Hospital.By way = random.nextBoolean() ? Hospital.By.MLLP : Hospital.By.HTTP;
            Ack ack = hospital.send(messages.get(i), way, LIMIT).orElse(Ack.NONE);
            scene.expect("each message is taken", stay.visit() + " message " + i, Ack.AA, ack);
        }
        return pathway;
    }

    private static String include(Scene scene, Stay stay) {
        return scene.work()
                .include(stay, "discharge-home", People.COMMUNES.getFirst(), List.of())
                .path("id")
                .asString();
    }
}
