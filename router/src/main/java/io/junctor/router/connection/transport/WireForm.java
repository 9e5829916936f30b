package io.junctor.router.connection.transport;

/**
 * The form into which a transport converts an encoded message before it writes it, for example by compression. The result depends only on
 * the message, so receivers with the same form share it. Thread-safe.
 */
public interface WireForm {
    /** Whether connections share the converted event; then there is one converted event for each serialization. */
    boolean isShared();

    /** Converts an encoded message to this form. The method must not change {@code encoded}. */
    byte[] of(byte[] encoded);
}
