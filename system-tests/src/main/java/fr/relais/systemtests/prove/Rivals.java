package fr.relais.systemtests.prove;

import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import fr.relais.systemtests.site.Client;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A hundred want the same patient at the same instant; and one patient whom nobody wants. */
final class Rivals implements Scenario {

    private static final String STEP = "nurse-first-visit";
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "rivals";
    }

    @Override
    public String about() {
        return "100 rivals on one handoff; decline and offer again in a loop";
    }

    @Override
    public void play(Scene scene) throws Exception {
        Personas team = People.team(scene.size().of(30, 100, 100));
        scene.site().load(team).ok();
        scene.receivers().register(scene.site(), team.personas());
        for (int round = 0; round < scene.size().of(1, 3, 10); round++) {
            race(scene, team);
        }
        refuse(scene, team.personas(), scene.size().of(8, 30, 100));
    }

    private static void race(Scene scene, Personas team) throws Exception {
        String handoff = offer(scene, team).path("id").asString();
        scene.say(team.personas().size() + " rivals for " + handoff);
        List<Callable<Integer>> rivals = team.personas().stream()
                .map(rival -> (Callable<Integer>) () -> act(scene, rival, handoff, "accept", null))
                .toList();
        Map<Integer, Integer> answers = new TreeMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(rivals)) {
                answers.merge(answer.get(), 1, Integer::sum);
            }
        }
        scene.note("rivals were answered " + answers);
        scene.expect("one of the rivals has it", handoff, 1, answers.getOrDefault(200, 0));
        scene.expect("the others are told so", handoff, team.personas().size() - 1, answers.getOrDefault(409, 0));
    }

    private static JsonNode offer(Scene scene, Personas team) {
        String structure = team.structures().getFirst().id();
        String pathway = Ready.pathway(
                scene,
                new java.util.Random(scene.random().nextLong()),
                team.structures().getFirst().commune(),
                List.of(Ready.choice("nurse", "STRUCTURE", structure)));
        scene.until(
                "the team is asked",
                Duration.ofSeconds(60),
                () -> !Ready.offered(scene, pathway, STEP).isEmpty());
        return Ready.offered(scene, pathway, STEP).getFirst();
    }

    // Whoever is asked declines, and the coordinator offers it again: at every instant somebody answers for the step.
    private static void refuse(Scene scene, List<Persona> people, int rounds) {
        String pathway = Ready.pathway(
                scene,
                new java.util.Random(scene.random().nextLong()),
                people.getFirst().communes().getFirst(),
                List.of(Ready.choice("nurse", "PERSON", people.getFirst().id())));
        int declined = 0;
        int again = 0;
        while (declined < rounds && isAskedOrUnassigned(scene, pathway)) {
            if (Ready.offered(scene, pathway, STEP).isEmpty()) {
                offerAgain(scene, pathway, people.get(++again % people.size()));
            } else {
                decline(scene, pathway, people);
                declined++;
            }
            scene.expect(
                    "somebody answers for the step",
                    pathway,
                    false,
                    Ready.step(scene, pathway, STEP)
                            .path("responsible")
                            .asString("")
                            .isEmpty());
        }
        scene.expect("each round is declined", pathway, rounds, declined);
        scene.note(declined + " offers declined one after the other, " + again + " of them offered by the coordinator");
    }

    private static void decline(Scene scene, String pathway, List<Persona> people) {
        JsonNode offer = Ready.offered(scene, pathway, STEP).getFirst();
        String to = offer.path("to").asString();
        Persona asked = people.stream()
                .filter(person -> to.equals("person:" + person.id()))
                .findFirst()
                .orElse(people.getFirst());
        String handoff = offer.path("id").asString();
        int answer = act(scene, asked, handoff, "decline", Map.of("reason", "full", "forAll", true));
        scene.expect("whoever is asked may decline", handoff + " offered to " + to, 200, answer);
        scene.until(
                handoff + " is declined",
                LIMIT,
                () -> Ready.offered(scene, pathway, STEP).stream()
                        .noneMatch(each -> each.path("id").asString().equals(handoff)));
    }

    private static void offerAgain(Scene scene, String pathway, Persona to) {
        Client.Reply reply = scene.work()
                .command(Client.Call.post(
                        Site.PATHWAY,
                        "coordinator-gael",
                        "/api/v1/pathways/" + pathway + "/steps/" + STEP + "/offer",
                        "rivals-again-" + scene.random().nextLong(),
                        Map.of("to", List.of(Map.of("kind", "PERSON", "id", to.id())), "profession", "60")));
        scene.expect("a coordinator may offer it again", pathway, 200, reply == null ? 0 : reply.status());
        scene.until(
                to.key() + " is asked",
                LIMIT,
                () -> !Ready.offered(scene, pathway, STEP).isEmpty());
    }

    private static boolean isAskedOrUnassigned(Scene scene, String pathway) {
        return scene.until(
                "somebody is asked, or it is said that there is nobody",
                LIMIT,
                () -> !Ready.offered(scene, pathway, STEP).isEmpty() || isUnassigned(scene, pathway));
    }

    private static boolean isUnassigned(Scene scene, String pathway) {
        return !Ready.step(scene, pathway, STEP).path("unassigned").asString("").isEmpty();
    }

    private static int act(Scene scene, Persona who, String handoff, String what, @Nullable Object body) {
        Client.Reply reply = scene.work()
                .command(Client.Call.post(
                        Site.PATHWAY,
                        who.key(),
                        "/api/v1/handoffs/" + handoff + "/" + what,
                        "rival-" + who.key() + "-" + handoff + "-" + what,
                        body));
        return reply == null ? 0 : reply.status();
    }
}
