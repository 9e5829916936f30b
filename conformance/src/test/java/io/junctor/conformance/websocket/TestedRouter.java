package io.junctor.conformance.websocket;

import io.junctor.conformance.JakartaContainer;
import io.junctor.conformance.TestRouter;
import io.junctor.conformance.websocket.WebSocketCase.Setup;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.OpeningHandshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A router to which the cases connect as clients: by its own listener, and by its endpoint in a Jakarta container. For one thread. */
final class TestedRouter implements AutoCloseable {
    /** The longest message that the router takes. */
    static final int MESSAGE_BYTES = 100_000;

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final Pattern SERVER_WINDOW = Pattern.compile("server_max_window_bits=(\\d+)");

    private final ListenerConfig listener = ListenerConfig.builder()
            .port(0)
            .compression(true)
            .limits(ListenerLimits.DEFAULT.withMessageBytes(MESSAGE_BYTES))
            .build();
    private final TestRouter router = TestRouter.open(RouterConfig.builder()
            .listener(listener)
            .realm(RealmConfig.open("realm1"))
            .build());
    private final JakartaContainer container = JakartaContainer.start(listener, router.router());

    /** The WebSocket URI of the listener. */
    URI listener() {
        return router.uri();
    }

    /** The URI of the endpoint in the container. */
    URI container() {
        return container.uri();
    }

    /** Opens a WebSocket, and a session if the case wants one. */
    OpenWebSocket open(URI uri, Setup setup, int patienceMillis) throws IOException {
        // The number of connections that are accepted in a second is limited.
        router.clock().advance(Duration.ofMillis(1));
        Socket socket = connect(uri, patienceMillis);
        try {
            return open(socket, setup);
        } catch (IOException | AssertionError e) {
            socket.close();
            throw e;
        }
    }

    static Socket connect(URI uri, int patienceMillis) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        return socket;
    }

    private static OpenWebSocket open(Socket socket, Setup setup) throws IOException {
        Serializer serializer = setup.serializer();
        FrameInput in = new FrameInput(socket.getInputStream(), false, Opcode.ofMessages(serializer.isText()));
        EchoMessages.Form form = setup.joined() ? EchoMessages.Form.PUBLISH : EchoMessages.Form.HELLO;
        OpenWebSocket open =
                new OpenWebSocket(socket, in, socket.getOutputStream(), true, new EchoMessages(serializer, form));
        socket.getOutputStream().write(request(setup).getBytes(StandardCharsets.ISO_8859_1));
        String head = in.head();
        boolean compressed = head.contains("permessage-deflate");
        if (!head.startsWith("HTTP/1.1 101 ")
                || !head.contains(OpeningHandshake.accept(KEY))
                || compressed != setup.offer().contains("permessage-deflate")) {
            throw new AssertionError("the opening handshake failed: " + head);
        }
        if (compressed) {
            Matcher window = SERVER_WINDOW.matcher(head);
            in.acceptCompressed(window.find() ? Integer.parseInt(window.group(1)) : 15);
        }
        if (setup.joined()) {
            ask(open, List.of(1, "realm1", Map.of("roles", Map.of("publisher", Map.of(), "subscriber", Map.of()))));
            ask(open, List.of(32, 1, Map.of(), EchoMessages.URI));
        }
        return open;
    }

    private static String request(Setup setup) {
        String extensions = setup.offer().isEmpty() ? "" : "Sec-WebSocket-Extensions: " + setup.offer() + "\r\n";
        return "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\nSec-WebSocket-Protocol: "
                + setup.serializer().subprotocol() + "\r\n" + extensions + "\r\n";
    }

    private static void ask(OpenWebSocket open, List<Object> message) throws IOException {
        EchoMessages messages = open.messages();
        int opcode = Opcode.ofMessages(messages.serializer().isText());
        open.out().write(new FrameEncoder(true).frame(Script.FIN | opcode, messages.encode(message)));
        FrameInput.Received answer = open.in().next();
        if (answer.kind != FrameInput.Received.Kind.MESSAGE) {
            throw new AssertionError(message + " was answered by " + answer.kind);
        }
    }

    @Override
    public void close() {
        container.close();
        router.expectIdle();
        router.close();
    }
}
