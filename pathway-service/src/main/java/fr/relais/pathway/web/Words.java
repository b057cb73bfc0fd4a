package fr.relais.pathway.web;

import fr.relais.kit.decide.Rejection;
import fr.relais.kit.problem.Problems;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Closed choices as they are written in requests: {@code patient-absent}. */
final class Words {

    private Words() {}

    static String word(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The choice of a word; empty where it is none. */
    static <E extends Enum<E>> Optional<E> find(Class<E> choices, @Nullable String word) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> word(choice).equals(word))
                .findFirst();
    }

    /** The choice of a word; a problem that lists them all where it is none. */
    static <E extends Enum<E>> E of(Class<E> choices, @Nullable String word, String code, String field) {
        return of(choices, word, code, field, first -> {});
    }

    /**
     * The same, for what only some may do: the others hear what they would hear of a known word.
     *
     * @param rightsFirst throws where the caller may not do it with any word; gets one
     */
    static <E extends Enum<E>> E of(
            Class<E> choices, @Nullable String word, String code, String field, Consumer<E> rightsFirst) {
        return find(choices, word).orElseThrow(() -> {
            rightsFirst.accept(choices.getEnumConstants()[0]);
            return Problems.refused(Rejection.invalid(
                    code,
                    field + " is one of "
                            + Arrays.stream(choices.getEnumConstants())
                                    .map(Words::word)
                                    .collect(Collectors.joining(", "))
                            + "."));
        });
    }
}
