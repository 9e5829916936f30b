package io.junctor.client.internal.websocket;

import io.junctor.client.internal.Transport;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.http.InboundMessageQueue;
import io.junctor.client.internal.http.MessageBatcher;
import io.junctor.wamp.auth.ChannelBinding;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Subprotocol;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.WebSocketCoreSession;
import org.jspecify.annotations.Nullable;

/** A transport that consists of a WebSocket of Jetty. As thread-safe as {@link Transport} demands. */
final class WebSocketTransport implements Transport {
    private final CoreSession session;
    private final WebSocketFrameHandler frames;
    private final Serializer serializer;
    private final @Nullable BatchFormat batch;
    /** The messages of received batches, or null if messages are not batched. */
    private final @Nullable InboundMessageQueue arrived;

    /** Compresses messages; null if they are not compressed. */
    private final @Nullable MessageDeflation deflation;

    private final byte opcode;
    /** Ends the connection if a frame cannot be sent. */
    private final Callback orLost = Callback.from(() -> {}, this::notSent);

    WebSocketTransport(
            CoreSession session,
            WebSocketFrameHandler frames,
            Subprotocol subprotocol,
            @Nullable MessageDeflation deflation) {
        this.deflation = deflation;
        this.session = session;
        this.frames = frames;
        this.serializer = subprotocol.serializer();
        this.batch = subprotocol.isBatched() ? new BatchFormat(serializer) : null;
        this.arrived = batch == null ? null : new InboundMessageQueue(session::demand);
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
        if (batch == null || arrived == null) {
            frames.start(listener, serializer.isText());
        } else {
            arrived.start(listener);
            frames.start(new BatchedMessageListener(batch, arrived), serializer.isText());
        }
    }

    @Override
    public void demand() {
        if (arrived == null) {
            session.demand();
        } else {
            arrived.demand();
        }
    }

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        for (byte[] message : batch == null ? messages : MessageBatcher.of(messages, batch)) {
            session.sendFrame(frame(message), orLost, true);
        }
        session.flush(Callback.from(done, failure -> {
            notSent(failure);
            done.run();
        }));
    }

    private Frame frame(byte[] message) {
        if (deflation != null && message.length >= MessageDeflation.MIN_BYTES) {
            byte[] compressed = deflation.deflate(message);
            if (compressed.length < message.length) {
                return new Frame(opcode, ByteBuffer.wrap(compressed)).setRsv1(true);
            }
        }
        return new Frame(opcode, ByteBuffer.wrap(message));
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
        frames.drop("dropped");
    }

    private void notSent(Throwable failure) {
        frames.drop("nothing can be sent: " + WebSocketFrameHandler.describe(failure));
    }
}
