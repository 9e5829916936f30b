package io.junctor.router.tracing;

import io.junctor.router.connection.MessageSink;
import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.connection.SessionHandler;
import io.junctor.wamp.codec.InvalidRequestException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls and publications of one session. It is placed between the session and its connection: a span begins with an incoming
 * CALL, and ends with the outgoing final RESULT or ERROR. A message that is not recorded passes unchanged, with the trace context of its
 * sender. Thread-safe.
 */
public final class TracedSession {
    private final String realm;
    private final @Nullable Tracing tracing;
    /**
     * The spans of open calls by request id, and progressive calls that have no span. The dealer limits how many calls are open.
     */
    private final Map<Long, Optional<RequestSpan>> calls = new ConcurrentHashMap<>();

    /**
     * The number of {@link #calls}, or more while a call ends. If it is 0, which it is for nearly all messages, {@link #calls} need not be
     * searched.
     */
    private final AtomicInteger open = new AtomicInteger();

    private TracedSession(String realm, @Nullable Tracing tracing) {
        this.realm = realm;
        this.tracing = tracing;
    }

    /** Creates the recorder of a session that joins {@code realm} now. */
    public static TracedSession of(String realm) {
        return new TracedSession(realm, GlobalTracing.tracing());
    }

    /** The sink to which the session sends; {@code outbox} itself if the session is not recorded. */
    public MessageSink sink(MessageSink outbox) {
        return tracing == null ? outbox : new Sink(outbox);
    }

    /** The handler to which the connection passes messages; {@code session} itself if the session is not recorded. */
    public SessionHandler handler(SessionHandler session) {
        return tracing == null ? session : new Handler(session, tracing);
    }

    private FromClient begin(FromClient message, Tracing recorder) {
        return switch (message) {
            // A further CALL of a progressive call belongs to the span of the first one.
            case Call call when open.get() == 0 || !calls.containsKey(call.request()) -> begin(call, recorder);
            case Publish publish -> record(publish, recorder);
            default -> message;
        };
    }

    private Call begin(Call call, Tracing recorder) {
        RequestSpan span = recorder.call(
                realm, call.procedure(), TraceContext.of(call.options().extra()));
        if (span == null) {
            if (call.options().progress()) {
                // Further CALL messages of this progressive call are not recorded either.
                add(call.request(), Optional.empty());
            }
            return call;
        }
        add(call.request(), Optional.of(span));
        return new Call(call.request(), call.options().withTrace(span.context()), call.procedure(), call.payload());
    }

    private void add(long request, Optional<RequestSpan> span) {
        open.incrementAndGet();
        if (calls.put(request, span) != null) {
            open.decrementAndGet();
        }
    }

    private Publish record(Publish publish, Tracing recorder) {
        RequestSpan span = recorder.publication(
                realm, publish.topic(), TraceContext.of(publish.options().extra()));
        if (span == null) {
            return publish;
        }
        span.end(null);
        return new Publish(
                publish.request(), publish.options().withTrace(span.context()), publish.topic(), publish.payload());
    }

    private void end(FromRouter message) {
        if (open.get() == 0) {
            return;
        }
        if (message instanceof Result result && !result.details().progress()) {
            end(result.request(), null);
        } else if (message instanceof ErrorMessage error && error.requestType() == Call.CODE) {
            end(error.request(), error.error());
        }
    }

    private void end(long request, @Nullable Uri error) {
        Optional<RequestSpan> span = calls.remove(request);
        if (span != null) {
            open.decrementAndGet();
            span.ifPresent(open -> open.end(error));
        }
    }

    /** Ends all open spans, because the session ends and its open calls get no answer. */
    private void endAll() {
        calls.keySet().forEach(request -> end(request, WampError.CANCELED.uri()));
    }

    private final class Handler implements SessionHandler {
        private final SessionHandler session;

        private final Tracing recorder;

        private Handler(SessionHandler session, Tracing recorder) {
            this.session = session;
            this.recorder = recorder;
        }

        @Override
        public void onMessage(FromClient message, int receivedBytes) {
            session.onMessage(begin(message, recorder), receivedBytes);
            if (message instanceof Goodbye) {
                endAll();
            }
        }

        @Override
        public void onInvalidRequest(InvalidRequestException invalid, int receivedBytes) {
            session.onInvalidRequest(invalid, receivedBytes);
        }

        @Override
        public void onViolation(String problem) {
            session.onViolation(problem);
            endAll();
        }

        @Override
        public void onTransportLost() {
            session.onTransportLost();
            endAll();
        }

        @Override
        public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
            session.onUndeliverable(message, problem);
        }
    }

    private final class Sink implements MessageSink {
        private final MessageSink outbox;

        private Sink(MessageSink outbox) {
            this.outbox = outbox;
        }

        @Override
        public Serializer serializer() {
            return outbox.serializer();
        }

        @Override
        public void append(FromRouter message, Payload payload) {
            outbox.append(message, payload);
            end(message);
        }

        @Override
        public void append(OnceEncodedEvent shared) {
            outbox.append(shared);
        }

        @Override
        public long waitingBytes() {
            return outbox.waitingBytes();
        }

        @Override
        public int waitingMessages() {
            return outbox.waitingMessages();
        }

        @Override
        public int writeOnItsWay() {
            return outbox.writeOnItsWay();
        }

        @Override
        public void takeBack(Consumer<List<Invocation>> taker) {
            outbox.takeBack(taker);
        }
    }
}
