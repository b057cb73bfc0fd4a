package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** One pathway: who has it, what happened, and what I do about it. */
@Controller
class PathwayController {

    private final PathwayPage page;
    private final Pathways pathways;
    private final Texts texts;

    PathwayController(PathwayPage page, Pathways pathways, Texts texts) {
        this.page = page;
        this.pathways = pathways;
        this.texts = texts;
    }

    /** A note, as a form sends it. */
    record Written(
            @Nullable String text,
            @Nullable String urgent,
            @Nullable String once) {

        @Override
        public String toString() {
            return "Written[withheld]";
        }
    }

    @GetMapping("/pathways/{id}")
    Rendering pathway(
            Visitor visitor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String note,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        Said done = said != null && said.matches("complete|reassign|fail|note|accept|undo|decline")
                ? new Said(true, texts.in(visitor.language()).text("inbox.done." + said), null)
                : null;
        return draw(
                fragment == null ? "pathway" : "pathway :: pathway",
                page.of(visitor, id, after, note, AtLeast.of(at)),
                done,
                HttpStatus.OK);
    }

    @PostMapping("/pathways/{id}/notes")
    Rendering write(Visitor visitor, @PathVariable String id, @ModelAttribute Written written) {
        try {
            AtLeast at = pathways.addNote(
                    visitor,
                    id,
                    written.text() == null ? "" : written.text(),
                    written.urgent() != null,
                    Once.key(written.once(), "note", id));
            return Rendering.redirectTo("/pathways/" + id + "?said=note&at=" + at)
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            return draw(
                    "pathway",
                    page.of(visitor, id, null, null, null),
                    Said.no(refusal),
                    HttpStatus.valueOf(refusal.status()));
        }
    }

    private static Rendering draw(String view, PathwayModel pathway, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view(view).status(status).modelAttribute("pathway", pathway);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
