package io.junctor.cluster.engine;

/** A message that another router published. Immutable. */
public final class Message {
    private final RouterId from;
    private final String subject;
    private final byte[] body;

    /** Creates a message that the engine has received. */
    public Message(RouterId from, String subject, byte[] body) {
        this.from = from;
        this.subject = subject;
        this.body = body;
    }

    /** The router that published the message. */
    public RouterId from() {
        return from;
    }

    /** The subject on which the message was published, without the scope of the lane. */
    public String subject() {
        return subject;
    }

    /** The content; the caller must not change the array. */
    public byte[] body() {
        return body;
    }
}
