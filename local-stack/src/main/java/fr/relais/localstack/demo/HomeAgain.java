package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import fr.relais.localstack.frontdoor.WebhookReceiver;
import fr.relais.localstack.persona.Personas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A patient goes home: everybody is asked, one refuses, one is late, and it ends well. */
final class HomeAgain extends Story {

    HomeAgain(Stage stage) {
        super(stage);
    }

    @Override
    void tell(Mllp hospital) throws IOException {
        Stay stay = patient("JEANNE");
        try (WebhookReceiver software = software()) {
            listen(software);
            stage.chapter("À l'hôpital");
            admission(hospital, stay);
            String pathway = inclusion(
                    stay, "discharge-home", Map.of("gp", person("gp-alice"), "pharmacist", structure(OFFICINE)));
            send(
                    hospital,
                    "A16 sortie annoncée",
                    stay.dischargePlanned(stage.now(), stage.now().plus(3, ChronoUnit.HOURS)));
            home(hospital, stay);
            nurses(pathway);
            doctors(pathway);
            pharmacy(pathway);
            letterAndVisit(pathway);
            late(pathway);
            end(pathway);
        }
    }

    private WebhookReceiver software() {
        try {
            return WebhookReceiver.start(received -> stage.arrives(
                    "logiciel de Chloé",
                    received.authentic()
                            ? "webhook signé, livraison " + received.delivery()
                            : "webhook avec une signature fausse"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen(WebhookReceiver software) {
        JsonNode hook = stage.notification("nurse-chloe")
                .put("/api/v1/webhooks/person:" + Personas.get("nurse-chloe").id(), Map.of("url", software.url()))
                .ok();
        software.secret(hook.path("secret").asString());
        stage.tell("Chloé (infirmière)", "fait prévenir son logiciel par webhook");
        List.of("coordinator-gael", "nurse-anne", "gp-hugo").forEach(stage::follow);
    }

    private void nurses(String pathway) {
        stage.chapter("Les infirmiers");
        JsonNode offer = offerTo("nurse-anne", pathway, "nursing.first-visit");
        stage.tell(
                "Anne (infirmière)",
                "voit une demande : " + offer.path("terms").path("acts") + " à "
                        + offer.path("terms").path("commune").asString() + ", sans savoir de qui");
        Api.Answer brahim = act("nurse-brahim", offer, "accept");
        stage.tell("Brahim (même cabinet)", brahim.status() == 200 ? "accepte en premier" : "arrive trop tard");
        Api.Answer anne = act("nurse-anne", offer, "accept");
        stage.tell(
                "Anne",
                "accepte aussi : " + anne.status() + " "
                        + anne.body().path("title").asString(""));
        awaitStep(pathway, "nurse-first-visit", "accepted");
    }

    private void doctors(String pathway) {
        stage.chapter("Les médecins");
        JsonNode toAlice = offerTo("gp-alice", pathway, "medical.visit");
        act("gp-alice", toAlice, "decline", Map.of("reason", "full")).ok();
        stage.tell("Dr Alice (médecin)", "refuse : complet. On cherche quelqu'un d'autre");
        JsonNode toHugo = offerTo("gp-hugo", pathway, "medical.visit");
        act("gp-hugo", toHugo, "accept").ok();
        stage.tell("Dr Hugo (MSP)", "accepte");
        awaitStep(pathway, "gp-visit", "accepted");
    }

    private void pharmacy(String pathway) {
        stage.chapter("La pharmacie");
        JsonNode offer = offerTo("pharmacist-david", pathway, "pharmacy.reconciliation");
        act("pharmacist-david", offer, "accept").ok();
        act("pharmacist-david", offer, "complete", Map.of()).ok();
        stage.tell("David (pharmacien)", "accepte et fait la conciliation");
    }

    private void letterAndVisit(String pathway) {
        stage.pathway("ward-farida")
                .post("/api/v1/pathways/" + pathway + "/steps/letter/complete", Map.of())
                .ok();
        stage.tell("Farida", "envoie la lettre de liaison");
        act("nurse-brahim", heldBy("nurse-brahim", pathway, "nursing.first-visit"), "complete", Map.of())
                .ok();
        stage.tell("Brahim", "a fait la première visite");
    }

    private void late(String pathway) {
        stage.chapter("Une semaine plus tard, la consultation n'est pas faite");
        stage.move(Duration.ofDays(8));
        stage.await(
                "la consultation est en retard",
                () -> step(pathway, "gp-visit")
                        .filter(step -> step.path("overdue").asBoolean()));
        for (int level = 1; level <= 3; level++) {
            int reached = level;
            if (step(pathway, "gp-visit")
                    .filter(step -> step.path("level").asInt() >= reached)
                    .isEmpty()) {
                stage.move(Duration.ofHours(25));
            }
            stage.await(
                    "le retard est signalé au niveau " + level,
                    () -> step(pathway, "gp-visit")
                            .filter(step -> step.path("level").asInt() >= reached));
        }
        stage.tell("Gaël (coordinateur)", "voit le retard, signalé jusqu'au niveau 3, et appelle");
    }

    private void end(String pathway) {
        act("gp-hugo", heldBy("gp-hugo", pathway, "medical.visit"), "complete", Map.of())
                .ok();
        stage.tell("Dr Hugo", "a vu la patiente");
        awaitPathway(pathway, "closed");
        timeline(pathway);
    }
}
