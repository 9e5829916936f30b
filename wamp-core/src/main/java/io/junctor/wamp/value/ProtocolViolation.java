package io.junctor.wamp.value;

/**
 * Immutable. A peer broke the protocol: undecodable octets, a message of wrong form, or one that its state forbids
 * (section "Protocol Violations"). The answer is an {@code ABORT} with {@code wamp.error.protocol_violation}.
 *
 * <p>The message is safe to send to that peer: it names what is wrong and where, and repeats no payload. No stack trace
 * is recorded, as a stranger decides how often this is thrown. What costs one request and not the session has a type of its own, {@code
 * InvalidRequest} of the codecs.
 */
public class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /** A violation described by {@code problem}, which the peer will read. */
    public ProtocolViolation(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** What is wrong, for the peer. */
    public String problem() {
        return problem;
    }
}
