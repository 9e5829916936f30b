package io.junctor.server.gateway.exchange;

/** Ends the handling of a request; the response contains a problem. */
public final class ProblemException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /** Ends the handling with {@code problem}. */
    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** Ends the handling with a problem that the gateway itself has detected. */
    public ProblemException(int status, String detail) {
        this(Problem.of(status, detail));
    }

    /** Returns the problem to send to the client. */
    public Problem problem() {
        return problem;
    }
}
