package io.junctor.conformance.websocket;

import io.junctor.wamp.value.Serializer;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One case: what a peer sends over an open WebSocket, and what the other side must do. Immutable.
 *
 * @param id the RFC, its section, the group and a number, for example {@code 6455-5.5.2-ping-03}
 * @param sent what the peer sends
 * @param setup the WebSocket on which it is sent
 * @param sides who can be tested by it
 * @param differences what happens instead of what is expected, where a library below us decides it
 * @param expected what must happen
 * @param script makes the bytes
 */
record WebSocketCase(
        String id,
        String sent,
        Setup setup,
        Set<Side> sides,
        Map<Side, String> differences,
        Expectation expected,
        Consumer<Script> script) {

    /** Who is tested. */
    enum Side {
        /** A listener of the router. */
        LISTENER,
        /** The endpoint of the router in a Jakarta container, whose peers are clients too. */
        JAKARTA,
        /** The Java client. */
        CLIENT
    }

    /**
     * The WebSocket of a case.
     *
     * @param serializer decides the subprotocol, and so the opcode of messages
     * @param offer the value of {@code Sec-WebSocket-Extensions} that the peer sends; empty for none
     * @param joined whether a session is open; if not, a {@code HELLO} stands for the messages
     */
    record Setup(Serializer serializer, String offer, boolean joined) {}

    /** What happens on one side. */
    String outcome(Side side) {
        return differences.getOrDefault(side, expected.toString());
    }

    @Override
    public String toString() {
        return id + " " + sent;
    }
}
