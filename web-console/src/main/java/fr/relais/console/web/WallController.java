package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.access.Wall;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Dashboard;
import fr.relais.console.web.Texts.Reader;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.server.WebSession;

/** A screen that everybody who passes may read: numbers, and nothing that leads to a patient. */
@Controller
class WallController {

    /** Who passes by can do nothing about them; a board shows them. */
    private static final Set<String> NOT_HERE = Set.of("escalated", "attention");

    private final Boards boards;
    private final Texts texts;

    WallController(Boards boards, Texts texts) {
        this.boards = boards;
        this.texts = texts;
    }

    @GetMapping("/wall")
    Rendering wall(
            Visitor visitor,
            WebSession session,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        if (!Wall.is(session)) {
            // Whoever may not see the numbers is told so now, and not once the screen hangs.
            boards.dashboard(visitor, Map.of());
            return Rendering.view("wall-begin").build();
        }
        Reader reader = texts.in(visitor.language());
        Dashboard dashboard = boards.dashboard(visitor, Map.of());
        return Rendering.view(fragment == null ? "wall" : "wall :: wall")
                .modelAttribute("numbers", numbers(dashboard, reader))
                .modelAttribute("at", Objects.requireNonNull(reader.when(dashboard.at())))
                .build();
    }

    /** From now on this session is a wall's. */
    @PostMapping("/wall")
    Rendering begin(Visitor visitor, WebSession session) {
        boards.dashboard(visitor, Map.of());
        Wall.begin(session);
        return Rendering.redirectTo("/wall").status(HttpStatus.SEE_OTHER).build();
    }

    /** Late and probably done stand apart: nobody adds them up. */
    private static List<Board.Counter> numbers(Dashboard dashboard, Reader reader) {
        return BoardPage.counters(dashboard, "", Map.of(), reader).stream()
                .filter(counter -> !NOT_HERE.contains(counter.kind()))
                .toList();
    }
}
