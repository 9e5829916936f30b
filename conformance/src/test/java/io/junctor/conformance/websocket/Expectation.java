package io.junctor.conformance.websocket;

/** What must happen after the bytes of a case were sent. Its text is what the page of results shows. Immutable. */
sealed interface Expectation permits Expectation.Answered, Expectation.Closed, Expectation.Aborted, Expectation.Ended {

    /** Every message comes back, the latest ping is answered, and the WebSocket stays open. */
    record Answered() implements Expectation {
        @Override
        public String toString() {
            return "answered";
        }
    }

    /** A close frame comes, then the end of the TCP connection; messages are not answered. */
    record Closed(int code) implements Expectation {
        @Override
        public String toString() {
            return "closed " + code;
        }
    }

    /** An {@code ABORT} comes, then a close frame, then the end of the TCP connection. */
    record Aborted(int code) implements Expectation {
        @Override
        public String toString() {
            return "ABORT, closed " + code;
        }
    }

    /** The TCP connection ends without a close frame. */
    record Ended() implements Expectation {
        @Override
        public String toString() {
            return "TCP ended";
        }
    }

    Expectation ANSWERED = new Answered();
    Expectation ENDED = new Ended();
    /** The close frame has no code (RFC 6455, section 7.1.5). */
    Expectation CLOSED_WITHOUT_CODE = new Closed(1005);
    /** RFC 6455, section 7.4.1: the endpoint received what the protocol forbids. */
    Expectation PROTOCOL_ERROR = new Closed(1002);
    /** RFC 6455, section 7.4.1: the data is not of the type of its message, for example no UTF-8. */
    Expectation INVALID_PAYLOAD = new Closed(1007);
    /** RFC 6455, section 7.4.1: the message is too big. */
    Expectation TOO_BIG = new Closed(1009);
    /** A whole message whose text is not UTF-8 is also a message that WAMP refuses. */
    Expectation ABORTED_INVALID_PAYLOAD = new Aborted(1007);
    /** The WebSocket is right, but what it carries is no WAMP message. */
    Expectation ABORTED = new Aborted(1002);
}
