package io.junctor.testkit;

import io.junctor.websocket.CloseCode;

/** What the client's end of a {@link ClientTransport} receives. */
public sealed interface Received permits Received.Message, Received.Closed {

    /** One encoded WAMP message. */
    final class Message implements Received {
        private final byte[] bytes;

        Message(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The message, which must not be changed. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * The end of the transport; nothing comes after it.
     *
     * @param code the close code of a WebSocket, {@link #DROPPED} if the transport ended without a close frame
     */
    record Closed(int code) implements Received {
        public static final int DROPPED = CloseCode.ABNORMAL_CLOSURE;
    }
}
