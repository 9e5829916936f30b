package io.junctor.client.engine;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Called by one WebSocket of the JDK, one event at a time and only when asked. Puts messages together within the size limit
 * and hands them on.
 */
final class WebSocketInbox implements WebSocket.Listener {
    private static final int CLOSED_IN_ORDER = 1000;
    private static final int TOO_BIG = 1009;

    private record Target(TransportListener listener, boolean text) {}

    /** How long the router has for the rest of a closing handshake. */
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final int limitBytes;
    private final Runnable release;
    private final CompletableFuture<Target> started = new CompletableFuture<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    // Touched in the WebSocket's calls only.
    private @Nullable StringBuilder textParts;
    private @Nullable ByteArrayOutputStream binaryParts;

    /** {@code release} frees what is behind the WebSocket; it may be called more than once. */
    WebSocketInbox(int limitBytes, Runnable release) {
        this.limitBytes = limitBytes;
        this.release = release;
    }

    /** Drops the connection, if it is still there, and what is behind it. */
    void letGo(WebSocket socket) {
        socket.abort();
        release.run();
    }

    /** Whom to tell, and whether messages come as text. Nothing is asked for before. */
    void start(TransportListener listener, boolean text) {
        started.complete(new Target(listener, text));
    }

    /** Tells the listener that nothing will come any more, once. */
    void closed(String cause) {
        if (closed.compareAndSet(false, true)) {
            var unused = started.thenAccept(target -> target.listener.onClosed(cause));
        }
    }

    @Override
    public void onOpen(WebSocket socket) {
        // Nothing is asked for before the session asks.
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
        int length = part.length() + (textParts == null ? 0 : textParts.length());
        if (length > limitBytes) {
            refuse(socket);
        } else if (last && textParts == null) {
            deliverText(part.toString());
        } else {
            textParts = (textParts == null ? new StringBuilder() : textParts).append(part);
            finishText(socket, last, textParts);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
        int length = part.remaining() + (binaryParts == null ? 0 : binaryParts.size());
        byte[] bytes = new byte[part.remaining()];
        if (length > limitBytes) {
            refuse(socket);
        } else if (last && binaryParts == null) {
            part.get(bytes);
            deliver(bytes, false);
        } else {
            part.get(bytes);
            binaryParts = binaryParts == null ? new ByteArrayOutputStream() : binaryParts;
            binaryParts.writeBytes(bytes);
            finishBinary(socket, last, binaryParts);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        // The JDK answers; a ping is no message, so the one asked for is still to come.
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        target().listener.onPong();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        closed("closed by the router with code " + code + (reason.isEmpty() ? "" : " (" + reason + ")"));
        finish(socket, CLOSED_IN_ORDER);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        closed(error.getClass().getSimpleName() + ": " + error.getMessage());
        letGo(socket);
    }

    private void finishText(WebSocket socket, boolean last, StringBuilder parts) {
        if (last) {
            textParts = null;
            deliverText(parts.toString());
        } else {
            socket.request(1);
        }
    }

    private void finishBinary(WebSocket socket, boolean last, ByteArrayOutputStream parts) {
        if (last) {
            binaryParts = null;
            deliver(parts.toByteArray(), false);
        } else {
            socket.request(1);
        }
    }

    private void deliverText(String text) {
        deliver(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private void deliver(byte[] message, boolean text) {
        Target target = target();
        if (text == target.text) {
            target.listener.onMessage(message);
        } else {
            target.listener.onFault(text ? "text frame on a binary subprotocol" : "binary frame on a text subprotocol");
        }
    }

    private void refuse(WebSocket socket) {
        finish(socket, WebSocketTransport.sendable(TOO_BIG));
        closed("the router sent a message of more than " + limitBytes + " bytes");
    }

    /** Sends a close frame if none is out yet, and lets go once it is out, or cannot be. */
    private void finish(WebSocket socket, int code) {
        var unused = socket.sendClose(code, "")
                .orTimeout(CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((done, failure) -> letGo(socket));
    }

    /** Complete, as nothing arrives before something was asked for. */
    private Target target() {
        return started.join();
    }
}
