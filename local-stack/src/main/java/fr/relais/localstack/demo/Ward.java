package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A ward includes, sees who was forgotten, has a doubtful message put right, and learns what became of its patient. */
final class Ward extends Story {

    Ward(Stage stage) {
        super(stage);
    }

    @Override
    void tell(Mllp hospital) throws IOException {
        stage.chapter("Une sortie sans parcours");
        Stay forgotten = patient("ANDRÉE");
        admission(hospital, forgotten);
        home(hospital, forgotten);
        JsonNode list = stage.await("la sortie sans parcours", () -> {
            JsonNode page = stage.pathway("ward-farida")
                    .get("/api/v1/stays/ended-without-pathway?facility=" + HOSPITAL + "&limit=100")
                    .ok();
            return page.path("items").isEmpty() ? Optional.empty() : Optional.of(page.path("items"));
        });
        stage.tell("Farida (cadre)", "voit " + list.size() + " sortie(s) sans parcours ; personne n'a été dérangé");

        stage.chapter("Une sortie dont l'hôpital ne dit pas le mode");
        Stay stay = patient("PAULETTE");
        admission(hospital, stay);
        String pathway =
                inclusion(stay, "discharge-home", Map.of("gp", person("gp-alice"), "nurse", structure(NURSES_CABINET)));
        String doubtful = stay.discharged(stage.now(), "");
        send(hospital, "A03 sans ZFM-2", doubtful);
        JsonNode message = stage.await("le message est à regarder", () -> {
            for (JsonNode item : stage.pathway("operator-odile")
                    .get("/api/v1/hospital-messages?status=triage&facility=" + HOSPITAL + "&limit=100")
                    .ok()
                    .path("items")) {
                if (item.path("control").asString().equals(control(doubtful))) {
                    return Optional.of(item);
                }
            }
            return Optional.empty();
        });
        stage.tell(
                "Odile (exploitante)",
                "le trouve au tri : "
                        + message.path("reason")
                                .path("words")
                                .asString(message.path("reason").toString()));
        stage.expect(
                "rien n'a commencé",
                seen(pathway).orElseThrow().path("status").asString().equals("waiting-for-discharge"));
        stage.pathway("operator-odile")
                .post(
                        "/api/v1/hospital-messages/" + message.path("id").asString() + "/corrections",
                        Map.of("text", doubtful.replace("ZFM||", "ZFM||8")))
                .ok();
        stage.tell("Odile", "après un appel au service, corrige : domicile");
        awaitPathway(pathway, "running");

        stage.chapter("Ce qu'il est advenu de la patiente");
        JsonNode offer = offerTo("nurse-anne", pathway, "nursing.first-visit");
        act("nurse-anne", offer, "accept").ok();
        act("nurse-anne", offer, "complete", Map.of()).ok();
        JsonNode done = awaitStep(pathway, "nurse-first-visit", "done");
        stage.tell(
                "Farida", "voit : première visite faite, " + done.path("doneAt").asString());
        stage.pathway("ward-farida")
                .post("/api/v1/pathways/" + pathway + "/steps/letter/complete", Map.of())
                .ok();
        stage.tell("Farida", "a envoyé la lettre de liaison");
        timeline(pathway);
    }

    private static String control(String message) {
        return message.split("\r", 2)[0].split("\\|", -1)[9];
    }
}
