package fr.relais.directory.web;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A membership as written by callers.
 *
 * @param collective FINESS number
 * @param from first day, where known
 * @param to last day; none until further notice
 */
record MembershipBody(
        @Nullable String collective,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {}
