package fr.relais.kit.view;

/**
 * A document of a view, with how fresh it is.
 *
 * @param sequence last event of its stream that is in it
 * @param stale whether the view knows of events that it does not have: not yet, or given up by an operator
 */
public record Viewed<D>(D document, long sequence, boolean stale) {}
