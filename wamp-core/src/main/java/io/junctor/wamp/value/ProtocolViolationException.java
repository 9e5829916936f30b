package io.junctor.wamp.value;

/**
 * Reports that a peer broke the protocol: bytes that cannot be decoded, a malformed message, or a message that the
 * state of the session forbids (section "Protocol Violations"). The receiver answers with {@code ABORT} and {@code
 * wamp.error.protocol_violation}.
 *
 * <p>The text may be sent to the peer: it describes the problem, its position and the limit, and contains no payload. The exception has no
 * stack trace, because a peer can cause it often. The subtype {@code InvalidRequestException} ends one request only, not the session.
 */
public class ProtocolViolationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    /** Creates a violation with a text that is sent to the peer. */
    public ProtocolViolationException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    /** The text for the peer. */
    public String problem() {
        return problem;
    }
}
