package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.frontdoor.DirectoryFile;
import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import fr.relais.localstack.frontdoor.WebhookReceiver;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.up.FixedPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A patient goes home: everybody is asked, one refuses, one is late, and it ends well. */
final class HomeAgain {

    static final String NAME = "home-again";

    private static final String HOSPITAL = "990000044";
    private static final String CPTS = "990000051";
    private static final String COMMUNE = "23096";
    private static final Duration A_MOMENT = Duration.ofMillis(700);

    private final Stage stage;

    HomeAgain(Stage stage) {
        this.stage = stage;
    }

    void play() {
        Stay stay = patient();
        try (WebhookReceiver software = software();
                Mllp hospital = Mllp.connect(stage.layout().port(FixedPort.MLLP))) {
            directory();
            listen(software);
            admission(hospital, stay);
            String pathway = inclusion(stay);
            discharge(hospital, stay);
            nurses(pathway);
            doctors(pathway);
            pharmacy();
            letterAndVisit(pathway);
            late(pathway);
            end(pathway);
        } catch (IOException e) {
            throw new IllegalStateException("the hospital's port does not answer: is it up? ./relais status", e);
        }
    }

    // A new patient each time, so that the story can be played again. The INS is of the test authority.
    private Stay patient() {
        long number = stage.now().truncatedTo(ChronoUnit.SECONDS).getEpochSecond();
        String thirteen = "2440399" + String.format("%06d", number % 1_000_000);
        long key = 97 - Long.parseLong(thirteen) % 97;
        return new Stay(
                HOSPITAL,
                "IPP" + number,
                "V" + number,
                "EXEMPLE-DEMO",
                "JEANNE",
                "19440312",
                "F",
                thirteen + String.format("%02d", key));
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

    private void listen(WebhookReceiver software) {
        JsonNode hook = stage.notification("nurse-chloe")
                .put("/api/v1/webhooks/person:" + Personas.get("nurse-chloe").id(), Map.of("url", software.url()))
                .ok();
        software.secret(hook.path("secret").asString());
        stage.tell("Chloé (infirmière)", "fait prévenir son logiciel par webhook");
        List.of("coordinator-gael", "nurse-anne", "gp-hugo").forEach(stage::follow);
    }

    private void admission(Mllp hospital, Stay stay) throws IOException {
        stage.chapter("À l'hôpital");
        send(hospital, "A01 admission", stay.admitted(stage.now().minus(4, ChronoUnit.DAYS)));
    }

    private String inclusion(Stay stay) {
        JsonNode pathway = stage.pathway("ward-farida")
                .with("Idempotency-Key", "demo-" + stay.visit())
                .post(
                        "/api/v1/inclusions",
                        Map.of(
                                "template",
                                "discharge-home",
                                "patient",
                                Map.of("ipp", Map.of("value", stay.ipp(), "authority", HOSPITAL)),
                                "commune",
                                COMMUNE,
                                "coordinator",
                                CPTS,
                                "informed",
                                Map.of("at", stage.now().toString(), "how", "oral"),
                                "choices",
                                List.of(
                                        Map.of(
                                                "role",
                                                "gp",
                                                "party",
                                                Map.of(
                                                        "kind",
                                                        "PERSON",
                                                        "id",
                                                        Personas.get("gp-alice").id())),
                                        Map.of(
                                                "role",
                                                "pharmacist",
                                                "party",
                                                Map.of("kind", "STRUCTURE", "id", "990000036")))))
                .ok();
        String id = pathway.path("id").asString();
        stage.tell("Farida (cadre)", "inclut la patiente, informée, dans « retour à domicile »");
        stage.await("le parcours est visible", () -> seen(id));
        return id;
    }

    private void discharge(Mllp hospital, Stay stay) throws IOException {
        send(
                hospital,
                "A16 sortie annoncée",
                stay.dischargePlanned(stage.now(), stage.now().plus(3, ChronoUnit.HOURS)));
        stage.pause(A_MOMENT);
        send(hospital, "A03 sortie à domicile", stay.discharged(stage.now(), "8"));
    }

    private void nurses(String pathway) {
        stage.chapter("Les infirmiers");
        JsonNode offer = offerTo("nurse-anne", "nursing.first-visit");
        stage.tell(
                "Anne (infirmière)",
                "voit une demande : " + offer.path("terms").path("acts") + " à "
                        + offer.path("terms").path("commune").asString() + ", sans savoir de qui");
        Api.Answer brahim = accept("nurse-brahim", offer);
        stage.tell("Brahim (même cabinet)", brahim.status() == 200 ? "accepte en premier" : "arrive trop tard");
        Api.Answer anne = accept("nurse-anne", offer);
        stage.tell(
                "Anne",
                "accepte aussi : " + anne.status() + " "
                        + anne.body().path("title").asString(""));
        stage.await("la visite est acceptée", () -> step(pathway, "nurse-first-visit", "accepted"));
    }

    private void doctors(String pathway) {
        stage.chapter("Les médecins");
        JsonNode toAlice = offerTo("gp-alice", "medical.visit");
        stage.pathway("gp-alice")
                .post("/api/v1/handoffs/" + toAlice.path("id").asString() + "/decline", Map.of("reason", "full"))
                .ok();
        stage.tell("Dr Alice (médecin)", "refuse : complet. On cherche quelqu'un d'autre");
        JsonNode toHugo = offerTo("gp-hugo", "medical.visit");
        accept("gp-hugo", toHugo).ok();
        stage.tell("Dr Hugo (MSP)", "accepte");
        stage.await("la consultation est acceptée", () -> step(pathway, "gp-visit", "accepted"));
    }

    private void pharmacy() {
        stage.chapter("La pharmacie");
        JsonNode offer = offerTo("pharmacist-david", "pharmacy.reconciliation");
        accept("pharmacist-david", offer).ok();
        stage.pathway("pharmacist-david")
                .post("/api/v1/handoffs/" + offer.path("id").asString() + "/complete", Map.of())
                .ok();
        stage.tell("David (pharmacien)", "accepte et fait la conciliation");
    }

    private void letterAndVisit(String pathway) {
        stage.pathway("ward-farida")
                .post("/api/v1/pathways/" + pathway + "/steps/letter/complete", Map.of())
                .ok();
        stage.tell("Farida", "envoie la lettre de liaison");
        JsonNode held =
                stage.await("la visite de Brahim", () -> handoff("nurse-brahim", "accepted", "nursing.first-visit"));
        stage.pathway("nurse-brahim")
                .post("/api/v1/handoffs/" + held.path("id").asString() + "/complete", Map.of())
                .ok();
        stage.tell("Brahim", "a fait la première visite");
    }

    private void late(String pathway) {
        stage.chapter("Une semaine plus tard, la consultation n'est pas faite");
        stage.move(Duration.ofDays(8));
        stage.await(
                "la consultation est en retard",
                () -> gpVisit(pathway).filter(step -> step.path("overdue").asBoolean()));
        for (int level = 1; level <= 3; level++) {
            int reached = level;
            if (gpVisit(pathway)
                    .filter(step -> step.path("level").asInt() >= reached)
                    .isEmpty()) {
                stage.move(Duration.ofHours(25));
            }
            stage.await(
                    "le retard est signalé au niveau " + level,
                    () -> gpVisit(pathway).filter(step -> step.path("level").asInt() >= reached));
        }
        stage.tell("Gaël (coordinateur)", "voit le retard, signalé jusqu'au niveau 3, et appelle");
    }

    private void end(String pathway) {
        JsonNode held = stage.await("la consultation de Hugo", () -> handoff("gp-hugo", "accepted", "medical.visit"));
        stage.pathway("gp-hugo")
                .post("/api/v1/handoffs/" + held.path("id").asString() + "/complete", Map.of())
                .ok();
        stage.tell("Dr Hugo", "a vu la patiente");
        stage.await(
                "le parcours est terminé",
                () -> seen(pathway)
                        .filter(body -> body.path("status").asString().equals("closed")));
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

    private void send(Mllp hospital, String what, String message) throws IOException {
        String acknowledged = hospital.send(message);
        stage.tell("CH d'Exemple", what + " → " + acknowledged);
    }

    private JsonNode offerTo(String persona, String act) {
        return stage.await("une demande pour " + persona, () -> handoff(persona, "offered", act));
    }

    private Optional<JsonNode> handoff(String persona, String status, String act) {
        JsonNode page = stage.pathway(persona)
                .get("/api/v1/handoffs?status=" + status + "&limit=100")
                .ok();
        for (JsonNode item : page.path("items")) {
            for (JsonNode each : item.path("terms").path("acts")) {
                if (each.asString().equals(act)) {
                    return Optional.of(item);
                }
            }
        }
        return Optional.empty();
    }

    private Api.Answer accept(String persona, JsonNode offer) {
        return stage.pathway(persona)
                .post("/api/v1/handoffs/" + offer.path("id").asString() + "/accept");
    }

    private Optional<JsonNode> seen(String pathway) {
        Api.Answer answer = stage.pathway("ward-farida").get("/api/v1/pathways/" + pathway);
        return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }

    private Optional<JsonNode> gpVisit(String pathway) {
        return seen(pathway).flatMap(body -> stepOf(body, "gp-visit"));
    }

    private Optional<JsonNode> step(String pathway, String key, String status) {
        return seen(pathway)
                .flatMap(body -> stepOf(body, key))
                .filter(step -> step.path("status").asString().equals(status));
    }

    private static Optional<JsonNode> stepOf(JsonNode pathway, String key) {
        for (JsonNode step : pathway.path("steps")) {
            if (step.path("key").asString().equals(key)) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }
}
