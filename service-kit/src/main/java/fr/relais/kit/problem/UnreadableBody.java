package fr.relais.kit.problem;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Says which field of a JSON body is wrong and what it should be. Values are never repeated: they may be a patient's. */
final class UnreadableBody {

    private UnreadableBody() {}

    static Problem problem(JacksonException json) {
        String field = path(json.getPath());
        String message = switch (json) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case InvalidFormatException format -> "must be " + inWords(format.getTargetType());
            case ValueInstantiationException refused -> reason(refused);
            case MismatchedInputException mismatch -> mismatch(mismatch.getTargetType());
            default -> null;
        };
        if (message == null) {
            var place = json.getLocation();
            String where = place == null || place.getLineNr() < 1
                    ? ""
                    : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
            return Problem.of(400, "body-unreadable", "The body is no JSON that this path reads" + where);
        }
        return Problem.of(400, "body-unreadable", (field.isEmpty() ? "The body " : field + " ") + message)
                .with("fields", List.of(Map.of("field", field, "message", message)));
    }

    private static String unknown(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return "is not known here"
                + (known == null || known.isEmpty()
                        ? ""
                        : "; known are "
                                + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", ")));
    }

    /** Our records say themselves what they miss. */
    private static String reason(ValueInstantiationException refused) {
        Throwable cause = refused.getCause();
        String said = cause instanceof IllegalArgumentException || cause instanceof NullPointerException
                ? cause.getMessage()
                : null;
        // A null pointer inside a constructor explains itself in the words of the code, which are nobody's business.
        return said == null || said.startsWith("Cannot ") ? "is not valid" : "is not valid: " + said;
    }

    private static String mismatch(@Nullable Class<?> type) {
        return type == null ? "is missing or of another kind" : "must be " + inWords(type);
    }

    private static String path(List<JacksonException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference reference : references) {
            String name = reference.getPropertyName();
            if (name == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(name);
            }
        }
        return path.toString();
    }

    /** What a value of this type looks like in a request. */
    static String inWords(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(Object::toString)
                            .collect(Collectors.joining(", "));
        }
        if (type == Instant.class) {
            return "an instant such as 2026-03-06T10:15:30Z";
        }
        if (type == LocalDate.class) {
            return "a date such as 2026-03-06";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        if (type == String.class) {
            return "a text";
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return "an object";
    }
}
