package fr.relais.console.api;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a read must have seen: one's own write.
 *
 * @param stream whose
 * @param sequence up to which of its events
 */
public record AtLeast(String stream, String sequence) {

    private static final Pattern WRITTEN = Pattern.compile("([a-zA-Z0-9-]{1,100}):([0-9]{1,18})");

    /** As an address carries it from a form to the page after it; null where it is none. */
    public static @Nullable AtLeast of(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var match = WRITTEN.matcher(text);
        return match.matches() ? new AtLeast(match.group(1), match.group(2)) : null;
    }

    @Override
    public String toString() {
        return stream + ":" + sequence;
    }
}
