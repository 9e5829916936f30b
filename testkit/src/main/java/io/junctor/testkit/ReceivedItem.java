package io.junctor.testkit;

import io.junctor.websocket.CloseCode;

/** A message or the end of the transport, as the client's side of a {@link ClientTransport} receives it. */
public sealed interface ReceivedItem permits ReceivedItem.Message, ReceivedItem.Closed {

    /** One encoded WAMP message. */
    final class Message implements ReceivedItem {
        private final byte[] bytes;

        Message(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Returns the message, which must not be changed. */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * The end of the transport, the last element that the client receives.
     *
     * @param code the close code of a WebSocket, {@link #DROPPED} if the transport ended without a close frame
     */
    record Closed(int code) implements ReceivedItem {
        public static final int DROPPED = CloseCode.ABNORMAL_CLOSURE;
    }
}
