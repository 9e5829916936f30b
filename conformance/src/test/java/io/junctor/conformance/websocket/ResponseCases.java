package io.junctor.conformance.websocket;

/** Cases of responses to the opening handshake of the Java client. The page shows whether the WebSocket is open or refused. */
final class ResponseCases {
    static final String OPEN = "open";
    static final String REFUSED = "refused";

    private static final String RIGHT = """
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: $ACCEPT
            Sec-WebSocket-Protocol: wamp.2.json
            """;

    private ResponseCases() {}

    static HandshakeGroup responses() {
        HandshakeGroup group = new HandshakeGroup("The opening handshake: responses", "response", RIGHT);
        group.with("6455-4.2.2", "a response with all that is needed", "", OPEN);
        status(group);
        accept(group);
        upgrade(group);
        agreements(group);
        return group;
    }

    /** Responses to a client that offers permessage-deflate and neither window. */
    static HandshakeGroup extensions() {
        HandshakeGroup group =
                new HandshakeGroup("The opening handshake: answers to permessage-deflate", "answer", RIGHT);
        String agreed = TestedClient.AGREED;
        group.with("7692-5.1", "no extension", "", OPEN);
        answer(group, "7692-7.1", agreed, OPEN);
        answer(group, "7692-7.1.1.2", "permessage-deflate; server_no_context_takeover", OPEN);
        answer(group, "7692-7.1.1.1", "permessage-deflate; client_no_context_takeover", REFUSED);
        answer(group, "7692-7.1.1.1", "permessage-deflate", REFUSED);
        for (int bits = 8; bits <= 15; bits++) {
            answer(group, "7692-7.1.2.1", agreed + "; server_max_window_bits=" + bits, OPEN);
        }
        for (String wrong : new String[] {
            "server_max_window_bits",
            "server_max_window_bits=7",
            "server_max_window_bits=16",
            "server_max_window_bits=08",
            "server_max_window_bits=x",
            "client_max_window_bits",
            "client_max_window_bits=10",
            "server_no_context_takeover",
            "server_no_context_takeover=1",
            "unknown",
            "unknown=1"
        }) {
            answer(group, "7692-7.1", agreed + "; " + wrong, REFUSED);
        }
        answer(
                group,
                "7692-7.1",
                "permessage-deflate; client_no_context_takeover=1; server_no_context_takeover",
                REFUSED);
        answer(group, "7692-5.1", agreed + ", " + agreed, REFUSED);
        answer(group, "7692-5.1", agreed + ", x-unknown", REFUSED);
        answer(group, "6455-4.1", "x-unknown", REFUSED);
        answer(group, "6455-9.1", "permessage-deflate;", REFUSED);
        answer(group, "6455-9.1", ";;", REFUSED);
        return group;
    }

    private static void answer(HandshakeGroup group, String section, String extensions, String expected) {
        group.with(section, extensions, "Sec-WebSocket-Extensions: " + extensions + "\n", expected);
    }

    private static void status(HandshakeGroup group) {
        String line = "HTTP/1.1";
        for (String status : new String[] {
            "200 OK",
            "204 No Content",
            "400 Bad Request",
            "401 Unauthorized",
            "403 Forbidden",
            "404 Not Found",
            "426 Upgrade Required",
            "429 Too Many Requests",
            "500 Internal Server Error",
            "503 Service Unavailable"
        }) {
            // Without it the client may send the next request over the same connection.
            String end = "\nConnection: close" + (status.startsWith("204") ? "" : "\nContent-Length: 0");
            group.instead("6455-4.1", "the status " + status, line, "HTTP/1.1 " + status + end, REFUSED);
        }
        group.instead("6455-4.1", "a response of another protocol", line, "SSH-2.0-Server", REFUSED);
        group.with("6455-4.1", "further headers", "Server: example\nDate: Thu, 01 Jan 2026 00:00:00 GMT\n", OPEN);
    }

    private static void accept(HandshakeGroup group) {
        String accept = "Sec-WebSocket-Accept:";
        group.without("6455-4.1", "no Sec-WebSocket-Accept", accept, REFUSED);
        group.instead("6455-4.1", "an empty Sec-WebSocket-Accept", accept, "Sec-WebSocket-Accept:", REFUSED);
        group.instead(
                "6455-4.1",
                "the answer to another key",
                accept,
                "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                REFUSED);
        group.instead("6455-4.1", "an answer that is no base64", accept, "Sec-WebSocket-Accept: ?", REFUSED);
        group.instead(
                "6455-4.1",
                "the right answer without its last character",
                accept,
                "Sec-WebSocket-Accept: $CUT",
                REFUSED);
        group.instead(
                "6455-4.1",
                "the right answer with space around it",
                accept,
                "Sec-WebSocket-Accept: \t $ACCEPT  ",
                OPEN);
    }

    private static void upgrade(HandshakeGroup group) {
        String upgrade = "Upgrade:";
        group.without("6455-4.1", "no Upgrade", upgrade, REFUSED);
        group.instead("6455-4.1", "Upgrade: WebSocket", upgrade, "Upgrade: WebSocket", OPEN);
        group.instead("6455-4.1", "Upgrade: h2c", upgrade, "Upgrade: h2c", REFUSED);
        group.instead("6455-4.1", "Upgrade: websockets", upgrade, "Upgrade: websockets", REFUSED);
        String connection = "Connection:";
        group.without("6455-4.1", "no Connection", connection, REFUSED);
        group.instead("6455-4.1", "Connection: keep-alive", connection, "Connection: keep-alive", REFUSED);
        group.instead("6455-4.1", "Connection: close", connection, "Connection: close", REFUSED);
        group.instead("6455-4.1", "Connection: upgrade", connection, "Connection: upgrade", OPEN);
        group.instead(
                "6455-4.1", "Connection: keep-alive, Upgrade", connection, "Connection: keep-alive, Upgrade", OPEN);
    }

    private static void agreements(HandshakeGroup group) {
        group.with("6455-4.1", "an extension that was not offered", "Sec-WebSocket-Extensions: x-unknown\n", REFUSED);
        group.with("6455-9.1", "a malformed extension", "Sec-WebSocket-Extensions: ;;\n", REFUSED);
        String name = "Sec-WebSocket-Protocol:";
        group.without("6455-4.1", "no subprotocol", name, REFUSED);
        group.instead(
                "6455-4.1", "a subprotocol that was not offered", name, "Sec-WebSocket-Protocol: wamp.2.cbor", REFUSED);
        group.instead("6455-4.1", "an unknown subprotocol", name, "Sec-WebSocket-Protocol: soap", REFUSED);
        group.instead(
                "6455-4.1", "two subprotocols", name, "Sec-WebSocket-Protocol: wamp.2.json, wamp.2.cbor", REFUSED);
        group.instead(
                "6455-4.1",
                "two headers of subprotocols",
                name,
                "Sec-WebSocket-Protocol: wamp.2.json\nSec-WebSocket-Protocol: wamp.2.cbor",
                REFUSED);
        group.instead(
                "6455-4.1", "another case of the subprotocol", name, "Sec-WebSocket-Protocol: WAMP.2.JSON", REFUSED);
    }
}
