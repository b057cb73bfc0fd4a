package fr.relais.kit.operate;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.page.Page;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.stream.DeadLetters;
import fr.relais.kit.stream.DeadLetters.DeadLetter;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Records that this service set aside, for operators: look, try again after a mend, dismiss with a reason. */
@RestController
@RequestMapping("/api/v1/dead-letters")
class DeadLettersController {

    private static final int MOST = 100;

    private final DeadLetters deadLetters;

    DeadLettersController(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    /** Why it will not be used. */
    record Dismissal(@NotBlank @Size(max = 500) String reason) {}

    /**
     * Those that are open, or all, newest first.
     *
     * @param cursor where the page before ended
     */
    @GetMapping
    Page<DeadLetter> page(
            Caller caller,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "20") int limit) {
        caller.require(Role.OPERATOR);
        return deadLetters.page(!all, cursor, Math.clamp(limit, 1, MOST));
    }

    /** Has its view or reaction try it again; what was done before is not done twice. */
    @PostMapping("/retries")
    DeadLetter tryAgain(Caller caller, @RequestParam String id) {
        caller.require(Role.OPERATOR);
        DeadLetter letter = letter(id);
        try {
            deadLetters.tryAgain(letter, caller.actor());
        } catch (IllegalStateException e) {
            throw Problems.of(Problem.of(409, "dead-letter-fails-again", String.valueOf(e.getMessage())));
        }
        return letter(id);
    }

    /** Says what would become of it if it were tried again; changes nothing. A reaction acts, so that only doing it shows. */
    @PostMapping("/trials")
    DeadLetters.Trial trial(Caller caller, @RequestParam String id) {
        caller.require(Role.OPERATOR);
        return deadLetters.trial(letter(id));
    }

    /** Closes it without using it: its stream goes on in the view without it, and the view says that it misses it. */
    @PostMapping("/dismissals")
    DeadLetter dismiss(Caller caller, @RequestParam String id, @Valid @RequestBody Dismissal dismissal) {
        caller.require(Role.OPERATOR);
        deadLetters.dismiss(letter(id), caller.actor(), dismissal.reason());
        return letter(id);
    }

    private DeadLetter letter(String id) {
        return deadLetters
                .byId(id)
                .orElseThrow(() -> Problems.notFound("dead-letter-unknown", "No record of that id was set aside here"));
    }
}
