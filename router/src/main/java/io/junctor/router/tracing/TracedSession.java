package io.junctor.router.tracing;

import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.value.TraceContext;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Records the calls and publications of one session. A span begins with an incoming CALL, and ends with the outgoing final RESULT or ERROR. A
 * message that is not recorded passes unchanged, with the trace context of its sender.
 *
 * <p>{@link #begin} is confined to the reading thread; the other methods are thread-safe. The session calls these methods itself: an object
 * between the session and its connection would keep the JVM from compiling the way of a message as a whole.
 */
public final class TracedSession {
    private final String realm;
    private final Tracing recorder;
    /**
     * The spans of open calls by request id, and progressive calls that have no span. The dealer limits how many calls are open.
     */
    private final Map<Long, Optional<RequestSpan>> calls = new ConcurrentHashMap<>();

    /**
     * The number of {@link #calls}, or more while a call ends. If it is 0, which it is for nearly all messages, {@link #calls} need not be
     * searched.
     */
    private final AtomicInteger open = new AtomicInteger();
    /** The highest request id of a CALL so far: a CALL with a higher id does not continue a progressive call. */
    private long highestCall;

    private TracedSession(String realm, Tracing recorder) {
        this.realm = realm;
        this.recorder = recorder;
    }

    /** Creates the recorder of a session that joins {@code realm} now; null if no session is recorded. */
    public static @Nullable TracedSession of(String realm) {
        Tracing recorder = GlobalTracing.tracing();
        return recorder == null ? null : new TracedSession(realm, recorder);
    }

    /** Begins the span of a message from the client. Returns the message to route: with the context of the span, if it is recorded. */
    public FromClient begin(FromClient message) {
        return switch (message) {
            case Call call when !isLaterPart(call) -> begin(call);
            case Publish publish -> record(publish);
            default -> message;
        };
    }

    /** Whether a CALL belongs to the span of an earlier one, because it continues a progressive call. */
    private boolean isLaterPart(Call call) {
        if (call.request() > highestCall) {
            highestCall = call.request();
            return false;
        }
        return open.get() > 0 && calls.containsKey(call.request());
    }

    private Call begin(Call call) {
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

    private Publish record(Publish publish) {
        RequestSpan span = recorder.publication(
                realm, publish.topic(), TraceContext.of(publish.options().extra()));
        if (span == null) {
            return publish;
        }
        span.end(null);
        return new Publish(
                publish.request(), publish.options().withTrace(span.context()), publish.topic(), publish.payload());
    }

    /** Ends the span of the call that {@code message} answers, if there is one. Called when the message was passed to the outbox. */
    public void end(FromRouter message) {
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
    public void endAll() {
        calls.keySet().forEach(request -> end(request, WampError.CANCELED.uri()));
    }
}
