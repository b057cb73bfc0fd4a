package fr.relais.localstack.demo;

import fr.relais.localstack.up.Layout;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The stories of the demonstration, by the word that {@code ./relais demo} takes. */
public final class Stories {

    private static final Map<String, Function<Stage, Story>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("home-again", HomeAgain::new);
        ALL.put("nurses", NursesCabinet::new);
        ALL.put("doctor", DoctorAndSecretary::new);
        ALL.put("officine", Officine::new);
        ALL.put("ward", Ward::new);
        ALL.put("coordinator", Coordinator::new);
    }

    /** The one that is played when none is named. */
    public static final String FIRST = "home-again";

    private Stories() {}

    /** Their words, in the order in which to read them. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /**
     * Plays a story to its end on running services.
     *
     * @param token gives a persona's token
     * @throws IllegalStateException when something that the story needs does not come about; its message says what
     */
    public static void play(String name, Layout layout, Function<String, String> token, PrintStream out) {
        play(name, layout, token, out, Duration.ZERO);
    }

    /**
     * The same for people who watch it in their browsers.
     *
     * @param pace how long to wait after each thing that somebody does
     */
    public static void play(
            String name, Layout layout, Function<String, String> token, PrintStream out, Duration pace) {
        Function<Stage, Story> story = Optional.ofNullable(ALL.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no story '" + name + "'; there are: " + String.join(", ", ALL.keySet())));
        try (Stage stage = new Stage(layout, token, out, pace)) {
            story.apply(stage).play();
        }
    }
}
