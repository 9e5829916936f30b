package io.junctor.router.meta;

/** Immutable. An argument of a call to the router is none that the procedure takes; says which and what it must be. */
public final class InvalidArgument extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Names the argument and what it must be; must not need escaping in JSON. */
    public InvalidArgument(String problem) {
        super(problem, null, false, false);
    }

    /** What is wrong. */
    public String problem() {
        return String.valueOf(getMessage());
    }
}
