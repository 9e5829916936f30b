package io.junctor.conformance.websocket;

import io.junctor.client.Args;
import io.junctor.client.Client;
import io.junctor.client.Registration;
import io.junctor.client.Session;
import io.junctor.conformance.websocket.WebSocketCase.Setup;
import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;
import io.junctor.websocket.OpeningHandshake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The Java client, joined to a scripted server that the cases are run by. For one thread. */
final class TestedClient implements AutoCloseable {
    static final String AGREED = "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private static final long REGISTRATION = 7;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final int patienceMillis;
    /** Stays open, so that clients share the threads that the first one starts. */
    private final OpenWebSocket first;

    TestedClient(int patienceMillis) throws IOException {
        this.patienceMillis = patienceMillis;
        this.first = open(new Setup(Serializer.JSON, "", true));
    }

    /** Lets a client connect, join and register the procedure. */
    OpenWebSocket open(Setup setup) throws IOException {
        CompletableFuture<Session> joining =
                client(setup.serializer(), !setup.offer().isEmpty()).joinAsync();
        Socket socket = accept();
        try {
            OpenWebSocket open = shake(socket, setup.serializer(), answer(setup.offer()));
            join(open, joining);
            return open;
        } catch (IOException | AssertionError e) {
            socket.close();
            throw e;
        }
    }

    /** What a server answers to the client's offer: the same, with the window that the case is about. */
    private static String answer(String offer) {
        int window = offer.indexOf("; server_max_window_bits");
        return offer.isEmpty() ? "" : AGREED + (window < 0 ? "" : offer.substring(window));
    }

    /** A client of this server. */
    Client client(Serializer serializer, boolean compression) {
        return Client.builder("ws://127.0.0.1:" + server.getLocalPort() + "/ws")
                .realm("realm1")
                .serializers(serializer)
                .maxMessageBytes(TestedRouter.MESSAGE_BYTES)
                .compression(compression)
                .connectTimeout(PATIENCE)
                .joinTimeout(PATIENCE)
                .build();
    }

    Socket accept() throws IOException {
        server.setSoTimeout(patienceMillis);
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        return socket;
    }

    private static OpenWebSocket shake(Socket socket, Serializer serializer, String extension) throws IOException {
        FrameInput in = new FrameInput(socket.getInputStream(), true, Opcode.ofMessages(serializer.isText()));
        EchoMessages messages = new EchoMessages(serializer, EchoMessages.Form.INVOCATION);
        OpenWebSocket open = new OpenWebSocket(socket, in, socket.getOutputStream(), false, messages);
        String key = header(in.head(), "Sec-WebSocket-Key");
        if (!extension.isEmpty()) {
            in.acceptCompressed(15);
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + OpeningHandshake.accept(key) + "\r\nSec-WebSocket-Protocol: "
                + serializer.subprotocol() + "\r\n"
                + (extension.isEmpty() ? "" : "Sec-WebSocket-Extensions: " + extension + "\r\n") + "\r\n";
        open.out().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        return open;
    }

    /** The value of a header, or an empty text. */
    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static void join(OpenWebSocket open, CompletableFuture<Session> joining) throws IOException {
        read(open);
        write(open, List.of(2, 9_129_137_332L, Map.of("roles", Map.of("broker", Map.of(), "dealer", Map.of()))));
        CompletableFuture<Registration> registering = joining.thenCompose(session ->
                session.async().register(EchoMessages.URI, call -> Args.of(call.argument(0, String.class))));
        List<@Nullable Object> register = read(open);
        write(open, List.of(65, ((Number) register.get(1)).longValue(), REGISTRATION));
        open.messages().registration(REGISTRATION);
        registering.join();
    }

    private static List<@Nullable Object> read(OpenWebSocket open) throws IOException {
        FrameInput.Received received = open.in().next();
        if (received.kind != FrameInput.Received.Kind.MESSAGE) {
            throw new AssertionError("the client sent " + received.kind);
        }
        return open.messages().decode(received.payload);
    }

    private static void write(OpenWebSocket open, List<Object> message) throws IOException {
        int opcode = Opcode.ofMessages(open.messages().serializer().isText());
        open.out()
                .write(new FrameEncoder(false)
                        .frame(Script.FIN | opcode, open.messages().encode(message)));
    }

    @Override
    public void close() throws IOException {
        first.close();
        server.close();
    }
}
