package io.junctor.router.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.connection.transport.CloseStatus;
import io.junctor.router.connection.transport.Connection;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.List;

/** A transport that keeps what it is given and takes it at once, or when the test says so. */
public class ScriptedConnection implements Connection {
    /** Codecs for the tests. */
    public static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);

    private final Serializer serializer;
    private final List<List<byte[]>> writes = new ArrayList<>();
    private final List<CloseStatus> endings = new ArrayList<>();
    private Runnable onWay;
    private boolean takesAtOnce = true;
    private int receiveLimitBytes = Integer.MAX_VALUE;
    private int demands;

    /** A transport that takes everything at once. */
    public ScriptedConnection(Serializer serializer) {
        this.serializer = serializer;
    }

    /** From now on a write stays on its way until {@link #take}. */
    public ScriptedConnection hold() {
        takesAtOnce = false;
        return this;
    }

    public ScriptedConnection receiveLimitBytes(int limit) {
        receiveLimitBytes = limit;
        return this;
    }

    /** Takes what is on its way; false if nothing is. */
    public boolean take() {
        Runnable done = onWay;
        onWay = null;
        if (done != null) {
            done.run();
        }
        return done != null;
    }

    /** Takes what is on its way, and from now on everything at once. */
    public void flow() {
        takesAtOnce = true;
        take();
    }

    /** What was written, decoded; forgets it. */
    public List<FromRouter> received() {
        List<FromRouter> messages = writes.stream()
                .flatMap(List::stream)
                .map(CODECS.of(serializer)::decodeFromRouter)
                .toList();
        forget();
        return messages;
    }

    /** Forgets what was written. */
    public void forget() {
        writes.clear();
    }

    public List<List<byte[]>> writes() {
        return writes;
    }

    public List<CloseStatus> endings() {
        return endings;
    }

    public int demands() {
        return demands;
    }

    @Override
    public Serializer serializer() {
        return serializer;
    }

    @Override
    public JoinRestriction joins() {
        return JoinRestriction.NONE;
    }

    @Override
    public ListenerLimits limits() {
        return ListenerLimits.DEFAULT;
    }

    @Override
    public int receiveLimitBytes() {
        return receiveLimitBytes;
    }

    @Override
    public String peer() {
        return "script";
    }

    @Override
    public void demand() {
        demands++;
    }

    @Override
    public void maxMessageBytes(int bytes) {}

    @Override
    public void write(List<byte[]> messages, Runnable done) {
        assertThat(onWay).as("the write before this one").isNull();
        assertThat(endings).as("closed before").isEmpty();
        writes.add(List.copyOf(messages));
        if (takesAtOnce) {
            done.run();
        } else {
            onWay = done;
        }
    }

    @Override
    public void close(CloseStatus ending) {
        assertThat(onWay).as("the last write").isNull();
        endings.add(ending);
    }

    @Override
    public void drop() {
        throw new AssertionError("nothing here drops a transport");
    }
}
