package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** How things stand in each commune, as a map and as a table. */
@Controller
class CommunesController {

    private final CommunesPage page;

    CommunesController(CommunesPage page) {
        this.page = page;
    }

    @GetMapping("/board/communes")
    Rendering communes(Visitor visitor, @RequestParam(required = false) @Nullable String collective) {
        return Rendering.view("communes")
                .modelAttribute("communes", page.of(visitor, BoardController.collective(visitor, collective)))
                .build();
    }
}
