package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.DirectoryFile;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.up.FixedPort;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What the stories of the demonstration share: the hospital, the patient, the people, and looking until it is there. */
abstract class Story {

    static final String HOSPITAL = "990000044";
    static final String CPTS = "990000051";
    static final String NURSES_CABINET = "990000028";
    static final String OFFICINE = "990000036";
    static final String COMMUNE = "23096";
    private static final Duration A_MOMENT = Duration.ofMillis(700);

    final Stage stage;
    /** When the last discharge of the story was, as its cancellation must say. */
    Instant lastDischarge = Instant.EPOCH;

    Story(Stage stage) {
        this.stage = stage;
    }

    /** Plays the story to its end; an exception says where it stopped. */
    final void play() {
        try (Mllp hospital = Mllp.connect(stage.layout().port(FixedPort.MLLP))) {
            directory();
            tell(hospital);
        } catch (IOException e) {
            throw new IllegalStateException("the hospital's port does not answer: is it up? ./relais status", e);
        }
    }

    abstract void tell(Mllp hospital) throws IOException;

    // A new patient each time, so that a story can be played again. The INS is of the test authority.
    final Stay patient(String givenName) {
        long number = stage.fresh();
        String thirteen = "2440399" + String.format("%06d", number % 1_000_000);
        long key = 97 - Long.parseLong(thirteen) % 97;
        return new Stay(
                HOSPITAL,
                "IPP" + number,
                "V" + number,
                "EXEMPLE-DEMO",
                givenName,
                "19440312",
                "F",
                thirteen + String.format("%02d", key));
    }

    private void directory() {
        stage.chapter("L'annuaire");
        JsonNode report = stage.directory("operator-odile")
                .post("/api/v1/directory-loads", DirectoryFile.TYPE, DirectoryFile.of(Personas.all()))
                .ok();
        stage.tell(
                "Odile (exploitante)",
                "charge l'annuaire : " + report.path("accepted") + " lignes nouvelles, " + report.path("unchanged")
                        + " inchangées, " + report.path("rejected") + " refusées");
    }

    final void admission(Mllp hospital, Stay stay) throws IOException {
        send(hospital, "A01 admission", stay.admitted(stage.now().minus(4, ChronoUnit.DAYS)));
    }

    /** The ward includes the patient, with whom the patient chose: role to party. */
    final String inclusion(Stay stay, String template, Map<String, Map<String, String>> choices) {
        List<Map<String, Object>> chosen = choices.entrySet().stream()
                .map(choice -> Map.<String, Object>of("role", choice.getKey(), "party", choice.getValue()))
                .toList();
        String id = stage.pathway("ward-farida")
                .with("Idempotency-Key", "demo-" + stay.visit())
                .post(
                        "/api/v1/inclusions",
                        Map.of(
                                "template",
                                template,
                                "patient",
                                Map.of("ipp", Map.of("value", stay.ipp(), "authority", HOSPITAL)),
                                "commune",
                                COMMUNE,
                                "coordinator",
                                CPTS,
                                "informed",
                                Map.of("at", stage.now().toString(), "how", "oral"),
                                "choices",
                                chosen))
                .ok()
                .path("id")
                .asString();
        stage.tell("Farida (cadre)", "inclut la patiente, informée, dans « " + Words.ofTemplate(template) + " »");
        stage.await("le parcours est visible", () -> seen(id));
        return id;
    }

    static Map<String, String> person(String persona) {
        return Map.of("kind", "PERSON", "id", Personas.get(persona).id());
    }

    static Map<String, String> structure(String finess) {
        return Map.of("kind", "STRUCTURE", "id", finess);
    }

    final void home(Mllp hospital, Stay stay) throws IOException {
        lastDischarge = stage.now();
        send(hospital, "A03 sortie à domicile", stay.discharged(lastDischarge, "8"));
    }

    final void send(Mllp hospital, String what, String message) throws IOException {
        String acknowledged = hospital.send(message);
        stage.tell("CH d'Exemple", what + " → " + acknowledged);
        stage.pause(A_MOMENT);
    }

    final JsonNode offerTo(String persona, String pathway, String act) {
        return stage.await("une demande pour " + persona, () -> handoff(persona, pathway, "offered", act));
    }

    final JsonNode heldBy(String persona, String pathway, String act) {
        return stage.await("ce que tient " + persona, () -> handoff(persona, pathway, "accepted", act));
    }

    /** A handoff of this pathway as somebody sees it. Before acceptance they see no pathway: it is found by its own id. */
    final Optional<JsonNode> handoff(String persona, String pathway, String status, String act) {
        JsonNode page = stage.pathway(persona)
                .get("/api/v1/handoffs?status=" + status + "&limit=100")
                .ok();
        for (JsonNode item : page.path("items")) {
            // The id of a handoff bears its pathway's.
            if (item.path("id").asString().contains(pathway.substring(pathway.indexOf('-') + 1))) {
                for (JsonNode each : item.path("terms").path("acts")) {
                    if (each.asString().equals(act)) {
                        return Optional.of(item);
                    }
                }
            }
        }
        return Optional.empty();
    }

    final Api.Answer act(String persona, JsonNode handoff, String what) {
        return stage.pathway(persona)
                .post("/api/v1/handoffs/" + handoff.path("id").asString() + "/" + what);
    }

    final Api.Answer act(String persona, JsonNode handoff, String what, Object body) {
        return stage.pathway(persona)
                .post("/api/v1/handoffs/" + handoff.path("id").asString() + "/" + what, body);
    }

    final Optional<JsonNode> seen(String pathway) {
        Api.Answer answer = stage.pathway("ward-farida").get("/api/v1/pathways/" + pathway);
        return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }

    final Optional<JsonNode> step(String pathway, String key) {
        return seen(pathway).flatMap(body -> {
            for (JsonNode step : body.path("steps")) {
                if (step.path("key").asString().equals(key)) {
                    return Optional.of(step);
                }
            }
            return Optional.empty();
        });
    }

    final JsonNode awaitStep(String pathway, String key, String status) {
        return stage.await(
                "« " + Words.ofStep(key) + " » : " + status,
                () -> step(pathway, key)
                        .filter(step -> step.path("status").asString().equals(status)));
    }

    final JsonNode awaitPathway(String pathway, String status) {
        return stage.await(
                "le parcours : " + status,
                () -> seen(pathway)
                        .filter(body -> body.path("status").asString().equals(status)));
    }

    /** Everything that happened, as the ward reads it. */
    final void timeline(String pathway) {
        stage.chapter("Tout ce qui s'est passé");
        String cursor = null;
        do {
            JsonNode page = stage.pathway("ward-farida")
                    .get("/api/v1/pathways/" + pathway + "/timeline?limit=100"
                            + (cursor == null ? "" : "&after=" + cursor))
                    .ok();
            for (JsonNode line : page.path("items")) {
                stage.tellOf(
                        Instant.parse(line.path("time").asString()),
                        Words.ofActor(line.path("actor").path("id").asString()),
                        Words.ofEvent(line.path("type").asString())
                                + line.path("data")
                                        .path("step")
                                        .asOptional()
                                        .map(step -> " : " + Words.ofStep(step.asString()))
                                        .orElse(""));
            }
            cursor = page.path("next").isString() ? page.path("next").asString() : null;
        } while (cursor != null);
    }
}
