package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Mllp;
import fr.relais.localstack.frontdoor.Stay;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A cabinet shares its work: one leaves an offer to the others, one fails, one follows week by week, and all are full. */
final class NursesCabinet extends Story {

    private static final String FIRST_VISIT = "nursing.first-visit";
    private static final String FOLLOW_UP = "nursing.heart-failure-follow-up";

    NursesCabinet(Stage stage) {
        super(stage);
    }

    @Override
    void tell(Mllp hospital) throws IOException {
        stage.chapter("Une patiente du cabinet rentre chez elle");
        stage.follow("nurse-anne");
        Stay stay = patient("LOUISE");
        admission(hospital, stay);
        String pathway = inclusion(
                stay,
                "heart-failure",
                Map.of(
                        "nurse", structure(NURSES_CABINET),
                        "gp", person("gp-alice"),
                        "pharmacist", structure(OFFICINE),
                        "specialist", person("cardiologist-emma")));
        home(hospital, stay);

        stage.chapter("La demande est adressée au cabinet");
        JsonNode offer = offerTo("nurse-anne", pathway, FIRST_VISIT);
        act("nurse-anne", offer, "seen").ok();
        act("nurse-anne", offer, "decline", Map.of("reason", "full", "forAll", false))
                .ok();
        stage.tell("Anne (infirmière)", "l'a vue et la laisse à ses collègues : pour elle, c'est complet");
        act("nurse-brahim", offer, "accept").ok();
        stage.tell("Brahim (même cabinet)", "l'accepte en son nom");
        act(
                        "nurse-brahim",
                        offer,
                        "appointment",
                        Map.of(
                                "status",
                                "booked",
                                "startsAt",
                                stage.now().plus(Duration.ofHours(20)).toString()))
                .ok();
        stage.tell("Brahim", "passera demain");
        awaitStep(pathway, "nurse-first-visit", "accepted");

        stage.chapter("Personne n'ouvre la porte");
        act("nurse-brahim", offer, "fail", Map.of("reason", "patient-absent")).ok();
        stage.tell("Brahim", "a trouvé porte close : on demande à nouveau");
        JsonNode again = stage.await(
                "une nouvelle demande pour Anne",
                () -> handoff("nurse-anne", pathway, "offered", FIRST_VISIT)
                        .or(() -> handoff("nurse-chloe", pathway, "offered", FIRST_VISIT)));
        String taker =
                handoff("nurse-anne", pathway, "offered", FIRST_VISIT).isPresent() ? "nurse-anne" : "nurse-chloe";
        act(taker, again, "accept").ok();
        act(taker, again, "complete", Map.of()).ok();
        stage.tell(Words.ofPersona(taker), "accepte, et la première visite est faite");
        awaitStep(pathway, "nurse-first-visit", "done");

        stage.chapter("Les visites hebdomadaires, par exception");
        JsonNode weekly = stage.await(
                "les visites hebdomadaires",
                () -> handoff(taker, pathway, "accepted", FOLLOW_UP)
                        .or(() -> handoff(taker, pathway, "offered", FOLLOW_UP)));
        if (weekly.path("status").asString().equals("offered")) {
            act(taker, weekly, "accept").ok();
        }
        stage.move(Duration.ofDays(7));
        stage.pathway(taker)
                .post("/api/v1/pathways/" + pathway + "/steps/nurse-weekly/weeks", Map.of())
                .ok();
        stage.tell(Words.ofPersona(taker), "d'un geste : tout fait cette semaine");
        timeline(pathway);
    }
}
