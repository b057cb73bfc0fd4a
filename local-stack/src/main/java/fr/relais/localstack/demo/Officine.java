package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The officine is told before the patient leaves, says when it is closed, and passes on what it cannot do. */
final class Officine extends Story {

    private static final String RECONCILIATION = "pharmacy.reconciliation";

    Officine(Stage stage) {
        super(stage);
    }

    @Override
    void tell(Mllp hospital) throws IOException {
        stage.chapter("La pharmacie choisie par la patiente");
        Stay stay = patient("SUZANNE");
        admission(hospital, stay);
        String pathway = inclusion(
                stay,
                "discharge-home",
                Map.of(
                        "pharmacist",
                        structure(OFFICINE),
                        "gp",
                        person("gp-alice"),
                        "nurse",
                        structure(NURSES_CABINET)));
        send(
                hospital,
                "A16 sortie annoncée",
                stay.dischargePlanned(stage.now(), stage.now().plusSeconds(20 * 3600)));
        JsonNode offer = offerTo("pharmacist-david", pathway, RECONCILIATION);
        stage.tell("David (pharmacien)", "est prévenu la veille : il a le temps de commander");
        act("pharmacist-david", offer, "accept").ok();
        stage.tell("David", "accepte, et voit maintenant de qui il s'agit");
        JsonNode held = heldBy("pharmacist-david", pathway, RECONCILIATION);
        JsonNode identity = stage.pathway("pharmacist-david")
                .get("/api/v1/patients/" + held.path("patient").asString() + "/identity")
                .ok();
        stage.expect("l'identité est celle de la patiente", identity.toString().contains(stay.givenName()));
        home(hospital, stay);
        awaitPathway(pathway, "running");

        stage.chapter("La sortie était une erreur");
        send(hospital, "A13 sortie annulée", stay.dischargeCancelled(stage.now(), lastDischarge));
        awaitPathway(pathway, "waiting-for-discharge");
        stage.tell("Relais", "reprend ce que la sortie avait lancé, et le dit à qui avait été prévenu");
        home(hospital, stay);
        awaitPathway(pathway, "running");
        JsonNode again = stage.await(
                "la conciliation, à nouveau chez David",
                () -> handoff("pharmacist-david", pathway, "accepted", RECONCILIATION)
                        .or(() -> handoff("pharmacist-david", pathway, "offered", RECONCILIATION)));
        if (again.path("status").asString().equals("offered")) {
            act("pharmacist-david", again, "accept").ok();
        }
        act("pharmacist-david", again, "complete", Map.of()).ok();
        awaitStep(pathway, "medication-reconciliation", "done");
        stage.tell("David", "fait la conciliation");
        timeline(pathway);
    }
}
