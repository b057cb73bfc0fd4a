package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Pathways;
import fr.relais.console.api.Refusal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
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

/** My day and my patients; for a secretary, the appointments of her colleagues. */
@Controller
class DayController {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final DayPage page;
    private final Pathways pathways;
    private final Texts texts;

    DayController(DayPage page, Pathways pathways, Texts texts) {
        this.page = page;
        this.pathways = pathways;
        this.texts = texts;
    }

    /**
     * An appointment, as a form sends it.
     *
     * @param startsAt local time in Europe/Paris, as in {@code 2026-11-24T09:30}
     */
    record Booked(@Nullable String startsAt, @Nullable String once) {}

    @GetMapping("/day")
    Rendering day(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        Said done = said != null && said.matches("complete|appointment")
                ? new Said(true, texts.in(visitor.language()).text("inbox.done." + said), null)
                : null;
        return draw(fragment == null ? "day" : "day :: day", page.of(visitor, AtLeast.of(at)), done, HttpStatus.OK);
    }

    @PostMapping("/day/{handoff}/appointment")
    Rendering book(Visitor visitor, @PathVariable String handoff, @ModelAttribute Booked booked) {
        String startsAt;
        try {
            startsAt = LocalDateTime.parse(booked.startsAt() == null ? "" : booked.startsAt())
                    .atZone(PARIS)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return no(visitor, new Said(false, texts.in(visitor.language()).text("day.when-missing"), null), 422);
        }
        try {
            AtLeast at = pathways.answer(
                    visitor,
                    handoff,
                    "appointment",
                    Map.of("status", "booked", "startsAt", startsAt),
                    Once.key(booked.once(), "appointment", handoff));
            return Rendering.redirectTo("/day?said=appointment&at=" + at)
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            return no(visitor, Said.no(refusal), refusal.status());
        }
    }

    private Rendering no(Visitor visitor, Said said, int status) {
        return draw("day", page.of(visitor, null), said, HttpStatus.valueOf(status));
    }

    private static Rendering draw(String view, Day day, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view(view).status(status).modelAttribute("day", day);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
