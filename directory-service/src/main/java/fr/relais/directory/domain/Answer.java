package fr.relais.directory.domain;

import fr.relais.events.CandidateEvent.Ranked;

/** The one command on a search: answer it. */
public record Answer(Ranked with) {}
