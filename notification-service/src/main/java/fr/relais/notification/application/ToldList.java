package fr.relais.notification.application;

import java.util.Collection;
import java.util.List;

/**
 * To whom something was said, by which channel and in which delivery. It is written before anything is queued and read when
 * what was said does not hold any more: those who had been told then are told now, whoever has joined or left their structure
 * since.
 */
public interface ToldList {

    /** Keeps these; those it has already stay as they are, but for the delivery that tells them. */
    void remember(Collection<Told> told);

    /** All that was said of a handoff. */
    List<Told> ofHandoff(String handoff);

    /** All that was said of a step of a pathway. */
    List<Told> ofStep(String pathway, String step);

    /** All that was said of a pathway. */
    List<Told> ofPathway(String pathway);
}
