package fr.relais.systemtests.prove;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.systemtests.site.Instance;
import fr.relais.systemtests.site.People;
import fr.relais.systemtests.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A new build beside the old one, service by service, while people work: it has one more event, which the old one does not
 * know, and a view in a new version, which is filled beside the old one. Clients see no error, and nothing is lost.
 */
final class RollingUpgrade implements Scenario {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String EVENT = "fr/relais/events/PathwayEvent$NoteAdded.class";
    private static final String CALLED = "pathway.note-added";
    private static final String PROJECTOR = "fr/relais/pathway/view/PathwayProjector.class";
    private static final String VIEW = "pathways";

    @Override
    public String name() {
        return "upgrade";
    }

    @Override
    public String about() {
        return "a new build with one more event and a new version of a view beside the old one, service by service";
    }

    @Override
    public Site.Plan plan(Site.Plan usual) {
        Path programs = Objects.requireNonNull(usual.programs(), "an upgrade wants unpacked programs");
        Path older = older(usual);
        try {
            OlderBuild.without(EVENT, CALLED, programs, older);
            OlderBuild.withEarlier(PROJECTOR, Site.PATHWAY, older);
        } catch (IOException e) {
            throw new UncheckedIOException("the older build cannot be made", e);
        }
        return usual.fromUnpackedJarsIn(older).with("RELAIS_WEB_DRAIN", "2s");
    }

    private static Path older(Site.Plan plan) {
        return plan.data().resolve("older-programs");
    }

    @Override
    public void play(Scene scene) throws Exception {
        Path programs = scene.programs();
        int earlier = version(scene, scene.site().first(Site.PATHWAY));
        String pathway =
                Ready.pathway(scene, new Random(scene.random().nextLong()), People.COMMUNES.getFirst(), List.of());
        scene.work().begin();
        Scene.pause(Scene.seconds(scene.size().of(4, 15, 60)));
        List<String> notes = new ArrayList<>();
        for (String service : List.of(Site.PATHWAY, Site.NOTIFICATION, Site.DIRECTORY)) {
            scene.say("a new " + service + " comes");
            Instance old = scene.site().first(service);
            Instance fresh = scene.site().add(service, Map.of(), programs);
            if (service.equals(Site.PATHWAY)) {
                scene.expect("the view has a new version", VIEW, earlier + 1, version(scene, fresh));
                scene.expect("the old one still serves", VIEW, earlier, version(scene, old));
                // The old builds of all three hear of something that they do not know.
                for (int i = 0; i < 3; i++) {
                    notes.add(note(scene, fresh, pathway, i));
                }
                for (Instance unknowing : List.of(old, scene.site().first(Site.NOTIFICATION))) {
                    scene.until(
                            unknowing.name() + " keeps what it does not know",
                            LIMIT,
                            () -> unknown(scene, unknowing) > 0);
                }
            }
            Scene.pause(Scene.seconds(scene.size().of(4, 15, 60)));
            old.stop();
            scene.note(old.name() + " stopped with status "
                    + old.process().onExit().join());
            Scene.pause(Scene.seconds(2));
        }
        scene.work().end(Scene.seconds(60));
        for (String service : Site.SERVICES) {
            Instance fresh = scene.site().any(service, 0);
            scene.until(fresh.name() + " knows everything", LIMIT, () -> unknown(scene, fresh) == 0);
        }
        told(scene, pathway, notes);
        scene.expect(
                "no client sees an error", "work", 0L, scene.work().client().errors());
        scene.expect("no answer is lost", "work", 0L, scene.work().client().lost());
        remove(older(scene.plan()));
    }

    private static String note(Scene scene, Instance at, String pathway, int number) {
        Api ward = Api.of(at.url(), scene.site().token("ward-farida"));
        return ward.post(
                        "/api/v1/pathways/" + pathway + "/notes",
                        Map.of("text", "ZQNOTE" + number + " à lire", "urgent", false))
                .ok()
                .path("id")
                .asString();
    }

    private static void told(Scene scene, String pathway, List<String> notes) {
        Api ward = Api.of(scene.site().any(Site.PATHWAY, 0).url(), scene.site().token("ward-farida"));
        notes.forEach(note -> scene.expect(
                "what the new build wrote is there",
                note,
                200,
                ward.get("/api/v1/pathways/" + pathway + "/notes/" + note).status()));
    }

    private static int version(Scene scene, Instance instance) {
        return view(scene, instance).path("version").asInt();
    }

    private static JsonNode view(Scene scene, Instance instance) {
        for (JsonNode view : views(scene, instance)) {
            if (view.path("name").asString().equals(VIEW)) {
                return view;
            }
        }
        throw new IllegalStateException(instance.name() + " has no view " + VIEW);
    }

    private static long unknown(Scene scene, Instance instance) {
        long unknown = 0;
        for (JsonNode view : views(scene, instance)) {
            unknown += view.path("unknown").asLong();
        }
        return unknown;
    }

    private static JsonNode views(Scene scene, Instance instance) {
        return Api.of(instance.url(), scene.site().token("operator-odile"))
                .get("/api/v1/views")
                .ok();
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
