package fr.relais.directory.domain;

import fr.relais.events.CandidateEvent.Ranked;

/** A search for somebody who takes a step. */
public sealed interface Search {

    /** Not answered yet. */
    record Open() implements Search {}

    /** Answered for good: a repeat of the question gets no second answer. */
    record Answered(Ranked with) implements Search {}
}
