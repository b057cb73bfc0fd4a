package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.Reoffers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.reactive.result.view.Rendering;

/** Many steps are offered anew, after a look at what that would do to each. */
@Controller
class ReofferController {

    private final ReofferPage page;

    ReofferController(ReofferPage page) {
        this.page = page;
    }

    /**
     * Rows that were ticked.
     *
     * @param item each a pathway and a step of it
     * @param back the board they were ticked on
     */
    record Ticked(
            @Nullable List<String> item,
            @Nullable String back,
            @Nullable String once) {}

    /** Somebody who loads the page again by its address begins at the board. */
    @GetMapping({"/board/offers", "/board/offers/done"})
    Rendering begin() {
        return to("/board");
    }

    @PostMapping("/board/offers")
    Rendering preview(Visitor visitor, @ModelAttribute Ticked ticked) {
        List<Reoffers.Item> items = ReofferPage.items(ticked.item());
        String back = back(ticked);
        return items.isEmpty() ? nothing(back) : draw(page.preview(visitor, items, back));
    }

    @PostMapping("/board/offers/done")
    Rendering offer(Visitor visitor, @ModelAttribute Ticked ticked) {
        List<Reoffers.Item> items = ReofferPage.items(ticked.item());
        String back = back(ticked);
        return items.isEmpty()
                ? nothing(back)
                : draw(page.offer(visitor, items, back, Once.key(ticked.once(), "offers", "all")));
    }

    private static String back(Ticked ticked) {
        String back = Addresses.here(ticked.back());
        return back.startsWith("/board") ? back : "/board";
    }

    private static Rendering nothing(String back) {
        return to(back + (back.contains("?") ? "&" : "?") + "said=nothing-ticked");
    }

    private static Rendering to(String address) {
        return Rendering.redirectTo(address).status(HttpStatus.SEE_OTHER).build();
    }

    private static Rendering draw(Reoffer reoffer) {
        return Rendering.view("board-offers").modelAttribute("reoffer", reoffer).build();
    }
}
