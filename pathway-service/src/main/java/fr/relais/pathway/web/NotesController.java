package fr.relais.pathway.web;

import fr.relais.kit.access.Caller;
import fr.relais.kit.decide.Rejection;
import fr.relais.kit.journal.CommandContext;
import fr.relais.kit.problem.ProblemException;
import fr.relais.kit.problem.Problems;
import fr.relais.kit.time.Ids;
import fr.relais.kit.web.Answers;
import fr.relais.kit.web.Request;
import fr.relais.pathway.application.Audit;
import fr.relais.pathway.application.Circles;
import fr.relais.pathway.application.Notes;
import fr.relais.pathway.application.Pathways;
import fr.relais.pathway.application.Vault;
import fr.relais.pathway.domain.Circumstances;
import fr.relais.pathway.domain.PathwayCommand;
import fr.relais.pathway.view.Colleagues;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What those who take part in a patient's care write for each other. The text lies in the vault, its id in the timeline. */
@RestController
@RequestMapping("/api/v1/pathways/{id}/notes")
class NotesController {

    private final Pathways pathways;
    private final Notes notes;
    private final Circles circles;
    private final Vault patients;
    private final Colleagues colleagues;

    NotesController(Pathways pathways, Notes notes, Circles circles, Vault patients, Colleagues colleagues) {
        this.pathways = pathways;
        this.notes = notes;
        this.circles = circles;
        this.patients = patients;
        this.colleagues = colleagues;
    }

    /**
     * A note.
     *
     * @param text at most 4,000 characters
     * @param step the step that it is about, where it is about one
     * @param urgent whether it is to be read today
     */
    record NoteBody(
            @Nullable String text,
            @Nullable String step,
            @Nullable Boolean urgent) {
        @Override
        public String toString() {
            return "NoteBody[withheld]";
        }
    }

    /** A note that is kept. */
    record Kept(String id, String pathway) {}

    /** What a note says. */
    record Text(String id, String text) {
        @Override
        public String toString() {
            return "Text[" + id + ", withheld]";
        }
    }

    /** Writes a note. Whoever takes part in the care reads it; an urgent one is for today, and never takes the place of 15. */
    @PostMapping
    ResponseEntity<Kept> add(@PathVariable String id, @RequestBody NoteBody body, Request request) {
        CommandContext context = request.command(body);
        String note = Ids.from("note", context.commandId());
        Function<Circumstances, PathwayCommand> command = given -> new PathwayCommand.AddNote(
                given,
                note,
                body.step(),
                Acting.professional(request.caller(), colleagues),
                Boolean.TRUE.equals(body.urgent()));
        // The text is kept first, so that no note is told of that is not there; but nothing is kept for a stranger.
        pathways.refusal(id, context, command).ifPresent(reason -> {
            throw Problems.refused(reason);
        });
        String text = body.text();
        if (text == null || text.isBlank() || text.length() > Notes.LONGEST) {
            throw Problems.refused(
                    Rejection.invalid("note-text-invalid", "Write a text of 1 to " + Notes.LONGEST + " characters."));
        }
        notes.keep(note, pathways.patientOf(id).orElseThrow(NotesController::notFound), text);
        return Answers.of(id, pathways.run(id, context, command, request.ifMatch()), state -> new Kept(note, id));
    }

    /** What a note says, for those who take part in the patient's care; it is written down that they read it. */
    @GetMapping("/{note}")
    Text read(@PathVariable String id, @PathVariable String note, Caller caller) {
        String patient = pathways.patientOf(id).orElseThrow(NotesController::notFound);
        Circles.Concerned concerned = circles.concerns(caller, patient).orElseThrow(NotesController::notFound);
        // A note that was written under a file that was merged since lies under its former id.
        List<String> names = List.copyOf(patients.names(patient));
        return names.stream()
                .map(name -> notes.read(Audit.Access.inCare(caller.actor(), name, concerned, Audit.What.NOTE, note)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(text -> new Text(note, text))
                .orElseThrow(NotesController::notFound);
    }

    private static ProblemException notFound() {
        return Problems.notFound("note-not-found", "There is no such note for you, or its time is over.");
    }
}
