package fr.relais.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.access.TestTokens;
import fr.relais.kit.time.Ids;
import fr.relais.localstack.LocalMongo;
import fr.relais.localstack.MongoChoice;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.mongodb.MongoDatabaseFactory;
import tools.jackson.databind.JsonNode;

/** Messages of a hospital through its door, as its ward sees what came of them. */
class PathwayEndedStaysIT extends RunningPathwayService {

    private static final DateTimeFormatter TIMES =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Europe/Paris"));
    private static final String HOME = "ZFM||8";
    private static final String LIST = "/api/v1/stays/ended-without-pathway?limit=100";

    @Autowired
    MongoDatabaseFactory databases;

    private Instant said = Instant.EPOCH;

    /** What PID-3 says of the INS, where a test's hospital knows one. */
    private String ins;

    @Test
    void a_stay_that_ends_without_a_pathway_is_in_its_wards_list_until_the_patient_is_included() throws Exception {
        String ipp = Ids.random("ipp");
        say("A03", ipp, "3105", HOME);

        JsonNode row = await().atMost(PATIENCE)
                .until(() -> ofPatient("ward-farida", LIST, ipp), found -> !found.isMissingNode());
        assertThat(row.path("unit").asString()).isEqualTo("3105");
        assertThat(row.path("facility").asString()).isEqualTo("990000044");
        assertThat(row.path("destination").asString()).isEqualTo("HOME");
        assertThat(ofPatient("ward-farida", LIST + "&facility=990000044&unit=3105", ipp)
                        .isMissingNode())
                .isFalse();
        assertThat(ofPatient("ward-farida", LIST + "&unit=9999", ipp).isMissingNode())
                .isTrue();
        assertThat(ofPatient("operator-odile", LIST + "&facility=990000044", ipp)
                        .isMissingNode())
                .isFalse();

        String identity = "/api/v1/patients/" + row.path("patient").asString() + "/identity";
        assertThat(ok(get("ward-farida", identity)).path("patient").asString())
                .as("whom it is about to include, its ward may know")
                .isEqualTo(row.path("patient").asString());
        assertThat(get(TestTokens.with("3990000036/1", "990000036", "ward"), identity)
                        .statusCode())
                .as("another hospital's ward may not")
                .isEqualTo(404);
        assertThat(get("coordinator-gael", identity).statusCode()).isEqualTo(404);

        ok(post(
                "ward-farida",
                "/api/v1/inclusions",
                "{\"template\":\"discharge-home\",\"commune\":\"23096\",\"patient\":{\"id\":\""
                        + row.path("patient").asString() + "\"},\"informed\":{\"at\":\""
                        + clock.instant().minusSeconds(60) + "\",\"how\":\"oral\"},\"choices\":[]}"));
        await().atMost(PATIENCE).until(() -> ofPatient("ward-farida", LIST, ipp).isMissingNode());
    }

    @Test
    void another_hospitals_list_does_not_exist_and_others_have_none() throws Exception {
        String elsewhere = TestTokens.with("3990000036/1", "990000036", "ward");

        assertThat(get(elsewhere, LIST + "&facility=990000044").statusCode()).isEqualTo(404);
        assertThat(ok(get(elsewhere, LIST)).path("items")).isEmpty();
        assertThat(get("nurse-anne", LIST).statusCode()).isEqualTo(403);
        assertThat(get("coordinator-gael", LIST).statusCode()).isEqualTo(403);
    }

    @Test
    void a_ward_finds_one_patient_by_each_name_of_the_numbers_authority() throws Exception {
        String first = Ids.random("ipp");
        String before = include(first, "CHU-DES-ESSAIS");
        say("A03", first, "3105", HOME);
        // Included under the namespace before the first message, which bears a universal id too.
        await().atMost(PATIENCE)
                .until(() -> ok(get("ward-farida", "/api/v1/pathways/" + before))
                        .path("status")
                        .asString()
                        .equals("running"));

        String second = Ids.random("ipp");
        say("A01", second, "3105", null);
        String authority = patientOf(include(second, "1.2.250.1.999.1"));
        assertThat(patientOf(include(second, "CHU-DES-ESSAIS"))).isEqualTo(authority);
        assertThat(patientOf(include(second, "990000044"))).isEqualTo(authority);
    }

    @Test
    void a_hospitals_own_rule_includes_whom_it_names_and_nobody_else() throws Exception {
        String failing = Ids.random("ipp");
        String other = Ids.random("ipp");
        say("A03", failing, "R-CARDIO", "DG1|1||I50.1^^CIM-10\r" + HOME);
        say("A03", other, "R-CARDIO", "DG1|1||J44.0^^CIM-10\r" + HOME);

        await().atMost(PATIENCE)
                .until(() -> !ofPatient("ward-farida", LIST + "&unit=R-CARDIO", other)
                        .isMissingNode());
        JsonNode pathway = await().atMost(PATIENCE)
                .until(
                        () -> byRule(failing),
                        found -> found.path("status").asString().equals("running"));
        assertThat(pathway.path("owner").asString()).isEqualTo("structure:990000044");
        // Another view than the pathway's: it may be a moment behind.
        await().atMost(PATIENCE)
                .until(() -> ofPatient("ward-farida", LIST + "&unit=R-CARDIO", failing)
                        .isMissingNode());
    }

    @Test
    void after_two_files_became_one_who_holds_a_handoff_keeps_it_and_the_pathways_of_both_follow_the_patient()
            throws Exception {
        String former = Ids.random("ipp");
        String survivor = Ids.random("ipp");
        String ofFormer = included(former, "990000051", choice("nurse", CHLOE));
        String ofSurvivor = included(survivor, "990000051", choice("gp", GP));
        say("A03", former, "3105", HOME);
        say("A03", survivor, "3105", HOME);
        String visit = handoff(ofFormer, VISIT, "offered");
        ok(post("nurse-chloe", "/api/v1/handoffs/" + visit + "/accept", null));
        assertThat(patientOf(ofFormer)).isNotEqualTo(patientOf(ofSurvivor));

        say("A40", survivor, "3105", "MRG|" + former + "^^^CHU-DES-ESSAIS&1.2.250.1.999.1&ISO^PI");

        await().atMost(PATIENCE).until(() -> patientOf(ofFormer).equals(patientOf(ofSurvivor)));
        String patient = patientOf(ofSurvivor);
        JsonNode held = await().atMost(PATIENCE)
                .until(
                        () -> ok(get("nurse-chloe", "/api/v1/handoffs/" + visit)),
                        found -> found.path("patient").asString().equals(patient));
        assertThat(held.path("status").asString()).isEqualTo("accepted");
        // What the hospital says from now on reaches both, by whichever number it says it.
        for (String number : new String[] {survivor, former}) {
            String stay = Ids.random("stay");
            say("A01", number, stay, "3105", null);
            for (String pathway : new String[] {ofFormer, ofSurvivor}) {
                awaitStatus(pathway, "paused");
            }
            say("A03", number, stay, "3105", HOME);
            for (String pathway : new String[] {ofFormer, ofSurvivor}) {
                awaitStatus(pathway, "running");
            }
        }
        assertThat(ok(get("nurse-chloe", "/api/v1/handoffs/" + visit))
                        .path("status")
                        .asString())
                .isEqualTo("accepted");
    }

    @Test
    void a_withdrawn_ins_is_nowhere_and_the_pathway_and_its_holders_go_on() throws Exception {
        String ipp = Ids.random("ipp");
        String pathway = included(ipp, "990000051", choice("nurse", CHLOE));
        ins = "279035121518989^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS";
        String first = say("A03", ipp, "3105", HOME);
        String visit = handoff(pathway, VISIT, "offered");
        ok(post("nurse-chloe", "/api/v1/handoffs/" + visit + "/accept", null));
        String identity = "/api/v1/patients/" + patientOf(pathway) + "/identity";
        assertThat(ok(get("nurse-chloe", identity)).path("ins").asString()).isEqualTo("279035121518989");
        String content = "/api/v1/hospital-messages/" + first + "/content";
        assertThat(ok(get("operator-odile", content)).path("text").asString()).contains("279035121518989");

        String mrg = "MRG|" + ins;
        ins = "\"\"^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.10&ISO^INS";
        say("A47", ipp, "3105", mrg);

        await().atMost(PATIENCE)
                .until(() -> ok(get("nurse-chloe", identity))
                        .path("ins")
                        .asString("")
                        .isEmpty());
        await().atMost(PATIENCE)
                .until(() -> !get("operator-odile", content).body().contains("279035121518989"));
        ins = null;
        assertThat(ok(get("nurse-chloe", "/api/v1/handoffs/" + visit))
                        .path("status")
                        .asString())
                .isEqualTo("accepted");
        say("A01", ipp, Ids.random("stay"), "3105", null);
        awaitStatus(pathway, "paused");
    }

    @Test
    void what_mongodb_refuses_is_answered_503_with_ae_and_is_kept_once_when_it_is_sent_again() throws Exception {
        assumeThat(LocalMongo.everyChoice().getFirst())
                .as("skipped: only a mongod refuses by a validator, see RELAIS_MONGOD")
                .isEqualTo(MongoChoice.MONGOD);
        String ipp = Ids.random("ipp");
        String text = text("A03", ipp, ipp, "3105", HOME);
        refuseMessages(new Document("never", true));
        try {
            HttpResponse<String> refused = send(message(text));
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(json.readTree(refused.body())
                            .at("/acknowledgements/0/code")
                            .asString())
                    .isEqualTo("AE");
        } finally {
            refuseMessages(new Document());
        }

        JsonNode taken = ok(send(message(text))).at("/acknowledgements/0");
        assertThat(taken.path("code").asString()).isEqualTo("AA");
        assertThat(taken.path("repeat").asBoolean()).isFalse();
        JsonNode repeated = ok(send(message(text))).at("/acknowledgements/0");
        assertThat(repeated.path("repeat").asBoolean()).isTrue();
        assertThat(repeated.path("message")).isEqualTo(taken.path("message"));
        await().atMost(PATIENCE).until(() -> ofPatient("ward-farida", LIST, ipp), found -> !found.isMissingNode());
    }

    private void refuseMessages(Document validator) {
        databases
                .getMongoDatabase()
                .runCommand(new Document("collMod", "hospital_messages")
                        .append("validator", validator)
                        .append("validationLevel", "moderate"));
    }

    private void awaitStatus(String pathway, String status) {
        await().atMost(PATIENCE)
                .until(() -> ok(get("ward-farida", "/api/v1/pathways/" + pathway))
                        .path("status")
                        .asString()
                        .equals(status));
    }

    /** The pathway that a rule opened for a patient. */
    private JsonNode byRule(String ipp) throws Exception {
        // Including again finds the patient; what they have already is in the ward's lists.
        for (JsonNode row : ok(get("ward-farida", "/api/v1/worklist?kind=pathways&limit=100&order=newest"))
                .path("items")) {
            String id = row.path("id").asString(row.path("pathway").asString(""));
            JsonNode pathway = ok(get("ward-farida", "/api/v1/pathways/" + id));
            if (pathway.path("patient").asString().equals(idOf(ipp))) {
                return pathway;
            }
        }
        return json.missingNode();
    }

    private String include(String ipp, String authority) throws Exception {
        return ok(post(
                        "ward-farida",
                        "/api/v1/inclusions",
                        "{\"template\":\"discharge-home\",\"commune\":\"23096\",\"patient\":{\"ipp\":{\"value\":\""
                                + ipp + "\",\"authority\":\"" + authority + "\"}},\"informed\":{\"at\":\""
                                + clock.instant().minusSeconds(60) + "\",\"how\":\"oral\"},\"choices\":[]}"))
                .path("id")
                .asString();
    }

    private String patientOf(String pathway) throws Exception {
        return await().atMost(PATIENCE)
                .until(() -> get("ward-farida", "/api/v1/pathways/" + pathway), answer -> answer.statusCode() == 200)
                .body()
                .replaceAll("(?s).*\"patient\":\"([^\"]+)\".*", "$1");
    }

    private String idOf(String ipp) {
        return patients.idOf(new fr.relais.pathway.application.Patients.Identity.Ipp(ipp, "1.2.250.1.999.1"))
                .orElseThrow();
    }

    private JsonNode ofPatient(String persona, String path, String ipp) throws Exception {
        String patient = idOf(ipp);
        for (JsonNode row : ok(get(persona, path)).path("items")) {
            if (row.path("patient").asString().equals(patient)) {
                return row;
            }
        }
        return json.missingNode();
    }

    private String say(String trigger, String ipp, String unit, String more) throws Exception {
        return say(trigger, ipp, ipp, unit, more);
    }

    /** A message of the hospital, sent as its feed sends it; the id under which it is kept. */
    private String say(String trigger, String ipp, String stay, String unit, String more) throws Exception {
        JsonNode taken = ok(send(message(text(trigger, ipp, stay, unit, more)))).at("/acknowledgements/0");
        assertThat(taken.path("code").asString()).isEqualTo("AA");
        return taken.path("message").asString();
    }

    private String text(String trigger, String ipp, String stay, String unit, String more) {
        // One thing after the other, as far as a message tells times: to the second.
        Instant now = clock.instant().minusSeconds(60);
        said = said.plusSeconds(1).isAfter(now) ? said.plusSeconds(1) : now;
        Instant at = said;
        return String.join(
                "\r",
                "MSH|^~\\&|GAM|990000044|RELAIS|RELAIS|" + TIMES.format(at) + "||ADT^" + trigger + "|" + Ids.random("m")
                        + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR",
                "EVN||" + TIMES.format(at) + "||||" + TIMES.format(at),
                "PID|1||" + ipp + "^^^CHU-DES-ESSAIS&1.2.250.1.999.1&ISO^PI" + (ins == null ? "" : "~" + ins)
                        + "||PAT-TROIS^DOMINIQUE^^^^^L||19790328|F" + "|".repeat(24) + (ins == null ? "" : "VALI"),
                "PV1|1|I|" + unit + "|".repeat(16) + "V" + stay + "^^^990000044^VN",
                "ZBE|" + trigger + stay + "^GAM|" + TIMES.format(at) + "||INSERT|N||^^^^^^UF^^^" + unit + "||HMS",
                more == null ? "" : more);
    }

    private HttpRequest.Builder message(String text) {
        return request("hospital-feed", "/api/v1/hospital-messages")
                .header("Content-Type", "application/hl7-v2")
                .POST(HttpRequest.BodyPublishers.ofString(text));
    }
}
