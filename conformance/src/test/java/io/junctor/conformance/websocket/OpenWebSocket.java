package io.junctor.conformance.websocket;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A WebSocket after the opening handshake, seen by the peer that runs a case. Confined to one thread.
 *
 * @param masked whether the peer is a client, so that it masks what it sends
 * @param messages what the peer exchanges with the side that is tested
 */
record OpenWebSocket(Socket socket, FrameInput in, OutputStream out, boolean masked, EchoMessages messages)
        implements Closeable {
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
