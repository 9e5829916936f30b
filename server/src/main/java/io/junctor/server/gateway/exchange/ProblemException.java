package io.junctor.server.gateway.exchange;

/** Ends the handling of a request, which is answered with a problem. */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Ends it with {@code problem}. */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Ends it with a problem that neither the router nor a callee has found. */
    public ProblemException(int status, String detail) {
        this(Problem.of(status, detail));
    }

    /** What the client is told. */
    public Problem problem() {
        return problem;
    }
}
