package fr.relais.kit.decide;

import java.util.Map;

/**
 * Why a command does not happen, as a named value that a person and a machine can read.
 *
 * @param kind what kind of no, which decides the HTTP status
 * @param code stable word in kebab case, for example {@code handoff-already-taken}; it becomes the problem's type URI
 * @param message plain English that says what to do; French and English titles, and its French, are found under the code
 * @param details plain values for the answer, for example who has it; never identity
 */
public record Rejection(Kind kind, String code, String message, Map<String, Object> details) {

    /** Kinds of no. */
    public enum Kind {
        /** What is asked makes no sense: 422. */
        INVALID,
        /** It made sense before: 409. */
        CONFLICT,
        /** It is not there for the one who asks: 404. */
        NOT_FOUND,
        /** It is there, and not for the one who asks: 403. */
        FORBIDDEN
    }

    public Rejection {
        details = Map.copyOf(details);
    }

    public static Rejection invalid(String code, String message) {
        return new Rejection(Kind.INVALID, code, message, Map.of());
    }

    public static Rejection conflict(String code, String message) {
        return new Rejection(Kind.CONFLICT, code, message, Map.of());
    }

    public static Rejection conflict(String code, String message, Map<String, Object> details) {
        return new Rejection(Kind.CONFLICT, code, message, details);
    }

    public static Rejection notFound(String code, String message) {
        return new Rejection(Kind.NOT_FOUND, code, message, Map.of());
    }

    public static Rejection forbidden(String code, String message) {
        return new Rejection(Kind.FORBIDDEN, code, message, Map.of());
    }
}
