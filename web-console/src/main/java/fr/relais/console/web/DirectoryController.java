package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Refusal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** Who is in the directory, and what somebody may say of them: full, free, away. */
@Controller
class DirectoryController {

    private final DirectoryPage page;
    private final Directory directory;
    private final Texts texts;

    DirectoryController(DirectoryPage page, Directory directory, Texts texts) {
        this.page = page;
        this.directory = directory;
        this.texts = texts;
    }

    /** What is said of an entry; days are ISO dates. */
    record Saying(
            @Nullable String id,
            @Nullable String state,
            @Nullable String until,
            @Nullable String from,
            @Nullable String to,
            @Nullable String substitute,
            @Nullable String once) {}

    /** An entry as an operator writes it; lists are words between spaces. */
    record Written(
            @Nullable String id,
            @Nullable String name,
            @Nullable String profession,
            @Nullable String type,
            @Nullable String commune,
            @Nullable String specialties,
            @Nullable String structures,
            @Nullable String communes,
            @Nullable String delegateOf,
            @Nullable String memberOf,
            @Nullable List<String> contactKind,
            @Nullable List<String> contactValue,
            @Nullable List<String> contactUse,
            @Nullable String seen,
            @Nullable String once) {}

    private static final Written NOTHING_YET =
            new Written(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    @GetMapping("/directory")
    Rendering list(Visitor visitor, @RequestParam MultiValueMap<String, String> query) {
        String asked = query.getFirst("kind");
        String kind = asked != null && DirectoryPage.KINDS.contains(asked) ? asked : "professionals";
        Map<String, String> filters = new LinkedHashMap<>();
        for (String filter : DirectoryPage.FILTERS) {
            String value = query.getFirst(filter);
            if (value != null
                    && !value.isBlank()
                    && !filter.equals(kind.equals("professionals") ? "type" : "profession")) {
                filters.put(filter, value.strip());
            }
        }
        try {
            Rendering.Builder<?> drawn = Rendering.view("directory")
                    .modelAttribute("directory", page.list(visitor, kind, filters, query.getFirst("after")));
            return ("retired".equals(query.getFirst("said"))
                            ? drawn.modelAttribute(
                                    "said",
                                    new Said(true, texts.in(visitor.language()).text("directory.done.retired"), null))
                            : drawn)
                    .build();
        } catch (Refusal refusal) {
            if (refusal.status() != 400 || filters.isEmpty()) {
                throw refusal;
            }
            return Rendering.view("directory")
                    .modelAttribute("directory", page.list(visitor, kind, Map.of(), null))
                    .modelAttribute("said", Said.no(refusal))
                    .build();
        }
    }

    @GetMapping("/directory/{kind:professionals|structures}")
    Rendering entry(
            Visitor visitor,
            @PathVariable String kind,
            @RequestParam String id,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String at) {
        return draw(
                page.entry(visitor, kind, id, AtLeast.of(at)),
                said != null && said.matches("full|free|forgotten|away|back|described|added")
                        ? new Said(true, texts.in(visitor.language()).text("directory.done." + said), null)
                        : null,
                HttpStatus.OK);
    }

    @PostMapping("/directory/{kind:professionals|structures}/room")
    Rendering room(Visitor visitor, @PathVariable String kind, @ModelAttribute Saying saying) {
        String id = text(saying.id());
        boolean full = "FULL".equals(saying.state());
        return doing(
                visitor,
                kind,
                id,
                full ? "full" : "free",
                () -> directory.sayRoom(
                        visitor,
                        kind,
                        id,
                        full ? "FULL" : "FREE",
                        LocalDate.parse(text(saying.until())),
                        Once.key(saying.once(), "room", id)));
    }

    @PostMapping("/directory/{kind:professionals|structures}/room/forget")
    Rendering forget(Visitor visitor, @PathVariable String kind, @ModelAttribute Saying saying) {
        String id = text(saying.id());
        return doing(
                visitor,
                kind,
                id,
                "forgotten",
                () -> directory.forgetRoom(visitor, kind, id, Once.key(saying.once(), "forget", id)));
    }

    @PostMapping("/directory/{kind:professionals|structures}/absences")
    Rendering away(Visitor visitor, @PathVariable String kind, @ModelAttribute Saying saying) {
        String id = text(saying.id());
        String number = text(saying.substitute()).replace(" ", "");
        // FINESS numbers have nine characters, those of persons eleven and more.
        String substitute = number.isEmpty() ? null : (number.length() == 9 ? "structure:" : "person:") + number;
        return doing(
                visitor,
                kind,
                id,
                "away",
                () -> directory.goAway(
                        visitor,
                        kind,
                        id,
                        LocalDate.parse(text(saying.from())),
                        LocalDate.parse(text(saying.to())),
                        substitute,
                        Once.key(saying.once(), "away", id)));
    }

    @PostMapping("/directory/{kind:professionals|structures}/absences/end")
    Rendering back(Visitor visitor, @PathVariable String kind, @ModelAttribute Saying saying) {
        String id = text(saying.id());
        return doing(
                visitor,
                kind,
                id,
                "back",
                () -> directory.comeBack(
                        visitor,
                        kind,
                        id,
                        LocalDate.parse(text(saying.from())),
                        Once.key(saying.once(), "back", id + saying.from())));
    }

    /** Operators alone; the service says so. What changed since the form was drawn is not written over. */
    @PostMapping("/directory/{kind:professionals|structures}")
    Rendering describe(Visitor visitor, @PathVariable String kind, @ModelAttribute Written written) {
        String id = text(written.id());
        Directory.Entry stands = directory.entry(visitor, kind, id, null);
        if (!DirectoryPage.seen(stands).equals(text(written.seen()))) {
            return draw(
                    page.entry(visitor, kind, id, null),
                    new Said(false, texts.in(visitor.language()).text("directory.changed-meanwhile"), null),
                    HttpStatus.CONFLICT);
        }
        Map<String, Object> as = written(kind, written);
        return doing(
                visitor,
                kind,
                id,
                "described",
                () -> directory.describe(visitor, kind, id, as, Once.key(written.once(), "describe", id)));
    }

    @GetMapping("/directory/{kind:professionals|structures}/new")
    Rendering blank(Visitor visitor, @PathVariable String kind) {
        if (!visitor.is(Visitor.Role.OPERATOR)) {
            throw new Refusal(HttpStatus.NOT_FOUND.value(), "not-found", "", null);
        }
        return form(visitor, kind, NOTHING_YET).build();
    }

    /** Operators alone; the service says so. What was refused is said above what was typed. */
    @PostMapping("/directory/{kind:professionals|structures}/new")
    Rendering add(Visitor visitor, @PathVariable String kind, @ModelAttribute Written written) {
        String id = text(written.id()).replace(" ", "");
        Map<String, Object> as = written(kind, written);
        as.put("id", id);
        try {
            AtLeast at = directory.add(visitor, kind, as, Once.key(written.once(), "add", id));
            return Rendering.redirectTo(DirectoryPage.address(kind, id) + "&said=added&at=" + at)
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            return form(visitor, kind, written)
                    .status(HttpStatus.valueOf(refusal.status()))
                    .modelAttribute("said", Said.no(refusal))
                    .build();
        }
    }

    private Rendering.Builder<?> form(Visitor visitor, String kind, Written written) {
        return Rendering.view("directory-new")
                .modelAttribute("kind", kind)
                .modelAttribute("id", text(written.id()))
                .modelAttribute(
                        "form",
                        page.form(
                                visitor,
                                new Directory.Entry(
                                        text(written.id()),
                                        text(written.name()),
                                        written.type(),
                                        written.profession(),
                                        written.commune(),
                                        words(written.specialties()),
                                        words(written.structures()),
                                        words(written.communes()),
                                        words(written.delegateOf()),
                                        words(written.memberOf()),
                                        null,
                                        null,
                                        contacts(written))))
                .modelAttribute("once", page.once());
    }

    @PostMapping("/directory/{kind:professionals|structures}/retire")
    Rendering retire(Visitor visitor, @PathVariable String kind, @ModelAttribute Saying saying) {
        String id = text(saying.id());
        try {
            directory.retire(visitor, kind, id, Once.key(saying.once(), "retire", id));
            return Rendering.redirectTo("/directory?kind=" + kind + "&said=retired")
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            return draw(page.entry(visitor, kind, id, null), Said.no(refusal), HttpStatus.valueOf(refusal.status()));
        }
    }

    private static Map<String, Object> written(String kind, Written written) {
        Map<String, Object> as =
                new HashMap<>(Map.of("name", text(written.name()), "communes", words(written.communes())));
        if (kind.equals("structures")) {
            as.put("type", text(written.type()));
            as.put("commune", text(written.commune()));
            as.put("memberOf", words(written.memberOf()));
        } else {
            if (!text(written.profession()).isEmpty()) {
                as.put("profession", text(written.profession()));
            }
            as.put("specialties", words(written.specialties()));
            as.put("structures", words(written.structures()));
            as.put("delegateOf", words(written.delegateOf()));
        }
        if (written.contactValue() != null) {
            as.put("contacts", contacts(written));
        }
        return as;
    }

    /** Lines without a value are none; one that was emptied is taken away. */
    private static List<Directory.Contact> contacts(Written written) {
        List<String> kinds = some(written.contactKind());
        List<String> values = some(written.contactValue());
        List<String> uses = some(written.contactUse());
        List<Directory.Contact> contacts = new ArrayList<>();
        for (int line = 0; line < Math.min(values.size(), Math.min(kinds.size(), uses.size())); line++) {
            if (!text(values.get(line)).isEmpty()) {
                contacts.add(new Directory.Contact(kinds.get(line), text(values.get(line)), uses.get(line)));
            }
        }
        return contacts;
    }

    private static List<String> some(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private Rendering doing(Visitor visitor, String kind, String id, String said, Supplier<AtLeast> command) {
        try {
            AtLeast at = command.get();
            return Rendering.redirectTo(DirectoryPage.address(kind, id) + "&said=" + said + "&at=" + at)
                    .status(HttpStatus.SEE_OTHER)
                    .build();
        } catch (Refusal refusal) {
            return draw(page.entry(visitor, kind, id, null), Said.no(refusal), HttpStatus.valueOf(refusal.status()));
        } catch (DateTimeException e) {
            return draw(
                    page.entry(visitor, kind, id, null),
                    new Said(false, texts.in(visitor.language()).text("directory.day-missing"), null),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
    }

    private static List<String> words(@Nullable String field) {
        return Arrays.stream(text(field).split("[\\s,;]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field.strip();
    }

    private static Rendering draw(Listings.Entry entry, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn =
                Rendering.view("directory-entry").status(status).modelAttribute("entry", entry);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
