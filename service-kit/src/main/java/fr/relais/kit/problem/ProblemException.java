package fr.relais.kit.problem;

/** Carries a {@link Problem} from a controller to the answer. Only the web room throws it; rules return their "no". */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        // An expected answer, not a fault: nobody reads its stack.
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
