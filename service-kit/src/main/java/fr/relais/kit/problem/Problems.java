package fr.relais.kit.problem;

import fr.relais.kit.decide.Rejection;
import java.time.Duration;

/** What controllers throw to answer "no". */
public final class Problems {

    private Problems() {}

    /** The reason why a command does not happen. */
    public static ProblemException refused(Rejection rejection) {
        return new ProblemException(Problem.of(rejection));
    }

    public static ProblemException of(Problem problem) {
        return new ProblemException(problem);
    }

    /** The request cannot be read as it is: 400. */
    public static ProblemException badRequest(String code, String detail) {
        return new ProblemException(Problem.of(400, code, detail));
    }

    /** It is not there for the one who asks: 404, with the same words whether it is somebody else's or nobody's. */
    public static ProblemException notFound(String code, String detail) {
        return new ProblemException(Problem.of(404, code, detail));
    }

    /** It is there, and not for the one who asks: 403. */
    public static ProblemException forbidden(String code, String detail) {
        return new ProblemException(Problem.of(403, code, detail));
    }

    /** Not now, but soon: 503 with {@code Retry-After}. */
    public static ProblemException unavailable(String code, String detail, Duration retryAfter) {
        return new ProblemException(
                Problem.of(503, code, detail).withHeader("Retry-After", Long.toString(retryAfter.toSeconds())));
    }
}
