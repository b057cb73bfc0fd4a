package fr.relais.localstack.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import fr.relais.localstack.Ports;
import fr.relais.localstack.demo.Stories;
import fr.relais.localstack.persona.DevTokens;
import fr.relais.localstack.persona.Personas;
import fr.relais.localstack.up.Layout;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import tools.jackson.databind.json.JsonMapper;

class DevelopmentIssuerIT {

    private static final String CALLBACK = "http://127.0.0.1:8080/login/oauth2/code/relais";

    @TempDir
    private static Path folder;

    private static ConfigurableApplicationContext issuer;
    private static String address;

    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    @BeforeAll
    static void start() {
        int port = Ports.free(1).getFirst();
        address = "http://127.0.0.1:" + port;
        issuer = DevelopmentIssuer.start(
                refusal -> {
                    throw new AssertionError(refusal);
                },
                "--server.port=" + port,
                "--relais.issuer.url=" + address,
                "--relais.issuer.root=" + nowhere(),
                "--relais.issuer.folder=" + folder);
    }

    /** A folder whose last site ran on ports that nobody listens on. */
    private static Path nowhere() {
        Layout.free(folder, folder.resolve(".relais")).keep();
        return folder;
    }

    @AfterAll
    static void stop() {
        issuer.close();
    }

    @Test
    void a_token_for_the_asking_is_one_that_discovery_can_verify() throws Exception {
        HttpResponse<String> answer = post("/token?persona=nurse-anne", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        Jwt token = decode(field(answer.body(), "access_token"));
        assertThat(token.getClaimAsString("SubjectNameID")).isEqualTo("899700900022");
        assertThat(token.getAudience()).containsExactly(DevTokens.AUDIENCE);
    }

    @Test
    void an_unknown_persona_is_a_problem_that_lists_the_known() throws Exception {
        HttpResponse<String> answer = post("/token?persona=nobody", "");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("nurse-anne");
    }

    @Test
    void the_console_logs_in_by_code_and_pkce() throws Exception {
        String verifier = "0123456789012345678901234567890123456789012345";
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        String authorize = "/oauth2/authorize?"
                + form(Map.of(
                        "response_type", "code",
                        "client_id", "relais-console",
                        "redirect_uri", CALLBACK,
                        "scope", "openid profile",
                        "state", "abc",
                        "code_challenge", challenge,
                        "code_challenge_method", "S256"));

        assertThat(location(get(authorize))).endsWith("/login");
        String page = get("/login").body();
        assertThat(page).contains("Alice EXEMPLE").contains("gp-alice");
        HttpResponse<String> chosen = post(
                "/login", form(Map.of("username", "gp-alice", "password", "relais", "_csrf", hidden(page, "_csrf"))));
        HttpResponse<String> back = get(URI.create(location(chosen)).getRawPath() + "?"
                + URI.create(location(chosen)).getRawQuery());
        assertThat(location(back)).startsWith(CALLBACK).contains("state=abc");
        HttpResponse<String> tokens = post(
                "/oauth2/token",
                form(Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "relais-console",
                        "redirect_uri",
                        CALLBACK,
                        "code",
                        parameter(location(back), "code"),
                        "code_verifier",
                        verifier)));

        assertThat(tokens.statusCode()).isEqualTo(200);
        Jwt access = decode(field(tokens.body(), "access_token"));
        assertThat(access.getAudience()).containsExactly(DevTokens.AUDIENCE);
        assertThat(access.getClaimAsString("preferred_username")).isEqualTo("899700900014");
        assertThat(access.getClaimAsStringList("relais_roles")).isEqualTo(List.of("professional"));
        assertThat(decode(field(tokens.body(), "id_token")).getAudience()).containsExactly("relais-console");
    }

    @Test
    void whoever_opens_the_console_under_a_personas_name_is_that_persona_and_the_window_beside_is_another()
            throws Exception {
        for (String persona : List.of("nurse-anne", "ward-farida")) {
            String callback = "http://" + persona + ".localhost:8080/login/oauth2/code/relais";
            String verifier = "0123456789012345678901234567890123456789012345";
            String challenge = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));

            HttpResponse<String> back = get("/oauth2/authorize?"
                    + form(Map.of(
                            "response_type", "code",
                            "client_id", "relais-console",
                            "redirect_uri", callback,
                            "scope", "openid profile",
                            "state", "abc",
                            "code_challenge", challenge,
                            "code_challenge_method", "S256")));

            assertThat(location(back)).startsWith(callback);
            HttpResponse<String> tokens = post(
                    "/oauth2/token",
                    form(Map.of(
                            "grant_type",
                            "authorization_code",
                            "client_id",
                            "relais-console",
                            "redirect_uri",
                            callback,
                            "code",
                            parameter(location(back), "code"),
                            "code_verifier",
                            verifier)));
            assertThat(decode(field(tokens.body(), "access_token")).getClaimAsString("SubjectNameID"))
                    .isEqualTo(Personas.get(persona).nationalId());
        }
    }

    @Test
    void the_page_for_newcomers_knows_the_stories_that_there_are() {
        assertThat(IssuerPages.STORIES).extracting(IssuerPages.Story::name).containsExactlyElementsOf(Stories.names());
        IssuerPages.STORIES.forEach(story -> story.people().forEach(Personas::get));
    }

    @Test
    void a_story_is_played_while_one_watches_and_says_how_it_ended() throws Exception {
        String page = get("/try").body();
        assertThat(page)
                .contains("Jeanne rentre chez elle", "http://nurse-anne.localhost:8080/")
                .doesNotContain("http-equiv=\"refresh\"");

        HttpResponse<String> begun =
                post("/try", form(Map.of("story", "nurses", "seconds", "0", "_csrf", hidden(page, "_csrf"))));

        assertThat(begun.statusCode()).isEqualTo(303);
        // Nothing runs where these ports lead: the story says so.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(get("/try").body())
                        .contains("L’histoire est finie", "relais:", "http://nurse-brahim.localhost:8080/"));
        assertThat(post("/try", form(Map.of("story", "no-such", "_csrf", hidden(page, "_csrf"))))
                        .statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "prod", "other,prod"})
    void a_production_profile_is_refused_in_one_line(String profiles) throws Exception {
        Process refused = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DevelopmentIssuer.class.getName(),
                        "--spring.profiles.active=" + profiles,
                        "--server.port=0")
                .redirectErrorStream(true)
                .start();

        assertThat(refused.inputReader().readAllLines())
                .singleElement(STRING)
                .contains("does not start under the production profile");
        assertThat(refused.waitFor()).isEqualTo(1);
    }

    private static Jwt decode(String token) {
        return NimbusJwtDecoder.withIssuerLocation(address).build().decode(token);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Accept", "text/html")
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow(() -> new AssertionError(answer + answer.body()));
    }

    private static String field(String json, String name) {
        return new JsonMapper().readTree(json).path(name).asString();
    }

    private static String hidden(String page, String name) {
        return firstGroup("name=\"" + name + "\" value=\"([^\"]+)\"", page);
    }

    private static String parameter(String location, String name) {
        return firstGroup("[?&]" + name + "=([^&]+)", location);
    }

    private static String firstGroup(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
