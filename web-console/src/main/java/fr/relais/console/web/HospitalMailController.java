package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.HospitalMessages;
import fr.relais.console.api.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;

/** What hospitals sent and no machine could decide: read, correct, read again, set aside. */
@Controller
@RequestMapping("/hospital-messages")
class HospitalMailController {

    private final HospitalMailPage page;
    private final HospitalMessages messages;
    private final Texts texts;

    HospitalMailController(HospitalMailPage page, HospitalMessages messages, Texts texts) {
        this.page = page;
        this.messages = messages;
        this.texts = texts;
    }

    /**
     * What is done with a message. What it says comes in the body: an address is kept in too many places.
     *
     * @param text the corrected message
     * @param reason why it is set aside
     */
    record Handled(
            @Nullable String text,
            @Nullable String reason,
            @Nullable String once) {

        @Override
        public String toString() {
            return "Handled[withheld]";
        }
    }

    @GetMapping
    Rendering list(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String facility,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        return Rendering.view(fragment == null ? "hospital-messages" : "hospital-messages :: mail")
                .modelAttribute("mail", page.list(visitor, status, facility, after))
                .build();
    }

    @GetMapping("/{id}")
    Rendering message(Visitor visitor, @PathVariable String id, @RequestParam(required = false) @Nullable String said) {
        return draw(
                page.one(visitor, id, false, null),
                said != null && said.matches("corrected|retried|dismissed")
                        ? new Said(true, texts.in(visitor.language()).text("mail.done." + said), null)
                        : null,
                HttpStatus.OK);
    }

    /** A POST, because each reading is recorded. */
    @PostMapping("/{id}/reading")
    Rendering read(Visitor visitor, @PathVariable String id) {
        return draw(page.one(visitor, id, true, null), null, HttpStatus.OK);
    }

    /** What the correction would change, before it is sent. */
    @PostMapping("/{id}/comparison")
    Rendering compare(Visitor visitor, @PathVariable String id, @ModelAttribute Handled handled) {
        return draw(page.one(visitor, id, true, text(handled.text())), null, HttpStatus.OK);
    }

    @PostMapping("/{id}/corrections")
    Rendering correct(Visitor visitor, @PathVariable String id, @ModelAttribute Handled handled) {
        String text = text(handled.text());
        try {
            messages.correct(visitor, id, text, Once.key(handled.once(), "correct", id));
        } catch (Refusal refusal) {
            return refused(refusal, page.one(visitor, id, true, text));
        }
        return back(id, "corrected");
    }

    @PostMapping("/{id}/retries")
    Rendering retry(Visitor visitor, @PathVariable String id, @ModelAttribute Handled handled) {
        try {
            messages.retry(visitor, id, Once.key(handled.once(), "retry", id));
        } catch (Refusal refusal) {
            return refused(refusal, page.one(visitor, id, false, null));
        }
        return back(id, "retried");
    }

    @PostMapping("/{id}/dismissals")
    Rendering dismiss(Visitor visitor, @PathVariable String id, @ModelAttribute Handled handled) {
        try {
            messages.dismiss(visitor, id, text(handled.reason()), Once.key(handled.once(), "dismiss", id));
        } catch (Refusal refusal) {
            return refused(refusal, page.one(visitor, id, false, null));
        }
        return back(id, "dismissed");
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field.strip();
    }

    private static Rendering back(String id, String said) {
        return Rendering.redirectTo("/hospital-messages/" + id + "?said=" + said)
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private static Rendering refused(Refusal refusal, HospitalMail.Message message) {
        return draw(message, Said.no(refusal), HttpStatus.valueOf(refusal.status()));
    }

    private static Rendering draw(HospitalMail.Message message, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn =
                Rendering.view("hospital-message").status(status).modelAttribute("message", message);
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
