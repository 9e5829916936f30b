package io.junctor.conformance.websocket;

import io.junctor.conformance.websocket.FrameInput.Received;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs one case over one WebSocket and says what happened, in the words of {@link Expectation}. Confined to one thread. */
final class Judge {
    private static final int NORMAL = 1000;

    private final OpenWebSocket peer;
    private final WebSocketCase tested;
    private final Script script;
    private final EchoMessages messages;
    private final List<byte[]> pongs = new ArrayList<>();
    private boolean aborted;
    private boolean closing;
    private boolean streamEnded;

    private Judge(OpenWebSocket peer, WebSocketCase tested) {
        this.peer = peer;
        this.tested = tested;
        this.messages = peer.messages();
        this.script = new Script(messages, peer.masked());
        tested.script().accept(script);
        this.closing = script.hasClosed();
    }

    /** What happens in this case. */
    static String outcome(OpenWebSocket peer, WebSocketCase tested) {
        try {
            return new Judge(peer, tested).run();
        } catch (SocketTimeoutException e) {
            return "nothing came, and the connection is open";
        } catch (IOException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String run() throws IOException {
        for (Script.Step step : script.steps()) {
            String end = take(step);
            if (!end.isEmpty()) {
                return end;
            }
        }
        boolean answers = tested.expected() instanceof Expectation.Answered;
        while (!(answers && isAnswered())) {
            String end = read(answers);
            if (!end.isEmpty()) {
                return end;
            }
        }
        return leave();
    }

    private String take(Script.Step step) throws IOException {
        switch (step) {
            case Script.Write write -> send(write.bytes);
            case Script.EndOfStream end -> peer.socket().shutdownOutput();
            case Script.AwaitPong awaited -> {
                while (pongs.isEmpty() || !Arrays.equals(pongs.getLast(), awaited.payload)) {
                    String end = read(true);
                    if (!end.isEmpty()) {
                        return end;
                    }
                }
            }
            case Script.AwaitEchoes awaited -> {
                while (messages.echoes() < awaited.count()) {
                    String end = read(true);
                    if (!end.isEmpty()) {
                        return end;
                    }
                }
            }
        }
        return "";
    }

    private boolean isAnswered() {
        List<byte[]> pings = script.pings();
        return messages.hasAllEchoes()
                && (pings.isEmpty() || (!pongs.isEmpty() && Arrays.equals(pongs.getLast(), pings.getLast())));
    }

    /** Reads one message or frame. Returns what happened if the connection has ended, else an empty text. */
    private String read(boolean answersAllowed) throws IOException {
        Received received = peer.in().next();
        return switch (received.kind) {
            case MESSAGE -> {
                switch (messages.read(received.payload)) {
                    case ECHO -> require(answersAllowed, "a message was answered");
                    case ACKNOWLEDGED -> {}
                    case ABORT -> aborted = true;
                }
                yield "";
            }
            case PONG -> {
                take(received.payload);
                yield "";
            }
            case PING -> "";
            case CLOSE -> closed(received.payload);
            case END -> (aborted ? "ABORT, " : "") + Expectation.ENDED;
        };
    }

    /** A pong must answer a ping that no later pong has passed (RFC 6455, section 5.5.3). */
    private void take(byte[] pong) {
        List<byte[]> open = script.pings()
                .subList(
                        Math.min(pongs.size(), script.pings().size()),
                        script.pings().size());
        require(
                open.stream().anyMatch(ping -> Arrays.equals(ping, pong)),
                open.isEmpty() ? "a pong came" : "a wrong pong came");
        pongs.add(pong);
    }

    private String closed(byte[] payload) throws IOException {
        require(payload.length != 1, "a close frame with one octet came");
        Expectation code = payload.length == 0
                ? Expectation.CLOSED_WITHOUT_CODE
                : new Expectation.Closed((payload[0] & 0xFF) << 8 | (payload[1] & 0xFF));
        if (!closing) {
            closing = true;
            send(new FrameEncoder(peer.masked())
                    .frame(Script.FIN | 8, Arrays.copyOf(payload, Math.min(payload.length, 2))));
        }
        endStreamOfServer();
        Received next = peer.in().next();
        require(next.kind == Received.Kind.END, "a frame came after the close frame");
        return (aborted ? "ABORT, " : "") + code;
    }

    /** The server ends the TCP connection first (RFC 6455, section 7.1.1). */
    private void endStreamOfServer() throws IOException {
        if (!peer.masked() && !streamEnded) {
            streamEnded = true;
            peer.socket().shutdownOutput();
        }
    }

    /** Closes in order, and expects the same. */
    private String leave() throws IOException {
        closing = true;
        send(new FrameEncoder(peer.masked()).frame(Script.FIN | 8, new byte[] {NORMAL >> 8, (byte) NORMAL}));
        String end = "";
        while (end.isEmpty()) {
            end = read(true);
        }
        return end.equals(new Expectation.Closed(NORMAL).toString())
                ? Expectation.ANSWERED.toString()
                : "answered, but then " + end;
    }

    private void send(byte[] bytes) throws IOException {
        try {
            peer.out().write(bytes);
            peer.out().flush();
        } catch (SocketException e) {
            // The other side has ended the connection; what it sent before can still be read.
        }
    }

    private static void require(boolean condition, String wrong) {
        if (!condition) {
            throw new AssertionError(wrong);
        }
    }
}
