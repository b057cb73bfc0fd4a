package fr.relais.pathway.web;

import fr.relais.kit.decide.Rejection;
import fr.relais.kit.problem.Problems;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Closed choices as they are written in requests: {@code patient-absent}. */
final class Words {

    private Words() {}

    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The choice of a word; a problem that lists them all where it is none. */
    static <E extends Enum<E>> E of(Class<E> choices, @Nullable String word, String code, String field) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> word(choice).equals(word))
                .findFirst()
                .orElseThrow(() -> Problems.refused(Rejection.invalid(
                        code,
                        field + " is one of "
                                + Arrays.stream(choices.getEnumConstants())
                                        .map(Words::word)
                                        .collect(Collectors.joining(", "))
                                + ".")));
    }
}
