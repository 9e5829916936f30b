package io.junctor.client.internal.websocket;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.value.Serializer;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads, except as {@link Transport} says. A WebSocket of Jetty. */
final class WebSocketTransport implements Transport {
    private final CoreSession session;
    private final WebSocketFrameHandler inbox;
    private final Serializer serializer;
    private final byte opcode;
    /** What cannot be sent is lost, and the connection with it. */
    private final Callback orLost = Callback.from(() -> {}, this::notSent);

    WebSocketTransport(CoreSession session, WebSocketFrameHandler inbox, Serializer serializer) {
        this.session = session;
        this.inbox = inbox;
        this.serializer = serializer;
        this.opcode = serializer.isText() ? OpCode.TEXT : OpCode.BINARY;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public byte @Nullable [] channelBinding(String type) {
        EndPoint.SslSessionData tls = session instanceof WebSocketCoreSession jetty
                ? jetty.getConnection().getEndPoint().getSslSessionData()
                : null;
        return tls == null ? null : ChannelBinding.ofClient(type, tls.sslSession());
    }

    @Override
    public void start(TransportListener listener) {
        inbox.start(listener, serializer.isText());
    }

    @Override
    public void demand() {
        session.demand();
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        for (byte[] message : messages) {
            session.sendFrame(new Frame(opcode, ByteBuffer.wrap(message)), orLost, true);
        }
        session.flush(Callback.from(done, failure -> {
            notSent(failure);
            done.run();
        }));
    }

    @Override
    public void ping() {
        session.sendFrame(new Frame(OpCode.PING), orLost, false);
    }

    @Override
    public void close(int code) {
        session.close(code, null, orLost);
    }

    @Override
    public void drop() {
        inbox.drop("dropped");
    }

    private void notSent(Throwable failure) {
        inbox.drop("nothing can be sent: " + WebSocketFrameHandler.describe(failure));
    }
}
