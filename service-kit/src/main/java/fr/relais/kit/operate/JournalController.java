package fr.relais.kit.operate;

import fr.relais.kit.access.Caller;
import fr.relais.kit.access.Role;
import fr.relais.kit.journal.Publications;
import fr.relais.kit.problem.Problem;
import fr.relais.kit.problem.Problems;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The journal and Kafka, for operators: how far Kafka is behind, and filling it again after its data was lost. */
@RestController
@RequestMapping("/api/v1/journal")
class JournalController {

    private final Publications publications;

    JournalController(Publications publications) {
        this.publications = publications;
    }

    /** What Kafka has not acknowledged yet, and how the last publication goes that was begun on this instance. */
    @GetMapping
    Publications.State state(Caller caller) {
        caller.require(Role.OPERATOR);
        return publications.state();
    }

    /**
     * Publishes the whole journal again, for topics that were made anew. Returns at once: follow it by reading the journal's
     * state. Who has an event already drops it, and nobody is told anything twice.
     */
    @PostMapping("/publications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Publications.Publication publish(Caller caller) {
        caller.require(Role.OPERATOR);
        return publications
                .begin()
                .orElseThrow(() -> Problems.of(Problem.of(
                        409, "publication-under-way", "The journal is being published already: wait for its end")));
    }

    /** Publishes one stream again. */
    @PostMapping("/streams/{stream}/publications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Publications.State publish(
            Caller caller, @PathVariable String stream, @RequestParam(defaultValue = "1") long from) {
        caller.require(Role.OPERATOR);
        if (!publications.publish(stream, from)) {
            throw Problems.notFound("stream-unknown", "The journal of this service has no stream of that name");
        }
        return publications.state();
    }
}
