package fr.relais.pathway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.relais.kit.access.TestTokens;
import fr.relais.kit.time.Ids;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Messages of a hospital through its door, as its ward sees what came of them. */
class StaysIT extends RunningPathwayService {

    private static final DateTimeFormatter TIMES =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Europe/Paris"));
    private static final String HOME = "ZFM||8";
    private static final String LIST = "/api/v1/stays/ended-without-pathway?limit=100";

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

    /** A message of the hospital, sent as its feed sends it. */
    private void say(String trigger, String ipp, String unit, String more) throws Exception {
        Instant at = clock.instant().minusSeconds(60);
        String text = String.join(
                "\r",
                "MSH|^~\\&|GAM|990000044|RELAIS|RELAIS|" + TIMES.format(at) + "||ADT^" + trigger + "|" + Ids.random("m")
                        + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR",
                "EVN||" + TIMES.format(at) + "||||" + TIMES.format(at),
                "PID|1||" + ipp + "^^^CHU-DES-ESSAIS&1.2.250.1.999.1&ISO^PI||PAT-TROIS^DOMINIQUE^^^^^L||19790328|F",
                "PV1|1|I|" + unit + "|".repeat(16) + "V" + ipp + "^^^990000044^VN",
                "ZBE|" + trigger + ipp + "^GAM|" + TIMES.format(at) + "||INSERT|N||^^^^^^UF^^^" + unit + "||HMS",
                more == null ? "" : more);
        HttpResponse<String> answer = send(request("hospital-feed", "/api/v1/hospital-messages")
                .header("Content-Type", "application/hl7-v2")
                .POST(HttpRequest.BodyPublishers.ofString(text)));
        assertThat(ok(answer).path("acknowledgements").get(0).path("code").asString())
                .isEqualTo("AA");
    }
}
