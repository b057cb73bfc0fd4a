package fr.relais.console.web;

import fr.relais.console.api.Preparation;
import fr.relais.console.web.Texts.Reader;
import fr.relais.console.web.Texts.When;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ward had ready for those who take over, and what it had not.
 *
 * @param line number to call; null where the ward gave none
 * @param shown the same, as people read it
 * @param until until when somebody answers there
 */
record Ready(
        List<Tick> ticks,
        @Nullable String line,
        @Nullable String shown,
        @Nullable When until) {

    private static final int FRENCH_NUMBER = 10;

    /** One thing, ready or not. */
    record Tick(boolean ready, String text) {}

    static @Nullable Ready of(@Nullable Preparation said, Reader reader) {
        return said == null
                ? null
                : new Ready(
                        List.of(
                                new Tick(said.order(), reader.text(said.order() ? "tick.order.yes" : "tick.order.no")),
                                new Tick(
                                        said.material(),
                                        reader.text(said.material() ? "tick.material.yes" : "tick.material.no"))),
                        said.line(),
                        said.line() == null ? null : inPairs(said.line()),
                        reader.when(said.lineUntil()));
    }

    /** 05 55 00 00 00. */
    private static String inPairs(String number) {
        return number.length() == FRENCH_NUMBER && number.startsWith("0")
                ? number.replaceAll("(..)(?!$)", "$1\u00a0")
                : number;
    }
}
