package fr.relais.localstack.demo;

import fr.relais.localstack.up.Layout;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What {@code ./relais demo} runs. */
public final class Demo {

    private Demo() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String story = arguments.length == 0 ? HomeAgain.NAME : arguments[0];
        if (!story.equals(HomeAgain.NAME)) {
            System.err.println("relais: there is no story '" + story + "'; there is: " + HomeAgain.NAME);
            System.exit(2);
        }
        Layout layout = Layout.lastUsed(Path.of("").toAbsolutePath(), System.getenv());
        try (Stage stage = new Stage(layout, out)) {
            new HomeAgain(stage).play();
        } catch (IllegalStateException e) {
            System.err.println("relais: the demonstration stopped: " + e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }
}
