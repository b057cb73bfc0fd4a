package fr.relais.localstack.demo;

import fr.relais.localstack.frontdoor.Api;
import fr.relais.localstack.up.FixedPort;
import fr.relais.localstack.up.Layout;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** What {@code ./relais demo} runs: a story, and how long to wait after each thing that somebody does ({@code PT2S}). */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Layout layout = Layout.lastUsed(Path.of("").toAbsolutePath(), System.getenv());
        try {
            Stories.play(
                    arguments.length == 0 ? Stories.FIRST : arguments[0],
                    layout,
                    persona -> Api.of(layout.url(FixedPort.ISSUER), null)
                            .post("/token?persona=" + persona)
                            .ok()
                            .path("access_token")
                            .asString(),
                    out,
                    arguments.length < 2 ? Duration.ZERO : Duration.parse(arguments[1]));
        } catch (IllegalArgumentException e) {
            System.err.println("relais: " + e.getMessage());
            System.exit(2);
        } catch (IllegalStateException e) {
            System.err.println("relais: the demonstration stopped: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }
}
