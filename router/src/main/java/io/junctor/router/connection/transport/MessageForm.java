package io.junctor.router.connection.transport;

/**
 * How a transport changes an encoded message before it writes it, such as by compression. The result depends only on the message,
 * so receivers with the same form share it. Thread-safe.
 */
public interface MessageForm {
    /** Whether connections share the changed form of an event, of which there is one for each serialization. */
    boolean isShared();

    /** The message in this form. The array that is passed must not be changed. */
    byte[] of(byte[] encoded);
}
