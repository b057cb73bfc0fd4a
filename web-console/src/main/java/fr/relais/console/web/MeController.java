package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.Wishes;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.util.UriComponentsBuilder;

/** What somebody says of themselves: full, away, and how they want to be told. */
@Controller
class MeController {

    private static final String PROFESSIONALS = "professionals";

    private final MePage page;
    private final Directory directory;
    private final Wishes wishes;
    private final Texts texts;

    MeController(MePage page, Directory directory, Wishes wishes, Texts texts) {
        this.page = page;
        this.directory = directory;
        this.wishes = wishes;
        this.texts = texts;
    }

    /**
     * Room, as a form sends it.
     *
     * @param until last day, ISO; none takes back what was said
     * @param back the page it was said on
     */
    record Room(
            @Nullable String until,
            @Nullable String day,
            @Nullable String once,
            @Nullable String back) {}

    /** Days away, as a form sends them. */
    record Away(
            @Nullable String from,
            @Nullable String to,
            @Nullable String substitute,
            @Nullable String rpps,
            @Nullable String once) {}

    /** How to be told, as a form sends it. */
    record Told(
            @Nullable String email,
            @Nullable String software,
            @Nullable String digestAt,
            @Nullable String language,
            @Nullable String once) {

        @Override
        public String toString() {
            return "Told[withheld]";
        }
    }

    @GetMapping("/me")
    Rendering me(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String at) {
        Said done = said != null && said.matches("full|room-forgotten|away|back|told|tried|tried-none")
                ? new Said(true, texts.in(visitor.language()).text("me.done." + said), null)
                : null;
        return draw(visitor, AtLeast.of(at), done, HttpStatus.OK);
    }

    @PostMapping("/me/room")
    Rendering room(Visitor visitor, @ModelAttribute Room room) {
        String until = room.until() == null || room.until().isBlank() ? room.day() : room.until();
        String back = room.back() == null ? "/me" : Addresses.here(room.back());
        return doing(
                visitor,
                () -> directory.sayRoom(
                        visitor,
                        PROFESSIONALS,
                        me(visitor),
                        "FULL",
                        day(until),
                        Once.key(room.once(), "full", String.valueOf(until))),
                back,
                "full");
    }

    @PostMapping("/me/room/forget")
    Rendering forget(Visitor visitor, @ModelAttribute Room room) {
        return doing(
                visitor,
                () -> directory.forgetRoom(
                        visitor, PROFESSIONALS, me(visitor), Once.key(room.once(), "room-forgotten", "me")),
                "/me",
                "room-forgotten");
    }

    @PostMapping("/me/absences")
    Rendering away(Visitor visitor, @ModelAttribute Away away) {
        String rpps = away.rpps() == null ? "" : away.rpps().replace(" ", "");
        String named = away.substitute() == null || away.substitute().isBlank() ? null : away.substitute();
        String substitute = rpps.isEmpty() ? named : "person:" + rpps;
        return doing(
                visitor,
                () -> directory.goAway(
                        visitor,
                        PROFESSIONALS,
                        me(visitor),
                        day(away.from()),
                        day(away.to()),
                        substitute,
                        Once.key(away.once(), "away", String.valueOf(away.from()))),
                "/me",
                "away");
    }

    @PostMapping("/me/absences/{from}/end")
    Rendering back(Visitor visitor, @PathVariable String from, @ModelAttribute Room room) {
        return doing(
                visitor,
                () -> directory.comeBack(
                        visitor, PROFESSIONALS, me(visitor), day(from), Once.key(room.once(), "back", from)),
                "/me",
                "back");
    }

    @PostMapping("/me/notifications")
    Rendering tell(Visitor visitor, @ModelAttribute Told told) {
        String email = told.email() == null || told.email().isBlank()
                ? null
                : told.email().strip();
        List<String> channels = new ArrayList<>();
        if (told.software() != null) {
            channels.add("WEBHOOK");
        }
        if (email != null) {
            channels.add("EMAIL");
        }
        try {
            wishes.say(
                    visitor,
                    channels,
                    email,
                    told.digestAt() == null || told.digestAt().isBlank() ? "07:30" : told.digestAt(),
                    "en".equals(told.language()) ? "en" : "fr",
                    Once.key(told.once(), "told", "me"));
            return to("/me", "told", null);
        } catch (Refusal refusal) {
            return draw(visitor, null, Said.no(refusal), HttpStatus.valueOf(refusal.status()));
        }
    }

    @PostMapping("/me/notifications/test")
    Rendering tryOut(Visitor visitor, @ModelAttribute Told told) {
        try {
            List<String> tried = wishes.tryOut(visitor, Once.key(told.once(), "test", "me"));
            return to("/me", tried.isEmpty() ? "tried-none" : "tried", null);
        } catch (Refusal refusal) {
            return draw(visitor, null, Said.no(refusal), HttpStatus.valueOf(refusal.status()));
        }
    }

    private Rendering doing(Visitor visitor, Supplier<AtLeast> command, String back, String said) {
        try {
            AtLeast at = command.get();
            return to(back, said, back.equals("/me") ? at : null);
        } catch (Refusal refusal) {
            return draw(visitor, null, Said.no(refusal), HttpStatus.valueOf(refusal.status()));
        } catch (DateTimeException e) {
            return draw(
                    visitor,
                    null,
                    new Said(false, texts.in(visitor.language()).text("me.day-missing"), null),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static Rendering to(String back, String said, @Nullable AtLeast at) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(back).queryParam("said", said);
        if (at != null) {
            address.queryParam("at", at);
        }
        return Rendering.redirectTo(address.toUriString())
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private static String me(Visitor visitor) {
        return visitor.key().substring("person:".length());
    }

    private static LocalDate day(@Nullable String day) {
        return LocalDate.parse(day == null ? "" : day);
    }

    private Rendering draw(Visitor visitor, @Nullable AtLeast at, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view("me").status(status).modelAttribute("me", page.of(visitor, at));
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
