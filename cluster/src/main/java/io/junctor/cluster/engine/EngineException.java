package io.junctor.cluster.engine;

/** Thrown when an engine cannot do its work. The message says what is wrong, where, and how to correct it. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    /**
     * Creates an exception.
     *
     * @param passing whether the fault may end without a change to the configuration
     */
    public EngineException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** Whether a retry may succeed, as in the case that no server answered. */
    public boolean isPassing() {
        return passing;
    }
}
