package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Names;
import fr.relais.console.api.Pathway;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.Template;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** Two people on the phone open the same pathway: one reads its code aloud, the other types it. */
@Controller
class CallController {

    private final Pathways pathways;
    private final Names names;
    private final Texts texts;

    CallController(Pathways pathways, Names names, Texts texts) {
        this.pathways = pathways;
        this.names = names;
        this.texts = texts;
    }

    /** One of several pathways that bear the same code. */
    record Found(String id, String title, String place, String state, Texts.When opened) {}

    /**
     * What the page shows.
     *
     * @param code as it was typed
     * @param why what is wrong with it, in one sentence; null where nothing is
     */
    record Calls(String code, @Nullable String why, List<Found> found) {}

    @GetMapping("/calls")
    Rendering call(Visitor visitor, @RequestParam(defaultValue = "") String code) {
        String typed = code.strip();
        if (typed.isEmpty()) {
            return draw(new Calls("", null, List.of()), HttpStatus.OK);
        }
        List<Pathway> found;
        try {
            found = pathways.withCode(visitor, typed);
        } catch (Refusal refusal) {
            if (refusal.status() != HttpStatus.BAD_REQUEST.value()) {
                throw refusal;
            }
            return draw(
                    new Calls(typed, texts.in(visitor.language()).text("calls.malformed"), List.of()),
                    HttpStatus.BAD_REQUEST);
        }
        if (found.size() == 1) {
            return Rendering.redirectTo("/pathways/" + found.getFirst().id())
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        }
        Texts.Reader reader = texts.in(visitor.language());
        return draw(
                new Calls(
                        typed,
                        found.isEmpty() ? reader.text("calls.none") : null,
                        found.isEmpty() ? List.of() : choice(visitor, found, reader)),
                HttpStatus.OK);
    }

    /** Those that go on before those that are over, the youngest first. */
    private List<Found> choice(Visitor visitor, List<Pathway> found, Texts.Reader reader) {
        String language = visitor.language().getLanguage();
        Map<String, String> titles = pathways.templates(visitor).stream()
                .collect(Collectors.toMap(
                        Template::id, template -> template.title().getOrDefault(language, template.key())));
        Map<String, String> called = names.of(
                visitor,
                found.stream().map(each -> Names.commune(each.commune())).toList());
        return found.stream()
                .sorted(Comparator.comparing((Pathway each) -> each.status().equals("closed"))
                        .thenComparing(Comparator.comparing(Pathway::openedAt).reversed()))
                .map(each -> new Found(
                        each.id(),
                        titles.getOrDefault(each.template(), each.template()),
                        reader.place(each.commune(), called),
                        reader.code("pathway", each.status()),
                        reader.at(each.openedAt())))
                .toList();
    }

    private static Rendering draw(Calls calls, HttpStatus status) {
        return Rendering.view("calls")
                .status(status)
                .modelAttribute("calls", calls)
                .build();
    }
}
