package fr.relais.kit.view;

import java.util.List;
import java.util.function.Function;

/**
 * Counters and histograms over all streams of a view, so that a dashboard reads a handful of documents and never scans.
 *
 * <p>Like rows they are derived: a document says which counters it adds to <em>as it now is</em>, and the kit carries the
 * difference when it changes. A pathway that is late says "one late"; when it no longer is, it does not say so any more.
 *
 * @param name name of the collection, a plural; the version is appended
 * @param version counts from 1; another meaning of a counter is a new version of these tallies and of their view
 * @param derive what a document adds; pure, and the same counter may be named more than once
 */
public record Tallies<S>(String name, int version, Function<S, List<Share>> derive) {}
