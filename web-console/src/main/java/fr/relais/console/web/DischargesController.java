package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.AtLeast;
import fr.relais.console.api.Directory;
import fr.relais.console.api.Names;
import fr.relais.console.api.Preparation;
import fr.relais.console.api.Refusal;
import fr.relais.console.api.ServiceAway;
import fr.relais.console.api.Wards;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.reactive.result.view.Rendering;

/** A ward's discharges: who was forgotten, who is included, what became of those who were. */
@Controller
class DischargesController {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    /** A commune's code, by itself or after its name, as a browser completes it: {@code Guéret (23096)}. */
    private static final Pattern COMMUNE = Pattern.compile("(?:.*\\()?(\\d[0-9AB]\\d{3})\\)?");

    private static final Pattern TIME =
            Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])-([0-2][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]");

    /** What pathway-service takes. */
    private static final int LARGEST = 700_000;

    /** More of one commune than anybody chooses from. */
    private static final int COLLECTIVES = 20;

    /** Before so many letters a name says nothing. */
    private static final int SHORTEST = 2;

    private final DischargesPage page;
    private final Wards wards;
    private final Names names;
    private final Directory directory;
    private final Texts texts;
    private final InstantSource time;

    DischargesController(
            DischargesPage page, Wards wards, Names names, Directory directory, Texts texts, InstantSource time) {
        this.page = page;
        this.wards = wards;
        this.names = names;
        this.directory = directory;
        this.texts = texts;
        this.time = time;
    }

    /**
     * An inclusion, as the form sends it. The patient comes in the body: an address is kept in too many places.
     *
     * @param coordinator FINESS number of the structure that watches; found by the commune where it is left out
     * @param how the patient was informed: {@code oral}, {@code written} or {@code relative}
     * @param order present where the order for nursing was given
     * @param material present where material and drugs are available
     * @param line number to call
     * @param until until when somebody answers there, as the clock of the ward shows it: {@code 2026-11-23T18:00}
     */
    record Inclusion(
            @Nullable String stay,
            @Nullable String patient,
            @Nullable String template,
            @Nullable String commune,
            @Nullable String coordinator,
            @Nullable String how,
            @Nullable String order,
            @Nullable String material,
            @Nullable String line,
            @Nullable String until,
            @Nullable String once) {

        @Override
        public String toString() {
            return "Inclusion[withheld]";
        }
    }

    @GetMapping("/discharges")
    Rendering discharges(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String said,
            @RequestParam(required = false) @Nullable String at,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        Said done = said != null && said.matches("included|letter|letter-sent")
                ? new Said(true, texts.in(visitor.language()).text("discharges.done." + said), null)
                : null;
        return draw(
                fragment == null ? "discharges" : "discharges :: discharges",
                page.of(visitor, after, null, AtLeast.of(at)),
                done,
                HttpStatus.OK);
    }

    /** Says who they are. A POST, because each look is recorded. */
    @PostMapping("/discharges/named")
    Rendering named(Visitor visitor) {
        return draw("discharges", page.named(visitor), null, HttpStatus.OK);
    }

    /** Opens the form for one stay. A POST, because it looks up who the patient is, and each look is recorded. */
    @PostMapping("/discharges/including")
    Rendering including(Visitor visitor, @ModelAttribute Inclusion inclusion) {
        return draw("discharges", page.of(visitor, null, inclusion.stay(), null), null, HttpStatus.OK);
    }

    @PostMapping("/discharges/inclusions")
    Rendering include(Visitor visitor, @ModelAttribute Inclusion inclusion) {
        String typed = text(inclusion.commune());
        Matcher code = COMMUNE.matcher(typed);
        List<Names.Commune> communes = code.matches() || typed.isEmpty() ? List.of() : communes(visitor, typed);
        if (communes.size() > 1) {
            return again(
                    visitor,
                    inclusion,
                    communes,
                    List.of(),
                    new Said(false, texts.in(visitor.language()).text("discharges.commune.which", typed), null),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        String commune = code.matches()
                ? code.group(1)
                : communes.isEmpty() ? typed : communes.getFirst().code();
        List<Directory.Entry> coordinators =
                text(inclusion.coordinator()).isEmpty() ? coordinators(visitor, commune) : List.of();
        if (coordinators.size() > 1) {
            return again(
                    visitor,
                    inclusion,
                    List.of(),
                    coordinators,
                    new Said(false, texts.in(visitor.language()).text("discharges.coordinator.which"), null),
                    HttpStatus.UNPROCESSABLE_CONTENT);
        }
        AtLeast at;
        try {
            at = wards.include(
                    visitor,
                    text(inclusion.patient()),
                    text(inclusion.template()),
                    commune,
                    coordinators.isEmpty()
                            ? text(inclusion.coordinator())
                            : coordinators.getFirst().id(),
                    time.instant(),
                    text(inclusion.how()),
                    ready(inclusion),
                    Once.key(inclusion.once(), "include", text(inclusion.stay())));
        } catch (Refusal refusal) {
            return again(
                    visitor, inclusion, List.of(), List.of(), Said.no(refusal), HttpStatus.valueOf(refusal.status()));
        }
        return back("included", at);
    }

    /** What a browser offers while the name of a commune is typed. */
    @PostMapping("/discharges/communes")
    Rendering communes(Visitor visitor, @ModelAttribute Inclusion inclusion) {
        String typed = text(inclusion.commune());
        return Rendering.view("discharges :: communes")
                .modelAttribute("communes", typed.length() < SHORTEST ? List.of() : names.communesNamed(visitor, typed))
                .build();
    }

    /** One where the name says which; else all that it may mean. */
    private List<Names.Commune> communes(Visitor visitor, String typed) {
        List<Names.Commune> found = names.communesNamed(visitor, typed);
        List<Names.Commune> exactly =
                found.stream().filter(one -> one.name().equalsIgnoreCase(typed)).toList();
        return exactly.size() == 1 ? exactly : found;
    }

    /**
     * Who watches over those who live there: without them nobody outside the hospital would see what waits or is late. None
     * where no collective serves the commune, or the directory is away: then the ward itself watches.
     */
    private List<Directory.Entry> coordinators(Visitor visitor, String commune) {
        if (!COMMUNE.matcher(commune).matches()) {
            return List.of();
        }
        try {
            return directory
                    .list(visitor, "structures", Map.of("type", "CPTS", "commune", commune), null, COLLECTIVES)
                    .items();
        } catch (Refusal | ServiceAway e) {
            return List.of();
        }
    }

    /** The form once more, with what was filled in. */
    private Rendering again(
            Visitor visitor,
            Inclusion inclusion,
            List<Names.Commune> communes,
            List<Directory.Entry> coordinators,
            Said said,
            HttpStatus status) {
        Discharges.Filled filled = new Discharges.Filled(
                inclusion.template(),
                inclusion.commune(),
                communes.stream()
                        .map(one -> new Board.Choice(one.code(), one.name() + " (" + one.code() + ")"))
                        .toList(),
                coordinators.stream()
                        .map(one -> new Board.Choice(one.id(), one.name()))
                        .toList(),
                inclusion.how(),
                inclusion.order() != null,
                inclusion.material() != null,
                inclusion.line(),
                inclusion.until());
        return draw("discharges", page.including(visitor, text(inclusion.stay()), filled), said, status);
    }

    /** The letter went: with the letter itself, or without it. */
    @PostMapping("/discharges/{pathway}/letter")
    Rendering letter(Visitor visitor, @PathVariable String pathway, @ModelAttribute Inclusion inclusion) {
        wards.letter(visitor, pathway, time.instant(), null, null, Once.key(inclusion.once(), "letter", pathway));
        return back("letter-sent");
    }

    /** The letter as a file. */
    @PostMapping(path = "/discharges/{pathway}/letter", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    Rendering letter(
            Visitor visitor,
            @PathVariable String pathway,
            @RequestPart("letter") FilePart letter,
            @RequestPart(name = "once", required = false) @Nullable String once) {
        byte[] content;
        try {
            content = content(letter);
        } catch (DataBufferLimitException e) {
            return refused(visitor, "discharges.letter.too-large");
        }
        if (content.length == 0) {
            return refused(visitor, "discharges.letter.empty");
        }
        MediaType type = letter.headers().getContentType();
        try {
            wards.letter(
                    visitor,
                    pathway,
                    time.instant(),
                    type == null ? "application/octet-stream" : type.getType() + "/" + type.getSubtype(),
                    content,
                    Once.key(once, "letter", pathway));
        } catch (Refusal refusal) {
            return draw(
                    "discharges",
                    page.of(visitor, null, null, null),
                    Said.no(refusal),
                    HttpStatus.valueOf(refusal.status()));
        }
        return back("letter-sent");
    }

    private Rendering refused(Visitor visitor, String why) {
        return draw(
                "discharges",
                page.of(visitor, null, null, null),
                new Said(false, texts.in(visitor.language()).text(why), null),
                HttpStatus.CONTENT_TOO_LARGE);
    }

    /** Waits for the whole file, on the virtual thread that makes the page. */
    private static byte[] content(FilePart letter) {
        DataBuffer whole = DataBufferUtils.join(letter.content(), LARGEST).block();
        if (whole == null) {
            return new byte[0];
        }
        byte[] content = new byte[whole.readableByteCount()];
        whole.read(content);
        DataBufferUtils.release(whole);
        return content;
    }

    @PostMapping("/discharges/{pathway}/{step}/done")
    Rendering done(
            Visitor visitor,
            @PathVariable String pathway,
            @PathVariable String step,
            @ModelAttribute Inclusion inclusion) {
        return back("letter", wards.done(visitor, pathway, step, Once.key(inclusion.once(), "done", pathway + step)));
    }

    /** The three ticks: those who take over see them before they accept. */
    private static Preparation ready(Inclusion inclusion) {
        String line = text(inclusion.line());
        String until = text(inclusion.until());
        return new Preparation(
                inclusion.order() != null,
                inclusion.material() != null,
                line.isEmpty() ? null : line,
                TIME.matcher(until).matches()
                        ? LocalDateTime.parse(until).atZone(PARIS).toInstant()
                        : null);
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field.strip();
    }

    private static Rendering back(String said) {
        return Rendering.redirectTo("/discharges?said=" + said)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private static Rendering back(String said, AtLeast at) {
        return Rendering.redirectTo("/discharges?said=" + said + "&at=" + at)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private static Rendering draw(String view, Discharges discharges, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view(view).status(status).modelAttribute("discharges", discharges);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
