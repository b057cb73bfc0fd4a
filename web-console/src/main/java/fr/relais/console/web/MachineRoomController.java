package fr.relais.console.web;

import fr.relais.console.access.Visitor;
import fr.relais.console.api.HospitalMessages;
import fr.relais.console.api.Operations;
import fr.relais.console.api.Refusal;
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

/** The machinery, for those who keep it running. */
@Controller
class MachineRoomController {

    private final MachineRoomPage page;
    private final Operations operations;
    private final HospitalMessages messages;
    private final Texts texts;

    MachineRoomController(MachineRoomPage page, Operations operations, HospitalMessages messages, Texts texts) {
        this.page = page;
        this.operations = operations;
        this.messages = messages;
        this.texts = texts;
    }

    /** What is done with something that waits. */
    record Handled(
            @Nullable String service,
            @Nullable String id,
            @Nullable String reason,
            @Nullable String once) {}

    @GetMapping("/machine-room")
    Rendering room(
            Visitor visitor,
            @RequestParam(required = false) @Nullable String said,
            @RequestHeader(name = "HX-Request", required = false) @Nullable String fragment) {
        return draw(
                fragment == null ? "machine-room" : "machine-room :: room",
                visitor,
                said != null && said.matches("again|dropped|rebuild")
                        ? new Said(true, texts.in(visitor.language()).text("machine.done." + said), null)
                        : null,
                HttpStatus.OK);
    }

    /** What would become of a record that was set aside; changes nothing. */
    @PostMapping("/machine-room/dead-letter/trial")
    Rendering trial(Visitor visitor, @ModelAttribute Handled handled) {
        Texts.Reader reader = texts.in(visitor.language());
        try {
            Operations.Trial trial = operations.trial(visitor, text(handled.service()), text(handled.id()));
            boolean works = Boolean.TRUE.equals(trial.works());
            String why = trial.why() == null ? "" : trial.why();
            return draw(
                    "machine-room",
                    visitor,
                    new Said(
                            works,
                            works
                                    ? reader.text("machine.trial.works")
                                    : reader.text(
                                            trial.works() == null ? "machine.trial.unknown" : "machine.trial.fails",
                                            why),
                            null),
                    HttpStatus.OK);
        } catch (Refusal refusal) {
            return refused(visitor, refusal);
        }
    }

    @PostMapping("/machine-room/view/rebuild")
    Rendering rebuild(Visitor visitor, @ModelAttribute Handled handled) {
        try {
            operations.rebuild(
                    visitor,
                    text(handled.service()),
                    text(handled.id()),
                    Once.key(handled.once(), "rebuild", text(handled.service()) + text(handled.id())));
        } catch (Refusal refusal) {
            return refused(visitor, refusal);
        }
        return Rendering.redirectTo("/machine-room?said=rebuild")
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private Rendering refused(Visitor visitor, Refusal refusal) {
        return draw("machine-room", visitor, Said.no(refusal), HttpStatus.valueOf(refusal.status()));
    }

    @PostMapping("/machine-room/{kind}/{action}")
    Rendering handle(
            Visitor visitor, @PathVariable String kind, @PathVariable String action, @ModelAttribute Handled handled) {
        String id = text(handled.id());
        String once = Once.key(handled.once(), action, id);
        boolean drop = action.equals("drop");
        try {
            switch (kind) {
                case "message" -> {
                    if (drop) {
                        messages.dismiss(visitor, id, text(handled.reason()), once);
                    } else {
                        messages.retry(visitor, id, once);
                    }
                }
                case "dead-letter" -> {
                    if (drop) {
                        operations.dismissDeadLetter(
                                visitor, text(handled.service()), id, text(handled.reason()), once);
                    } else {
                        operations.retryDeadLetter(visitor, text(handled.service()), id, once);
                    }
                }
                default -> operations.resend(visitor, id, once);
            }
        } catch (Refusal refusal) {
            return refused(visitor, refusal);
        }
        return Rendering.redirectTo("/machine-room?said=" + (drop ? "dropped" : "again"))
                .status(HttpStatus.SEE_OTHER)
                .build();
    }

    private static String text(@Nullable String field) {
        return field == null ? "" : field.strip();
    }

    private Rendering draw(String view, Visitor visitor, @Nullable Said said, HttpStatus status) {
        Rendering.Builder<?> drawn = Rendering.view(view).status(status).modelAttribute("room", page.of(visitor));
        return (said == null ? drawn : drawn.modelAttribute("said", said)).build();
    }
}
