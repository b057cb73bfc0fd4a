package fr.relais.kit.problem;

import fr.relais.kit.decide.Rejection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A "no" on its way to the caller, before it is put into their language.
 *
 * @param status HTTP status
 * @param code stable word in kebab case; the type is {@code urn:relais:problem:<code>}, the title is found under it in the
 *     bundles {@code problems_fr} and {@code problems_en}
 * @param detail plain English that says what to do; French is found under the code in the bundle {@code
 *     problem-details_fr}
 * @param members further members of the answer
 * @param headers headers that the answer bears, for example {@code Retry-After}
 */
public record Problem(
        int status, String code, String detail, Map<String, Object> members, Map<String, String> headers) {

    /** The stable start of every problem's {@code type}. */
    public static final String TYPES = "urn:relais:problem:";

    public Problem {
        members = Map.copyOf(members);
        headers = Map.copyOf(headers);
    }

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, Map.of(), Map.of());
    }

    /** The reason why a command does not happen. */
    public static Problem of(Rejection rejection) {
        int status = switch (rejection.kind()) {
            case INVALID -> 422;
            case CONFLICT -> 409;
            case NOT_FOUND -> 404;
            case FORBIDDEN -> 403;
        };
        return new Problem(status, rejection.code(), rejection.message(), rejection.details(), Map.of());
    }

    /** The same with one more member. */
    public Problem with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new Problem(status, code, detail, more, headers);
    }

    /** The same with one more header. */
    public Problem withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Problem(status, code, detail, members, more);
    }

    public String type() {
        return TYPES + code;
    }
}
