package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A coordinator sees what is late without seeing who it is, calls, asks somebody else; and a death stops everything. */
final class Coordinator extends Story {

    Coordinator(Stage stage) {
        super(stage);
    }

    @Override
    void tell(Mllp hospital) throws IOException {
        stage.chapter("Un parcours dont une étape traîne");
        Stay stay = patient("GERMAINE");
        admission(hospital, stay);
        String pathway = inclusion(
                stay,
                "discharge-home",
                Map.of(
                        "gp", person("gp-alice"),
                        "nurse", structure(NURSES_CABINET),
                        "pharmacist", structure(OFFICINE)));
        home(hospital, stay);
        JsonNode offer = offerTo("nurse-anne", pathway, "nursing.first-visit");
        act("nurse-anne", offer, "accept").ok();
        stage.tell("Anne (infirmière)", "accepte la première visite");
        stage.move(Duration.ofDays(4));
        stage.await(
                "la visite est en retard",
                () -> step(pathway, "nurse-first-visit")
                        .filter(step -> step.path("overdue").asBoolean()));

        stage.chapter("Le tableau de bord du coordinateur");
        JsonNode board =
                stage.pathway("coordinator-gael").get("/api/v1/dashboard").ok();
        stage.tell("Gaël (coordinateur)", "voit " + board.path("counters"));
        JsonNode late = stage.pathway("coordinator-gael")
                .get("/api/v1/worklist?kind=late&limit=100")
                .ok();
        stage.expect("le retard est dans sa liste", late.toString().contains(pathway));
        stage.expect("sans le nom de la patiente", !late.toString().contains(stay.familyName()));
        stage.pathway("coordinator-gael")
                .post(
                        "/api/v1/pathways/" + pathway + "/steps/nurse-first-visit/calls",
                        Map.of(
                                "outcome",
                                "no-answer",
                                "callBackAt",
                                stage.now().plus(Duration.ofHours(2)).toString()))
                .ok();
        stage.tell("Gaël", "appelle, pas de réponse : il rappellera dans deux heures");
        stage.pathway("coordinator-gael")
                .post(
                        "/api/v1/handoffs/" + offer.path("id").asString() + "/reassign",
                        Map.of("to", List.of(person("nurse-chloe")), "profession", "60"))
                .ok();
        stage.tell("Gaël", "propose la visite à Chloé ; Anne reste responsable jusqu'à ce qu'elle accepte");
        JsonNode toChloe = offerTo("nurse-chloe", pathway, "nursing.first-visit");
        act("nurse-chloe", toChloe, "accept").ok();
        stage.tell("Chloé", "accepte");
        awaitStep(pathway, "nurse-first-visit", "accepted");

        stage.chapter("Un décès");
        Stay last = stay.again(stay.visit() + "9");
        send(hospital, "A01 réadmission", last.admitted(stage.now()));
        awaitPathway(pathway, "paused");
        stage.tell("Relais", "suspend le parcours : la patiente est de nouveau à l'hôpital");
        send(hospital, "A03 décès", last.discharged(stage.now(), "9"));
        awaitPathway(pathway, "closed");
        stage.await(
                "Chloé n'a plus rien à faire",
                () -> handoff("nurse-chloe", pathway, "withdrawn", "nursing.first-visit"));
        stage.tell("Relais", "arrête tout, et le dit une fois à chacun : aucune visite ne sera faite par erreur");
        timeline(pathway);
    }
}
