package fr.relais.localstack.issuer;

import fr.relais.localstack.persona.DevTokens;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** Who there is, a token for the asking, the page where one chooses who to be, and the one where newcomers play a stay. */
@RestController
class IssuerPages {

    private static final String HTML = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8";

    /**
     * A story of the demonstration.
     *
     * @param name the word that {@code ./relais demo} takes
     * @param people whom to watch
     */
    record Story(String name, String title, String about, List<String> people) {}

    static final List<Story> STORIES = List.of(
            new Story(
                    "home-again",
                    "Jeanne rentre chez elle.",
                    "Tout le monde est sollicité, un refuse, une visite tarde, et tout finit bien.",
                    List.of("ward-farida", "nurse-anne", "coordinator-gael")),
            new Story(
                    "nurses",
                    "Un cabinet infirmier se partage le travail.",
                    "L’une laisse une demande aux autres, l’autre suit semaine après semaine, puis tous sont complets.",
                    List.of("nurse-anne", "nurse-brahim", "coordinator-gael")),
            new Story(
                    "doctor",
                    "Le médecin décide, la secrétaire tient l’agenda.",
                    "La lettre arrive d’elle-même, et personne ne clique deux fois.",
                    List.of("gp-alice", "secretary-sophie", "coordinator-gael")),
            new Story(
                    "officine",
                    "La pharmacie est prévenue avant la sortie.",
                    "Elle dit quand elle est fermée et passe la main pour ce qu’elle ne peut pas faire.",
                    List.of("pharmacist-david", "ward-farida", "gp-alice")),
            new Story(
                    "ward",
                    "Le service inclut et retrouve ses oubliés.",
                    "Un message douteux est corrigé, et le service apprend ce qu’est devenu son patient.",
                    List.of("ward-farida", "operator-odile", "nurse-anne")),
            new Story(
                    "coordinator",
                    "La coordination débloque une étape qui traîne.",
                    "Elle appelle, sollicite quelqu’un d’autre ; puis un décès arrête tout.",
                    List.of("coordinator-gael", "nurse-anne", "gp-alice")));

    /** Writes what happens as it happens. A page that loads itself anew would take whoever reads it back to its beginning. */
    private static final String FOLLOWING = """
            <script>
            const follow = async () => {
              try {
                const page = new DOMParser().parseFromString(await (await fetch('/try')).text(), 'text/html')
                document.querySelector('#happened').replaceChildren(...page.querySelector('#happened').childNodes)
                const playing = page.querySelector('button.go').disabled
                document.querySelector('button.go').disabled = playing
                if (!playing) return
              } catch { /* tried again */ }
              setTimeout(follow, 2000)
            }
            setTimeout(follow, 2000)
            </script>
            """;

    private final DevTokens tokens;
    private final Playing playing;
    private final String console;

    IssuerPages(
            DevTokens tokens,
            @Value("${relais.issuer.console:" + IssuerConfiguration.CONSOLE_ADDRESS + "}") String console,
            @Value("${relais.issuer.root:.}") Path root) {
        this.tokens = tokens;
        this.console = console;
        this.playing = new Playing(root);
    }

    @GetMapping({"/", "/personas"})
    List<Persona> personas() {
        return Personas.all().personas();
    }

    /** {@code curl -X POST 'http://127.0.0.1:9000/token?persona=nurse-anne'}. */
    @PostMapping("/token")
    ResponseEntity<Object> token(@RequestParam String persona) {
        Optional<Persona> found = Personas.all().find(persona);
        if (found.isEmpty()) {
            ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                    HttpStatus.NOT_FOUND,
                    "There is no such persona; there are: "
                            + String.join(", ", Personas.all().keys()));
            return ResponseEntity.of(problem).build();
        }
        return ResponseEntity.ok(Map.of(
                "access_token",
                tokens.token(found.get()),
                "token_type",
                "Bearer",
                "expires_in",
                DevTokens.LIFETIME.toSeconds()));
    }

    @GetMapping(path = "/login", produces = HTML)
    String login(CsrfToken csrf) {
        return page(
                "Qui êtes-vous ?",
                """
                <h1>Qui êtes-vous ?</h1>
                <p class="lead">Choisissez une personne : vous verrez ce qu’elle voit. <span lang="en">Choose who to be: you see what they see.</span></p>
                <form method="post" action="/login">
                <input type="hidden" name="%s" value="%s">
                <input type="hidden" name="password" value="%s">
                %s</form>
                <p class="aside">Pour regarder plusieurs personnes à la fois : <a href="/try">jouer un séjour</a>.
                <span lang="en">To watch several people at once: <a href="/try">play a stay</a>.</span></p>
                """.formatted(
                                HtmlUtils.htmlEscape(csrf.getParameterName()),
                                HtmlUtils.htmlEscape(csrf.getToken()),
                                IssuerConfiguration.PASSWORD,
                                group("À l’hôpital", "In hospital", "ward")
                                        + group("En ville", "Outside hospital", "professional", "delegate")
                                        + group("Autour des soins", "Around care", "coordinator", "operator")),
                false);
    }

    /** A story for newcomers: three windows, a button, and what happens. */
    @GetMapping(path = "/try", produces = HTML)
    String tryOut(CsrfToken csrf) {
        Playing.Told told = playing.told();
        String chosen = told.story() == null ? STORIES.getFirst().name() : told.story();
        String stories = STORIES.stream()
                .map(story -> """
                        <label class="choice"><input type="radio" name="story" value="%s"%s> <span><strong>%s</strong> %s</span></label>
                        """.formatted(
                                story.name(),
                                story.name().equals(chosen) ? " checked" : "",
                                HtmlUtils.htmlEscape(story.title()),
                                HtmlUtils.htmlEscape(story.about())))
                .collect(Collectors.joining());
        String windows = STORIES.stream()
                .filter(story -> story.name().equals(chosen))
                .flatMap(story -> story.people().stream())
                .map(Personas::get)
                .map(persona -> """
                        <a class="card" target="relais-%s" href="%s"><strong>%s</strong> <span>%s</span></a>
                        """.formatted(
                                HtmlUtils.htmlEscape(persona.key()),
                                HtmlUtils.htmlEscape(IssuerConfiguration.as(persona.key(), console) + "/"),
                                HtmlUtils.htmlEscape(persona.name()),
                                HtmlUtils.htmlEscape(persona.about())))
                .collect(Collectors.joining());
        String happened = told.story() == null
                ? ""
                : "<div id=\"happened\"><h2>3. Ce qui se passe <span lang=\"en\">What happens</span></h2><p role=\"status\">"
                        + (told.ended()
                                ? "L’histoire est finie ou arrêtée : la dernière ligne dit comment."
                                : "L’histoire se joue ; ce qui arrive s’écrit ici.<noscript> <a href=\"/try\">Voir la suite</a></noscript>")
                        + "</p><pre tabindex=\"0\">" + HtmlUtils.htmlEscape(String.join("\n", told.lines()))
                        + "</pre></div>";
        return page(
                "Jouer un séjour",
                """
                <h1>Jouer un séjour</h1>
                <p class="lead">Un patient rentre chez lui, et chacun prend le relais. <span lang="en">A patient goes home, and everybody takes over.</span></p>
                <h2>1. Ouvrez trois fenêtres <span lang="en">Open three windows</span></h2>
                <p>Chacune est une personne ; mettez-les côte à côte.</p>
                <div class="grid">%s</div>
                <h2>2. Jouez <span lang="en">Play</span></h2>
                <form method="post" action="/try">
                <input type="hidden" name="%s" value="%s">
                <fieldset><legend>Quelle histoire ? <span lang="en">Which story?</span></legend>%s</fieldset>
                <fieldset><legend>À quelle vitesse ? <span lang="en">How fast?</span></legend>
                <label class="choice"><input type="radio" name="seconds" value="5"> <span>Posément <em>(5 s entre deux gestes)</em></span></label>
                <label class="choice"><input type="radio" name="seconds" value="2" checked> <span>À bonne allure <em>(2 s)</em></span></label>
                <label class="choice"><input type="radio" name="seconds" value="0"> <span>D’un trait</span></label></fieldset>
                <button class="go"%s>Jouer <span lang="en">Play</span></button>
                </form>
                %s
                """.formatted(
                                windows,
                                HtmlUtils.htmlEscape(csrf.getParameterName()),
                                HtmlUtils.htmlEscape(csrf.getToken()),
                                stories,
                                told.ended() ? "" : " disabled",
                                happened),
                !told.ended());
    }

    @PostMapping("/try")
    ResponseEntity<Void> play(@RequestParam String story, @RequestParam(defaultValue = "2") int seconds) {
        if (STORIES.stream().noneMatch(one -> one.name().equals(story))) {
            return ResponseEntity.badRequest().build();
        }
        playing.play(story, Duration.ofSeconds(Math.clamp(seconds, 0, 30)));
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/try"))
                .build();
    }

    private static String group(String title, String english, String... roles) {
        String buttons = Personas.all().personas().stream()
                .filter(persona -> Arrays.stream(roles).anyMatch(persona.roles()::contains))
                .map(persona -> """
                        <button class="card" name="username" value="%s"><strong>%s</strong> <span>%s</span></button>
                        """.formatted(
                                HtmlUtils.htmlEscape(persona.key()),
                                HtmlUtils.htmlEscape(persona.name()),
                                HtmlUtils.htmlEscape(persona.about())))
                .collect(Collectors.joining());
        return "<h2>" + title + " <span lang=\"en\">" + english + "</span></h2><div class=\"grid\">" + buttons
                + "</div>";
    }

    private static String page(String title, String main, boolean again) {
        return """
                <!doctype html>
                <html lang="fr">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%s · Relais</title>
                <style>
                :root { --brand: #0b5d5b; --soft: #e3f1ef; --text: #182433; --calm: #55606e; --back: #f9fafb; --card: #fff; --line: #d8dee5; }
                @media (prefers-color-scheme: dark) { :root { --brand: #7fe0c8; --soft: #123b3a; --text: #e6ebf1; --calm: #b3bdc9; --back: #111827; --card: #1f2937; --line: #3a4658; } }
                * { box-sizing: border-box; }
                body { font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; margin: 0; color: var(--text); background: var(--back); }
                header { border-bottom: 1px solid var(--line); background: var(--card); font-weight: 700; font-size: 1.2rem; padding: .8rem 0; }
                header div, main { max-width: 60rem; margin: 0 auto; padding-inline: 1rem; }
                main { padding-block: 1.5rem 4rem; }
                h1 { font-size: 1.7rem; margin: 0 0 .25rem; }
                h2 { font-size: 1.1rem; margin: 1.75rem 0 .6rem; }
                h2 [lang=en], legend [lang=en], .lead [lang=en], .aside [lang=en] { color: var(--calm); font-weight: 400; font-size: .9em; margin-left: .4rem; }
                .lead { margin: 0; font-size: 1.1rem; }
                .aside { margin-top: 2rem; }
                a { color: var(--brand); }
                .grid { display: grid; gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(min(100%%, 17rem), 1fr)); }
                .card { font: inherit; color: inherit; display: block; width: 100%%; text-align: start; align-content: start; text-decoration: none; cursor: pointer; padding: .8rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
                .card strong { display: block; } .card span { color: var(--calm); display: block; } .card span::first-letter { text-transform: uppercase; }
                .card:hover { border-color: var(--brand); background: var(--soft); }
                .card:focus-visible, .go:focus-visible, a:focus-visible, input:focus-visible, pre:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
                fieldset { border: 0; padding: 0; margin: 0 0 1rem; } legend { font-weight: 600; padding: 0; margin-bottom: .3rem; }
                .choice { display: flex; gap: .6rem; align-items: baseline; padding: .25rem 0; } .choice em { color: var(--calm); font-style: normal; }
                .go { font: inherit; font-weight: 600; color: #fff; background: #0b5d5b; border: 0; border-radius: .5rem; padding: .7rem 1.5rem; cursor: pointer; }
                .go [lang=en] { font-weight: 400; margin-left: .4rem; } .go[disabled] { opacity: .6; cursor: progress; }
                pre { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem; overflow: auto; max-height: 32rem; font-size: .85rem; display: flex; flex-direction: column-reverse; }
                footer { margin-top: 2rem; border-top: 1px solid var(--line); color: var(--calm); padding-block: 1rem; }
                </style>
                </head>
                <body>
                <header><div>Relais</div></header>
                <main>
                %s
                <footer>Personnes inventées, pour le développement. En production, Pro Santé Connect tient ce rôle.
                <span lang="en">Invented people, for development.</span></footer>
                </main>
                %s</body>
                </html>
                """.formatted(HtmlUtils.htmlEscape(title), main, again ? FOLLOWING : "");
    }
}
