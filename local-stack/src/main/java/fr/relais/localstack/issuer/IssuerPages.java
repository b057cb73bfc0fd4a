package fr.relais.localstack.issuer;

import fr.relais.localstack.persona.DevTokens;
import fr.relais.localstack.persona.Persona;
import fr.relais.localstack.persona.Personas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

/** Who there is, a token for the asking, and the page where one chooses who to be. */
@RestController
class IssuerPages {

    private final DevTokens tokens;

    IssuerPages(DevTokens tokens) {
        this.tokens = tokens;
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

    @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    String login(CsrfToken csrf) {
        String buttons = Personas.all().personas().stream()
                .map(persona -> """
                        <li><button name="username" value="%s"><strong>%s</strong>, %s</button></li>
                        """.formatted(
                                HtmlUtils.htmlEscape(persona.key()),
                                HtmlUtils.htmlEscape(persona.name()),
                                HtmlUtils.htmlEscape(persona.about())))
                .collect(Collectors.joining());
        return """
                <!doctype html>
                <html lang="fr">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>Relais : qui êtes-vous ?</title>
                <style>
                body { font: 1.1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem; }
                ul { list-style: none; padding: 0; }
                button { font: inherit; width: 100%%; text-align: start; padding: .7rem 1rem; margin: .2rem 0; }
                </style>
                </head>
                <body>
                <h1>Qui êtes-vous ?</h1>
                <p>Personnes inventées, pour le développement. En production, Pro Santé Connect tient ce rôle.</p>
                <form method="post" action="/login">
                <input type="hidden" name="%s" value="%s">
                <input type="hidden" name="password" value="%s">
                <ul>
                %s</ul>
                </form>
                </body>
                </html>
                """.formatted(
                        HtmlUtils.htmlEscape(csrf.getParameterName()),
                        HtmlUtils.htmlEscape(csrf.getToken()),
                        IssuerConfiguration.PASSWORD,
                        buttons);
    }
}
