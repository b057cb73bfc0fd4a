package fr.relais.console;

import java.time.Duration;
import java.time.Instant;

/** What the services say in the tests: one patient home from hospital, a nurse who is asked, a ward, a coordinator. */
final class Scenes {

    static final String PATHWAY = "pathway-0198a";
    static final String ASKED = "handoff-0198a-2";
    static final String TAKEN = "handoff-0198a-1";

    private final FakeServices services;

    Scenes(FakeServices services) {
        this.services = services;
        services.forget();
        services.says(
                "GET /api/v1/structures/990000028", "{\"id\":\"990000028\",\"name\":\"Cabinet infirmier du Prat\"}");
        services.says(
                "GET /api/v1/structures/990000044", "{\"id\":\"990000044\",\"name\":\"Centre hospitalier d’Exemple\"}");
        services.says("GET /api/v1/structures/990000051", "{\"id\":\"990000051\",\"name\":\"CPTS des Trois Vallées\"}");
        services.says("GET /api/v1/professionals/99700900022", "{\"id\":\"99700900022\",\"name\":\"Anne TOURNEE\"}");
        services.says("GET /api/v1/professionals/99700900014", "{\"id\":\"99700900014\",\"name\":\"Alice EXEMPLE\"}");
        services.says("GET /api/v1/templates", """
                [{"key":"discharge-home","version":2,
                  "title":{"fr":"Retour à domicile après hospitalisation","en":"Home after a hospital stay"},
                  "steps":[
                    {"key":"letter","title":{"fr":"Lettre de liaison envoyée","en":"Discharge letter sent"},"role":"ward"},
                    {"key":"nurse-first-visit","title":{"fr":"Première visite infirmière","en":"First nurse visit"},"role":"nurse"},
                    {"key":"gp-visit","title":{"fr":"Consultation du médecin traitant","en":"GP visit"},"role":"gp"},
                    {"key":"medication-reconciliation","title":{"fr":"Conciliation médicamenteuse","en":"Medication reconciliation"},"role":"pharmacist"}]}]""");
    }

    /** Two requests wait, one of them pressing; one visit is hers. */
    Scenes aNursesMorning() {
        services.says("GET /api/v1/handoffs?status=offered", """
                {"items":[
                  {"id":"%s","status":"offered","profession":"60","to":"structure:990000028#60",
                   "terms":{"acts":["nursing.first-visit"],"mode":"HOME","modes":["HOME"],"timesPerDay":2,"weekends":true,
                            "start":"2026-11-24","days":7,"material":["pansements"],"commune":"23096"},
                   "offeredAt":"%s","answerBy":"%s","late":false,"seenByMe":false,"leftByMe":false,"probablyDone":false},
                  {"id":"handoff-0198b-1","status":"offered","profession":"60","to":"person:99700900022",
                   "terms":{"acts":["nursing.heart-failure-follow-up"],"mode":"HOME","modes":["HOME","VIDEO"],"timesPerDay":1,
                            "weekends":false,"start":null,"days":null,"material":[],"commune":"23193"},
                   "offeredAt":"%s","answerBy":"%s","late":false,"seenByMe":true,"leftByMe":false,"probablyDone":false}]}""".formatted(ASKED, ago(25), in(35), ago(300), in(1500)));
        services.says("GET /api/v1/handoffs?status=accepted", """
                {"items":[
                  {"id":"%s","status":"accepted","profession":"60","to":"structure:990000028#60","by":"person:99700900022",
                   "from":"structure:990000044","pathway":"%s","step":"nurse-first-visit","role":"nurse","patient":"patient-1",
                   "terms":{"acts":["nursing.first-visit"],"mode":"HOME","modes":["HOME"],"timesPerDay":1,"weekends":true,
                            "start":null,"days":null,"material":[],"commune":"23096"},
                   "offeredAt":"%s","answerBy":"%s","acceptedAt":"%s","dueAt":"%s","late":true,"seenByMe":true,
                   "leftByMe":false,"probablyDone":false}]}""".formatted(
                        TAKEN, PATHWAY, ago(3000), ago(2900), ago(2950), ago(130)));
        return this;
    }

    Scenes nothing() {
        services.says("GET /api/v1/handoffs", "{\"items\":[]}");
        return this;
    }

    static String in(long minutes) {
        return Instant.now().plus(Duration.ofMinutes(minutes)).toString();
    }

    static String ago(long minutes) {
        return in(-minutes);
    }
}
