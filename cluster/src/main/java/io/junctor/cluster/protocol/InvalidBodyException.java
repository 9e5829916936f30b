package io.junctor.cluster.protocol;

/** Thrown when a message of another router cannot be decoded. The text says what is wrong, and contains no part of a payload. */
public final class InvalidBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** {@code problem} says what is wrong. */
    public InvalidBodyException(String problem) {
        super(problem);
    }
}
