package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final SheetPage sheets;
    private final Pathways pathways;
    private final Texts texts;

    PathwayController(PathwayPage page, SheetPage sheets, Pathways pathways, Texts texts) {
        this.sheets = sheets;
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
            @RequestParam(required = false) @Nullable Long since,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        Said done = said != null
                        && said.matches(
                                "complete|reassign|fail|note|accept|undo|decline|weeks|report-done|correct-report|calls")
                ? new Said(true, texts.in(visitor.language()).text("inbox.done." + said), null)
                : null;
        return draw(
                fragment == null ? "pathway" : "pathway :: pathway",
                page.of(visitor, id, after, note, since, AtLeast.of(at)),
                done,
                HttpStatus.OK);
    }

    /** Five lines for the visitor's own software. */
    @GetMapping("/pathways/{id}/copy")
    Rendering copy(Visitor visitor, @PathVariable String id) {
        return Rendering.view("copy")
                .modelAttribute("sheet", sheets.of(visitor, id, null))
                .build();
    }

    /** The patient gets a new sheet; what changed since the one before is marked on it. */
    @PostMapping("/pathways/{id}/sheet")
    Rendering newSheet(Visitor visitor, @PathVariable String id) {
        Pathways.Sheet before = pathways.printed(visitor, id);
        return Rendering.redirectTo("/pathways/" + id + "/sheet"
                        + (before.before() == null || before.beforeAt() == null
                                ? ""
                                : "?since=" + before.before() + "&before=" + before.beforeAt()))
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    /**
     * One page for the patient.
     *
     * @param since up to which event the sheet before was written; null where there was none
     * @param before when that was
     */
    @GetMapping("/pathways/{id}/sheet")
    Rendering sheet(
            Visitor visitor,
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Long since,
            @RequestParam(required = false) @Nullable Instant before) {
        return Rendering.view("sheet")
                .modelAttribute(
                        "sheet",
                        sheets.of(
                                visitor,
                                id,
                                since == null || before == null ? null : new SheetPage.Former(since, before)))
                .build();
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
                    page.of(visitor, id, null, null, null, null),
                    Said.no(refusal),
                    HttpStatus.valueOf(refusal.status()));
        }
    }

    /**
     * What somebody says of a step, as a form sends it.
     *
     * @param except days of the week on which it was not done, ISO
     * @param outcome of a call
     * @param callBackAt when they try again, an ISO instant
     */
    record OfStep(
            @Nullable List<String> except,
            @Nullable String outcome,
            @Nullable String callBackAt,
            @Nullable String once) {}

    @PostMapping("/pathways/{id}/steps/{step}/{what:weeks|report-done|correct-report|calls}")
    Rendering say(
            Visitor visitor,
            @PathVariable String id,
            @PathVariable String step,
            @PathVariable String what,
            @ModelAttribute OfStep said) {
        Map<String, Object> body = new HashMap<>();
        if (what.equals("weeks")) {
            body.put("except", said.except() == null ? List.of() : said.except());
        } else if (what.equals("calls")) {
            body.put("outcome", said.outcome() == null ? "no-answer" : said.outcome());
            if (said.callBackAt() != null && !said.callBackAt().isBlank()) {
                body.put("callBackAt", said.callBackAt());
            }
        }
        try {
            AtLeast at = pathways.say(visitor, id, step, what, body, Once.key(said.once(), what, step));
            return Rendering.redirectTo("/pathways/" + id + "?said=" + what + "&at=" + at)
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            return draw(
                    "pathway",
                    page.of(visitor, id, null, null, null, null),
                    Said.no(refusal),
                    HttpStatus.valueOf(refusal.status()));
        }
    }

    private static Rendering draw(String view, PathwayModel pathway, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view(view).status(status).modelAttribute("pathway", pathway);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
