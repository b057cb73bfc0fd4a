package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.springframework.web.util.UriComponentsBuilder;

/** What waits for me, and what I took on: answered from the list. */
@Controller
class InboxController {

    private static final Set<String> ACTIONS = Set.of("accept", "decline", "complete", "reassign", "fail", "undo");

    /** What is said on the page of oneself, from the list. */
    private static final Set<String> SAID_ELSEWHERE = Set.of("full");

    /** Whoever says this of one request may want to say it of all that follow. */
    private static final Set<String> NO_ROOM = Set.of("full", "out-of-area");

    private final InboxPage page;
    private final Pathways pathways;
    private final Texts texts;

    InboxController(InboxPage page, Pathways pathways, Texts texts) {
        this.page = page;
        this.pathways = pathways;
        this.texts = texts;
    }

    /**
     * An answer, as a form sends it.
     *
     * @param back the page it was given on
     */
    record Answer(
            @Nullable String reason,
            @Nullable String once,
            @Nullable String back) {}

    @GetMapping("/inbox")
    Rendering inbox(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String asks,
            @RequestParam(required = false) @Nullable String tasks,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String handoff,
            @RequestParam(required = false) @Nullable String reason,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        Said done = said == null || !(ACTIONS.contains(said) || SAID_ELSEWHERE.contains(said))
                ? null
                : done(visitor, said, handoff, reason);
        return draw(
                fragment == null ? "inbox" : "inbox :: inbox",
                page.of(visitor, asks, tasks, AtLeast.of(at)),
                done,
                HttpStatus.OK);
    }

    @PostMapping("/inbox/{handoff}/{action}")
    Rendering answer(
            Visitor visitor,
            @PathVariable String handoff,
            @PathVariable String action,
            @ModelAttribute Answer answer,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        if (!ACTIONS.contains(action)) {
            return Rendering.redirectTo("/inbox").status(HttpStatus.SEE_OTHER).build();
        }
        try {
            AtLeast at = pathways.answer(
                    visitor,
                    handoff,
                    action,
                    answer.reason() == null ? null : Map.of("reason", answer.reason()),
                    Once.key(answer.once(), action, handoff));
            if (fragment != null) {
                return draw(
                        "inbox :: answered",
                        page.of(visitor, null, null, at),
                        done(visitor, action, handoff, answer.reason()),
                        HttpStatus.OK);
            }
            UriComponentsBuilder next = UriComponentsBuilder.fromPath(Addresses.here(back(answer)))
                    .queryParam("said", action)
                    .queryParam("handoff", handoff)
                    .queryParam("at", at);
            if (answer.reason() != null && NO_ROOM.contains(answer.reason())) {
                next.queryParam("reason", answer.reason());
            }
            return Rendering.redirectTo(next.toUriString())
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            // Somebody else was faster, or the pathway went on: a sentence beside the list as it stands now.
            Said no = Said.no(refusal);
            // htmx draws only what is well; the sentence says that it is not.
            return draw(
                    fragment == null ? "inbox" : "inbox :: answered",
                    page.of(visitor, null, null, null),
                    no,
                    fragment == null ? HttpStatus.valueOf(refusal.status()) : HttpStatus.OK);
        }
    }

    private static String back(Answer answer) {
        return answer.back() == null ? "/inbox" : answer.back();
    }

    private Said done(Visitor visitor, String action, @Nullable String handoff, @Nullable String reason) {
        Texts.Reader reader = texts.in(visitor.language());
        if (SAID_ELSEWHERE.contains(action)) {
            return new Said(true, reader.text("me.done." + action), null);
        }
        boolean noRoom = action.equals("decline") && reason != null && NO_ROOM.contains(reason);
        return new Said(
                true,
                reader.text("inbox.done." + action),
                action.equals("accept") && handoff != null && handoff.matches("[A-Za-z0-9-]+") ? handoff : null,
                noRoom && visitor.is(Visitor.Role.PROFESSIONAL) ? MePage.until(reader) : List.of());
    }

    private static Rendering draw(String view, Inbox inbox, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view(view).status(status).modelAttribute("inbox", inbox);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
