package io.junctor.cluster.protocol;

/** A message of another router cannot be read. Its text says what is wrong, and contains nothing of a payload. */
public final class InvalidBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code problem} says what is wrong. */
    public InvalidBody(String problem) {
        super(problem);
    }
}
