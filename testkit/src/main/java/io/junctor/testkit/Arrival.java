package io.junctor.testkit;

/** Immutable. What reaches the client's end of a {@link Link}. */
public sealed interface Arrival permits Arrival.Message, Arrival.Closed {

    /** Immutable. One WAMP message, still encoded. */
    final class Message implements Arrival {
        private final byte[] bytes;

        Message(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The message; not to be written to. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * Immutable. The end of the transport; nothing comes after it.
     *
     * @param code the close code of a WebSocket, {@link #DROPPED} where the transport ended without one
     */
    record Closed(int code) implements Arrival {
        /** The transport ended without a close code (RFC 6455, section 7.4.1). */
        public static final int DROPPED = 1006;
    }
}
