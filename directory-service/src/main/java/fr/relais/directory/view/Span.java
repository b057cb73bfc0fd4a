package fr.relais.directory.view;

import fr.relais.events.DirectoryEvent.Membership;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A membership as it is searched: an open end is a day that never comes.
 *
 * @param collective FINESS number
 */
public record Span(String collective, LocalDate from, LocalDate to) {

    private static final LocalDate EVER = LocalDate.of(1, 1, 1);
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    /** All memberships: those dated, and those until further notice of which no day is known. */
    static List<Span> of(List<String> memberOf, @Nullable List<Membership> memberships) {
        List<Membership> dated = memberships == null ? List.of() : memberships;
        return Stream.concat(
                        dated.stream()
                                .map(one -> new Span(
                                        one.collective(),
                                        Objects.requireNonNullElse(one.from(), EVER),
                                        Objects.requireNonNullElse(one.to(), NEVER))),
                        memberOf.stream()
                                .filter(collective -> dated.stream()
                                        .noneMatch(one -> one.to() == null
                                                && one.collective().equals(collective)))
                                .map(collective -> new Span(collective, EVER, NEVER)))
                .toList();
    }
}
