package io.junctor.conformance.websocket;

import io.junctor.client.Session;
import io.junctor.client.WampException;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.OpeningHandshake;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Runs cases of the opening handshake and says what happened. For one thread. */
final class HandshakeJudge {
    private HandshakeJudge() {}

    /** What a router answers: the status, and the subprotocol and the extension of an upgrade. */
    static String ofRequest(URI router, HandshakeCase tested, int patienceMillis) {
        try (Socket socket = TestedRouter.connect(router, patienceMillis)) {
            socket.getOutputStream().write(tested.text().getBytes(StandardCharsets.ISO_8859_1));
            String head = new FrameInput(socket.getInputStream(), false, Opcode.TEXT).head();
            String status = head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
            if (!status.equals("101")) {
                return status;
            }
            if (!head.contains("Sec-WebSocket-Accept: " + OpeningHandshake.accept(TestedRouter.KEY) + "\r\n")) {
                return "101 with a wrong Sec-WebSocket-Accept";
            }
            String extension = TestedClient.header(head, "Sec-WebSocket-Extensions");
            return status + " " + TestedClient.header(head, "Sec-WebSocket-Protocol")
                    + (extension.isEmpty() ? "" : "; " + extension);
        } catch (IOException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What the client makes of a response, with or without an offer of permessage-deflate. */
    static String ofResponse(TestedClient client, HandshakeCase tested, boolean compression) {
        CompletableFuture<Session> joining =
                client.client(Serializer.JSON, compression).joinAsync();
        try (Socket socket = client.accept()) {
            FrameInput in = new FrameInput(socket.getInputStream(), true, Opcode.TEXT);
            String accept = OpeningHandshake.accept(TestedClient.header(in.head(), "Sec-WebSocket-Key"));
            String response =
                    tested.text().replace("$ACCEPT", accept).replace("$CUT", accept.substring(0, accept.length() - 1));
            socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            // A client that refuses may keep the connection for other requests.
            var unused = joining.whenComplete((session, failure) -> shut(socket));
            if (compression) {
                in.acceptCompressed(15);
            }
            FrameInput.Received first = in.next();
            if (first.kind == FrameInput.Received.Kind.MESSAGE) {
                return ResponseCases.OPEN;
            }
        } catch (IOException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
        return failure(joining);
    }

    private static void shut(Socket socket) {
        try {
            socket.shutdownInput();
        } catch (IOException e) {
            // It is closed already.
        }
    }

    private static String failure(CompletableFuture<Session> joining) {
        try {
            joining.join();
            return "joined without WELCOME";
        } catch (CompletionException e) {
            return e.getCause() instanceof WampException refused
                            && refused.getMessage().contains("cannot connect to")
                    ? ResponseCases.REFUSED
                    : String.valueOf(e.getCause());
        }
    }
}
