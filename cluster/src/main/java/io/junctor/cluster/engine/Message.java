package io.junctor.cluster.engine;

/** A message of another router. Immutable. */
public final class Message {
    private final RouterId from;
    private final String subject;
    private final byte[] body;

    /** A message as the engine received it. */
    public Message(RouterId from, String subject, byte[] body) {
        this.from = from;
        this.subject = subject;
        this.body = body;
    }

    /** The router that published it. */
    public RouterId from() {
        return from;
    }

    /** The subject that it was published on, without the scope of the lane. */
    public String subject() {
        return subject;
    }

    /** What was published; must not be changed. */
    public byte[] body() {
        return body;
    }
}
