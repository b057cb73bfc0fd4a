package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClients;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in, what their browser is told, and what is left of them. */
class LoginIT {

    private final RunningConsole console = RunningConsole.shared();

    @BeforeEach
    void quietServices() {
        console.services.forget();
        console.services.says("GET /api/v1/handoffs", "{\"items\":[]}");
        console.services.says("GET /api/v1/templates", "[]");
    }

    @Test
    void whoever_comes_logs_in_with_their_provider_and_meets_the_page_they_asked_for() {
        HttpResponse<String> page = console.browser("nurse-anne", "fr").open("/inbox");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/inbox");
        assertThat(page.body()).contains("Anne TOURNEE");
    }

    @Test
    void a_login_whose_provider_never_answers_ends_with_a_sentence() {
        console.issuer.isMute(true);
        try {
            HttpResponse<String> page = console.browser("nurse-anne", "fr").open("/inbox");

            assertThat(page.uri().getPath()).isEqualTo("/left");
            assertThat(page.body()).contains("La connexion n’a pas abouti");
        } finally {
            console.issuer.isMute(false);
        }
        assertThat(console.browser("nurse-anne", "fr").open("/inbox").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_login_whose_provider_is_away_ends_with_the_same_sentence() {
        HttpResponse<String> page = new PlainBrowser(console.addressWithoutProvider(), "fr").open("/inbox");

        assertThat(page.uri().getPath()).isEqualTo("/left");
        assertThat(page.body()).contains("Votre fournisseur d’identité ne répond pas");
    }

    @Test
    void a_page_whose_sessions_do_not_answer_says_so_and_comes_back_with_them() throws Exception {
        ProcessHandle mongod = console.mongod().orElse(null);
        assumeThat(mongod).as("skipped: only a mongod can be held up").isNotNull();
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        browser.open("/inbox");

        signal("STOP", mongod);
        try {
            HttpResponse<String> page = browser.open("/inbox");

            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("Relais ne peut pas vous reconnaître", "Rien n’est perdu");
        } finally {
            signal("CONT", mongod);
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> browser.open("/inbox").statusCode() == 200);
    }

    private static void signal(String signal, ProcessHandle process) throws Exception {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    @Test
    void a_service_is_asked_in_the_visitors_own_name_and_language() {
        console.browser("nurse-anne", "en").open("/inbox");

        var call = console.services.last("GET", "/api/v1/handoffs");
        assertThat(call.header("Authorization")).startsWith("Bearer ey");
        assertThat(call.header("Accept-Language")).isEqualTo("en");
    }

    @Test
    void a_session_is_known_to_every_instance() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        browser.open("/inbox");

        console.issuer.next("nurse-brahim");
        HttpResponse<String> page = browser.open(console.otherAddress() + "/inbox");

        assertThat(page.body()).contains("Anne TOURNEE").doesNotContain("Brahim");
    }

    @Test
    void what_lies_in_the_database_tells_neither_token_nor_person_nor_cookie() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        browser.open("/inbox");

        String id = browser.cookie("relais-session").getValue();
        try (var mongo = MongoClients.create(console.mongoUri())) {
            var sessions = mongo.getDatabase("relais_console").getCollection("sessions");
            for (Document session : sessions.find()) {
                String content = new String(
                        session.get("content", org.bson.types.Binary.class).getData(), StandardCharsets.ISO_8859_1);
                assertThat(content).doesNotContain("TOURNEE", "eyJhbGciOi");
                assertThat(session.toJson()).doesNotContain(id);
            }
            assertThat(sessions.listIndexes().map(Document::toJson))
                    .anySatisfy(index -> assertThat(index).contains("endsAt", "expireAfterSeconds"));
        }
    }

    @Test
    void the_cookie_is_out_of_reach_of_scripts_and_of_other_sites() {
        HttpResponse<String> answer = new PlainBrowser(console.address(), "fr").first("/inbox");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Set-Cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .contains("relais-session=")
                        .containsIgnoringCase("HttpOnly")
                        .contains("SameSite=Lax"));
    }

    @Test
    void a_session_gets_a_new_name_at_the_login() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        String before =
                browser.first("/inbox").headers().firstValue("Set-Cookie").orElseThrow();

        browser.open("/inbox");

        assertThat(before).doesNotContain(browser.cookie("relais-session").getValue());
    }

    @Test
    void a_page_may_load_nothing_from_elsewhere_and_run_nothing_inline_and_is_not_kept() {
        HttpResponse<String> page = console.browser("nurse-anne", "fr").open("/inbox");

        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains(
                                "default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                        .doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("Cache-Control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("no-store"));
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.body())
                .doesNotContain("style=\"")
                .doesNotContain("onclick")
                // A link may lead elsewhere, to the identity provider's page of stories; nothing is loaded from there.
                .doesNotContainPattern("src=\"(https?:)?//")
                .doesNotContainPattern("<link[^>]+href=\"(https?:)?//");
    }

    @Test
    void what_a_page_loads_is_there_and_is_kept() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        var assets = java.util.regex.Pattern.compile("(?:src|href)=\"(/(?:assets|webjars)/[^\"]+)\"")
                .matcher(browser.open("/inbox").body());

        int found = 0;
        while (assets.find()) {
            HttpResponse<String> asset = browser.open(assets.group(1).replace("&amp;", "&"));
            assertThat(asset.statusCode()).as(assets.group(1)).isEqualTo(200);
            assertThat(asset.headers().firstValue("Cache-Control"))
                    .hasValueSatisfying(cache -> assertThat(cache).contains("immutable"));
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(5);
    }

    @Test
    void a_form_of_another_site_changes_nothing() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        browser.open("/inbox");

        HttpResponse<String> answer = browser.post("/logout", "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(browser.open("/inbox").body()).contains("Anne TOURNEE");
    }

    @Test
    void the_logout_ends_the_session_here_and_at_the_provider() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        HttpResponse<String> page = browser.open("/inbox");
        HttpCookie session = browser.cookie("relais-session");
        int before = console.issuer.logouts;

        HttpResponse<String> left = browser.send(page, "/logout");

        assertThat(left.uri().getPath()).isEqualTo("/left");
        assertThat(left.body()).contains("Votre session est fermée");
        assertThat(console.issuer.logouts).isEqualTo(before + 1);
        browser.cookies.getCookieStore().add(URI.create(console.address()), session);
        assertThat(browser.first("/inbox").statusCode()).isEqualTo(302);
    }

    @Test
    void of_two_tabs_that_leave_the_second_finds_what_it_wanted() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        HttpResponse<String> one = browser.open("/inbox");
        HttpResponse<String> other = browser.open("/me");
        browser.send(one, "/logout");

        HttpResponse<String> left = browser.send(other, "/logout");

        assertThat(left.uri().getPath()).isEqualTo("/left");
        assertThat(left.body()).contains("Votre session est fermée");
    }

    @Test
    void a_fragment_of_a_page_whose_session_is_over_makes_the_page_load_anew() {
        HttpResponse<String> answer = new PlainBrowser(console.address(), "fr").openFragment("/inbox");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Refresh")).hasValue("true");
    }

    @Test
    void language_and_theme_are_chosen_by_forms_and_kept_in_the_browser() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        HttpResponse<String> page = browser.open("/inbox");
        assertThat(page.body()).contains("lang=\"fr\"").contains("Se déconnecter");

        page = browser.send(page, "/preferences/language", "value", "en");
        assertThat(page.uri().getPath()).isEqualTo("/inbox");
        assertThat(page.body()).contains("lang=\"en\"").contains("Log out");

        page = browser.send(page, "/preferences/theme", "value", "dark");
        assertThat(page.body()).contains("data-bs-theme=\"dark\"");
    }

    @Test
    void a_choice_leads_back_to_a_page_of_this_site_and_to_no_other() {
        PlainBrowser browser = console.browser("nurse-anne", "fr");
        HttpResponse<String> page = browser.open("/inbox");
        assertThat(browser.send(page, "/preferences/language", "value", "fr")
                        .uri()
                        .getPath())
                .isEqualTo("/inbox");
        String token = page.body().replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]+)\".*", "$1");
        HttpResponse<String> answer = browser.post(
                "/preferences/language",
                "_csrf=" + java.net.URLEncoder.encode(token, StandardCharsets.UTF_8)
                        + "&value=fr&back=%2F%2Fevil.example%2F");
        assertThat(answer.uri().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void whoever_watches_the_console_needs_no_login() {
        HttpResponse<String> health =
                new PlainBrowser(console.managementAddress(), "fr").first("/actuator/health/readiness");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("UP");
    }

    @Test
    void a_page_that_is_not_there_says_so_in_words() {
        HttpResponse<String> answer = console.browser("nurse-anne", "fr").open("/nowhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("Rien ici pour vous");
    }
}
