package fr.relais.console.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Boards;
import fr.relais.console.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is late, what nobody has, and what is done about it from the list. */
@Controller
class BoardController {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalTime MORNING = LocalTime.of(9, 0);

    private final BoardPage page;
    private final Boards boards;
    private final Texts texts;
    private final InstantSource time;

    BoardController(BoardPage page, Boards boards, Texts texts, InstantSource time) {
        this.page = page;
        this.boards = boards;
        this.texts = texts;
        this.time = time;
    }

    /**
     * Something done about a row.
     *
     * @param again when to call again: {@code 1h}, {@code 3h} or {@code tomorrow}
     * @param back the board it was done on
     */
    record Done(
            @Nullable String again,
            @Nullable String once,
            @Nullable String back) {}

    @GetMapping("/board")
    Rendering board(
            Visitor visitor,
            @RequestParam MultiValueMap<String, String> query,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        String said = query.getFirst("said");
        return draw(
                fragment == null ? "board" : "board :: board",
                visitor,
                query,
                said == null || !said.matches("called|offered|nothing-ticked")
                        ? null
                        : new Said(
                                !said.equals("nothing-ticked"),
                                texts.in(visitor.language()).text("board.done." + said),
                                null));
    }

    /** The whole list as a file, as long as it is: passed on as it comes. */
    @GetMapping("/board.csv")
    Mono<ResponseEntity<Flux<DataBuffer>>> export(Visitor visitor, @RequestParam MultiValueMap<String, String> query) {
        String kind = query.getFirst("kind");
        return boards.export(visitor, kind == null ? "late" : kind, filters(visitor, query))
                .map(list -> ResponseEntity.ok()
                        .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"relais.csv\"")
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .body(list.getBody()));
    }

    @PostMapping("/board/{pathway}/{step}/call")
    Rendering called(
            Visitor visitor, @PathVariable String pathway, @PathVariable String step, @ModelAttribute Done done) {
        return doing(
                visitor,
                done,
                "called",
                () -> boards.called(
                        visitor, pathway, step, again(done.again()), Once.key(done.once(), "call", pathway + step)));
    }

    @PostMapping("/board/{pathway}/{step}/offer")
    Rendering offer(
            Visitor visitor, @PathVariable String pathway, @PathVariable String step, @ModelAttribute Done done) {
        return doing(
                visitor,
                done,
                "offered",
                () -> boards.offer(visitor, pathway, step, Once.key(done.once(), "offer", pathway + step)));
    }

    /** Who was too late, or may not, reads why, beside the board as it now stands. */
    private Rendering doing(Visitor visitor, Done done, String said, Supplier<AtLeast> command) {
        String back = done.back() == null ? "/board" : Addresses.here(done.back());
        try {
            return back(back, said, command.get());
        } catch (Refusal refusal) {
            MultiValueMap<String, String> query = new LinkedMultiValueMap<>();
            UriComponentsBuilder.fromUriString(back)
                    .build()
                    .getQueryParams()
                    .forEach((name, values) -> values.forEach(
                            value -> query.add(name, value == null ? null : UriUtils.decode(value, UTF_8))));
            return draw("board", visitor, query, Said.no(refusal));
        }
    }

    private Instant again(@Nullable String again) {
        Instant now = time.instant();
        return switch (again == null ? "" : again) {
            case "3h" -> now.plus(Duration.ofHours(3));
            case "tomorrow" ->
                now.atZone(PARIS)
                        .toLocalDate()
                        .plusDays(1)
                        .atTime(MORNING)
                        .atZone(PARIS)
                        .toInstant();
            default -> now.plus(Duration.ofHours(1));
        };
    }

    private static Rendering back(String back, String said, AtLeast at) {
        return Rendering.redirectTo(back + (back.contains("?") ? "&" : "?") + "said=" + said + "&at=" + at)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    /** The collective that other pages of numbers are narrowed to, for who may choose one. */
    static @Nullable String collective(Visitor visitor, @Nullable String asked) {
        return asked == null || asked.isBlank() || !visitor.looksAtAll() ? null : asked.strip();
    }

    private static Map<String, String> filters(Visitor visitor, MultiValueMap<String, String> query) {
        Map<String, String> filters = new LinkedHashMap<>();
        for (String filter : BoardPage.FILTERS) {
            String value = query.getFirst(filter);
            if (value != null && !value.isBlank()) {
                filters.put(filter, value.strip());
            }
        }
        if (collective(visitor, filters.get(BoardPage.COLLECTIVE)) == null) {
            filters.remove(BoardPage.COLLECTIVE);
        }
        return filters;
    }

    private Rendering draw(String view, Visitor visitor, MultiValueMap<String, String> query, @Nullable Said said) {
        Map<String, String> filters = filters(visitor, query);
        String kind = query.getFirst("kind");
        Optional<String> named = page.named(filters);
        if (named.isPresent()) {
            return found(view, visitor, kind == null ? "late" : kind, filters, named.get());
        }
        Rendering.Builder<?> drawn = Rendering.view(view);
        try {
            drawn = drawn.modelAttribute(
                    "board",
                    page.of(
                            visitor,
                            kind == null ? "late" : kind,
                            filters,
                            query.getFirst("after"),
                            AtLeast.of(query.getFirst("at"))));
        } catch (Refusal refusal) {
            if (refusal.status() != 400 || filters.isEmpty()) {
                throw refusal;
            }
            // A filter that nobody can read: the board without it, and why.
            return Rendering.view(view)
                    .modelAttribute("board", page.of(visitor, kind == null ? "late" : kind, Map.of(), null, null))
                    .modelAttribute("said", Said.no(refusal))
                    .build();
        }
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }

    /** A name was typed: the list of the one who bears it, or the question which one is meant. */
    private Rendering found(String view, Visitor visitor, String kind, Map<String, String> filters, String filter) {
        List<Board.Choice> bearers = page.bearers(visitor, kind, filters, filter);
        if (bearers.size() == 1) {
            return Rendering.redirectTo(bearers.getFirst().key())
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        }
        Map<String, String> without = new LinkedHashMap<>(filters);
        String name = without.remove(filter);
        // One at a time: what else was typed as a name is asked for next.
        page.named(without).ifPresent(without::remove);
        Rendering.Builder<?> drawn =
                Rendering.view(view).modelAttribute("board", page.of(visitor, kind, without, null, null));
        return (bearers.isEmpty()
                        ? drawn.modelAttribute(
                                "said",
                                new Said(
                                        false,
                                        texts.in(visitor.language()).text("board.nobody-named", String.valueOf(name)),
                                        null))
                        : drawn.modelAttribute("which", new Board.Which(String.valueOf(name), bearers)))
                .build();
    }
}
