package fr.relais.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.relais.localstack.ChildProcess;
import fr.relais.localstack.Ports;
import fr.relais.localstack.up.Layout;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two pages that newcomers meet before the console's: who they are to be, and a stay to be played. */
class IssuerPagesIT {

    private static final Path MODULE = Path.of("../local-stack/target");

    @TempDir
    private Path folder;

    @Test
    void axe_finds_nothing_on_them_before_and_while_a_story_is_told() throws Exception {
        int port = Ports.free(1).getFirst();
        String address = "http://127.0.0.1:" + port;
        List<String> found = new ArrayList<>();
        try (SystemChromium system = SystemChromium.open();
                ChildProcess issuer =
                        ChildProcess.start("issuer", command(address, port), Map.of(), folder, Duration.ZERO)) {
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> answers(address));
            for (int width : List.of(1280, 390)) {
                for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                    look(system.browser(), address, width, theme, found);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static void look(Browser chromium, String address, int width, ColorScheme theme, List<String> found) {
        try (BrowserContext context = chromium.newContext(new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setColorScheme(theme)
                .setLocale("fr-FR"))) {
            Page page = context.newPage();
            page.navigate(address + "/login");
            read(page, found);
            page.navigate(address + "/try");
            read(page, found);
            // Nothing runs where it would be played: it says so, and that is to be readable, too.
            page.locator("button.go").click();
            page.locator("pre").waitFor();
            read(page, found);
            // Written by itself into the page that is open.
            page.getByText("L’histoire est finie").waitFor();
        }
    }

    private static void read(Page page, List<String> found) {
        SystemChromium.faults(new AxeBuilder(page)).forEach(fault -> found.add(page.url() + ": " + fault));
        if (!(Boolean) page.evaluate("document.documentElement.scrollWidth <= innerWidth")) {
            found.add(page.url() + " sticks out at " + page.viewportSize().width + " px");
        }
    }

    private static boolean answers(String address) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest asked = HttpRequest.newBuilder(URI.create(address + "/login"))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(asked, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        }
    }

    /** As {@code ./relais up} starts it: on its own class path, which is not the console's. */
    private List<String> command(String address, int port) throws IOException {
        String jars = Files.readString(MODULE.resolve("launcher.classpath")).strip();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                MODULE.resolve("classes") + ":" + jars,
                "fr.relais.localstack.issuer.DevelopmentIssuer",
                "--server.port=" + port,
                "--relais.issuer.url=" + address,
                "--relais.issuer.root=" + siteOfNobody(),
                "--relais.issuer.folder=" + folder.resolve("issuer"));
    }

    /** A folder whose last site ran on ports that nobody listens on. */
    private Path siteOfNobody() {
        Layout.free(folder, folder.resolve(".relais")).keep();
        return folder;
    }
}
