package io.junctor.router.realm;

import io.junctor.router.authorization.Grant;
import io.junctor.router.config.ListenerLimits;
import io.junctor.router.connection.CloseStatus;
import io.junctor.router.connection.Connection;
import io.junctor.router.connection.Outbox;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.RequestIds;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Belongs to the turn of its realm, but for what its outbox brings. Calls procedures for the router itself: to callees a caller like any
 * other, which the meta API does not know.
 */
final class RouterCaller {
    /** Immutable. What became of a call. */
    sealed interface Answer permits Returned, Failed {}

    /**
     * Immutable. A result.
     *
     * @param arguments what it holds
     */
    record Returned(Arguments arguments) implements Answer {}

    /**
     * Immutable. An error, of the callee or of the router.
     *
     * @param error its URI
     * @param arguments what it holds
     */
    record Failed(Uri error, Arguments arguments) implements Answer {}

    private final Dealer dealer;
    private final Codecs codecs = new Codecs(CodecLimits.DEFAULT);
    private final RequestIds requestIds = new RequestIds();
    private final Map<Long, CompletableFuture<Answer>> openByRequest = new ConcurrentHashMap<>();
    private final Session session;

    RouterCaller(long id, Session.Bounds bounds, Dealer dealer, Counters counters) {
        this.dealer = dealer;
        Identity router = new Identity("router", "router", "internal", "internal");
        Outbox outbox = new Outbox(new Line(), codecs, counters, new Owner(), bounds.pressure());
        Roles roles = new Roles(Map.of(Role.CALLER, Set.of()));
        this.session = new Session(id, router, roles, bounds, outbox, new Unbounded());
    }

    /** The id of its session. */
    long id() {
        return session.id();
    }

    /** Calls; {@code answer} completes outside of the turn. */
    @InTurn
    void call(Uri procedure, Payload payload, Duration timeout, CompletableFuture<Answer> answer) {
        long request = requestIds.next();
        openByRequest.put(request, answer);
        CallMessageOptions options =
                new CallMessageOptions(timeout.toMillis(), false, false, false, null, List.of(), Dict.EMPTY);
        dealer.onCall(session, new Call(request, options, procedure, payload), Grant.PLAIN);
    }

    private void receive(FromRouter message) {
        if (message instanceof Result result) {
            complete(result.request(), new Returned(codecs.arguments(result.payload())));
        } else if (message instanceof ErrorMessage error) {
            complete(error.request(), new Failed(error.error(), codecs.arguments(error.payload())));
        }
    }

    private void complete(long request, Answer answer) {
        CompletableFuture<Answer> open = openByRequest.remove(request);
        if (open != null) {
            open.complete(answer);
        }
    }

    /** Where the outbox writes to. */
    private final class Line implements Connection {
        @Override
        public Serializer serializer() {
            return Serializer.CBOR;
        }

        @Override
        public ListenerLimits limits() {
            return ListenerLimits.DEFAULT;
        }

        @Override
        public int receiveLimitBytes() {
            return Integer.MAX_VALUE;
        }

        @Override
        public String peer() {
            return "router";
        }

        @Override
        public void demand() {
            // Nothing is read from here.
        }

        @Override
        public void maxMessageBytes(int bytes) {
            // Nothing is read from here.
        }

        @Override
        public void write(List<byte[]> messages, Runnable done) {
            messages.forEach(message -> receive(codecs.of(Serializer.CBOR).decodeFromRouter(message)));
            done.run();
        }

        @Override
        public void close(CloseStatus ending) {
            // It lives as long as the realm.
        }

        @Override
        public void drop() {
            // It lives as long as the realm.
        }
    }

    /** What cannot be told here is an answer that cannot be read. */
    private final class Owner implements Outbox.Owner {
        private static final Failed UNREADABLE = new Failed(WampError.INVALID_PAYLOAD.uri(), Arguments.NONE);

        @Override
        public void onUndeliverable(FromRouter message, Outbox.Problem problem) {
            if (message instanceof Result result) {
                complete(result.request(), UNREADABLE);
            } else if (message instanceof ErrorMessage error) {
                complete(error.request(), UNREADABLE);
            }
        }

        @Override
        public void onDrained() {
            // It is never told to read no further.
        }

        @Override
        public void onSlow() {
            // It takes all at once.
        }
    }

    /** An outbox that is emptied at the end of each pass is never over a limit for long. */
    private static final class Unbounded implements Session.Exit {
        @Override
        public void onOverflow() {
            // Its answers are taken at the end of this pass.
        }

        @Override
        public void onProbe(Runnable answered) {
            answered.run();
        }

        @Override
        public void onSilent() {
            // It registers nothing that somebody else could want.
        }

        @Override
        public void onDropping() {
            // It gets no events.
        }

        @Override
        public void onAnswersPiledUp(long untilBytes) {
            // Its answers are taken at the end of this pass.
        }

        @Override
        public void onLongWork() {
            // It publishes nothing.
        }

        @Override
        public void onLongWorkDone() {
            // It publishes nothing.
        }
    }
}
