package io.junctor.cluster.engine;

/** The engine cannot do its work. The message says what is wrong, where, and what would help. */
public final class EngineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean passing;

    /**
     * An error.
     *
     * @param passing whether it may pass without a change to the configuration
     */
    public EngineException(String message, boolean passing) {
        super(message);
        this.passing = passing;
    }

    /** Whether trying again may help, as where no server answers. */
    public boolean isPassing() {
        return passing;
    }
}
