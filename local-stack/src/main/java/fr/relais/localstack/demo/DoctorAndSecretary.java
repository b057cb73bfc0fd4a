package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A GP decides, the secretary keeps the diary; the letter arrives by itself, and nobody clicks twice. */
final class DoctorAndSecretary extends Story {

    private static final String VISIT = "medical.visit";

    DoctorAndSecretary(Stage stage) {
        super(stage);
    }

    @Override
    void tell(Mllp hospital) throws IOException {
        stage.chapter("Une patiente du Dr Alice sort de l'hôpital");
        Stay stay = patient("MADELEINE");
        admission(hospital, stay);
        String pathway = inclusion(stay, "discharge-home", Map.of("gp", person("gp-alice")));
        home(hospital, stay);
        JsonNode offer = offerTo("gp-alice", pathway, VISIT);

        stage.chapter("Au cabinet médical");
        act("secretary-sophie", offer, "seen").ok();
        stage.tell("Sophie (secrétaire)", "voit la demande et l'annonce au médecin");
        Api.Answer refused = act("secretary-sophie", offer, "accept");
        stage.expect("la secrétaire n'accepte pas un soin", refused.status() == 403 || refused.status() == 404);
        stage.tell(
                "Sophie",
                "ne peut pas l'accepter à sa place : "
                        + refused.body().path("title").asString());
        act("gp-alice", offer, "accept").ok();
        stage.tell("Dr Alice", "l'accepte");
        act(
                        "secretary-sophie",
                        offer,
                        "appointment",
                        Map.of(
                                "status",
                                "booked",
                                "startsAt",
                                stage.now().plus(Duration.ofDays(2)).toString()))
                .ok();
        stage.tell("Sophie", "pose le rendez-vous, dans deux jours");

        stage.chapter("La lettre de liaison arrive");
        stage.pathway("hospital-feed")
                .post(
                        "/api/v1/documents",
                        Map.of(
                                "id",
                                "lettre-" + stay.visit(),
                                "type",
                                "11490-0",
                                "patient",
                                Map.of("ipp", Map.of("value", stay.ipp(), "authority", HOSPITAL)),
                                "author",
                                structure(HOSPITAL),
                                "at",
                                stage.now().toString(),
                                "text",
                                "Lettre de liaison d'exemple."))
                .ok();
        awaitStep(pathway, "letter", "done");
        stage.tell("CH d'Exemple", "dépose la lettre : l'étape se ferme toute seule");

        stage.chapter("Deux jours plus tard");
        stage.move(Duration.ofDays(2).plusHours(3));
        act("secretary-sophie", offer, "appointment", Map.of("status", "fulfilled"))
                .ok();
        awaitStep(pathway, "gp-visit", "probably-done");
        stage.tell("Sophie", "note le rendez-vous honoré : « probablement fait », à confirmer");
        act("gp-alice", offer, "complete", Map.of()).ok();
        awaitStep(pathway, "gp-visit", "done");
        stage.tell("Dr Alice", "confirme d'un geste");
        List<String> inbox = stage.inbox("gp-alice");
        stage.tell("Dr Alice", "a reçu " + inbox.size() + " avis en tout, anciens compris");
        timeline(pathway);
    }
}
