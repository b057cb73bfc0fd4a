package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** The last weeks, drawn and as numbers. */
@Controller
class WeeksController {

    private final WeeksPage page;

    WeeksController(WeeksPage page) {
        this.page = page;
    }

    @GetMapping("/board/weeks")
    Rendering weeks(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String collective,
            @RequestParam(required = false) @Nullable String after) {
        return Rendering.view("weeks")
                .modelAttribute(
                        "weeks",
                        page.of(
                                visitor,
                                "professions".equals(by) ? "professions" : "structures",
                                BoardController.collective(visitor, collective),
                                after))
                .build();
    }
}
