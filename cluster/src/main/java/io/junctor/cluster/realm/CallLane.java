package io.junctor.cluster.realm;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.Lane;
import io.junctor.cluster.engine.Message;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.engine.Traffic;
import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBody;
import io.junctor.cluster.protocol.TextHash;
import io.junctor.cluster.protocol.WampMessages;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.Signal;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Timers;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes invocations and their answers between certain routers. All that a pass has for one router is one message. {@link #flush} may be called
 * by several threads at a time, of which one sends.
 */
final class CallLane {
    private static final Logger LOG = LoggerFactory.getLogger(CallLane.class);

    private static final int TO_CALLEE = 1;
    private static final int FROM_CALLEE = 2;
    private static final int SIGNAL = 3;
    private static final int GIVEN_BACK = 4;

    /** What goes to a router about one of its sessions, or one of ours. */
    private sealed interface Item permits ToCallee, FromCallee, Signaled, GivenBack {
        long router();
    }

    private record ToCallee(long router, long session, FromRouter message) implements Item {}

    private record FromCallee(long router, long session, FromClient message) implements Item {}

    private record Signaled(long router, long session, Signal signal) implements Item {}

    private record GivenBack(long router, long session, ErrorMessage error) implements Item {}

    /** What one router gets at a time. */
    private static final class Parcel {
        final BodyWriter body = new BodyWriter();
        final List<ToCallee> invocations = new ArrayList<>();
    }

    /** How long the first callee waits at most until other routers can reach it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String realm;
    private final RealmPort port;
    private final Timers timers;
    private final Lane lane;
    private final Queue<Item> waiting = new ConcurrentLinkedQueue<>();
    private final Sending sending = new Sending();
    /** Guarded by this. */
    private @Nullable CompletableFuture<Void> reachable;

    CallLane(Engine engine, Timers timers, String realm, RealmPort port) {
        this.realm = realm;
        this.port = port;
        this.timers = timers;
        this.lane = engine.lane(Traffic.CALLS, TextHash.token(realm), this::onMessages);
        lane.subscribe(engine.router().toString());
    }

    /**
     * Completes when the other routers know that this one takes invocations, or after 2 seconds. Only the first callee waits: the routers
     * know it from then on.
     */
    synchronized CompletionStage<Void> reachable() {
        if (reachable == null) {
            CompletableFuture<Void> known = new CompletableFuture<>();
            Timers.Timer patience = timers.after(PATIENCE, () -> known.complete(null));
            var unused = lane.interestKnown().whenComplete((nothing, failure) -> {
                patience.cancel();
                known.complete(null);
            });
            reachable = known;
        }
        return reachable;
    }

    void toCallee(long router, long session, FromRouter message) {
        waiting.add(new ToCallee(router, session, message));
    }

    void fromCallee(long router, long session, FromClient message) {
        waiting.add(new FromCallee(router, session, message));
    }

    void signal(long router, long session, Signal signal) {
        waiting.add(new Signaled(router, session, signal));
    }

    void giveBack(long router, long session, ErrorMessage error) {
        waiting.add(new GivenBack(router, session, error));
    }

    /** Sends what waits, unless another thread does: that one looks again. */
    void flush() {
        if (!waiting.isEmpty()) {
            sending.run(this::sendAll);
        }
    }

    void close() {
        lane.close();
    }

    private void sendAll() {
        Map<Long, Parcel> parcels = new LinkedHashMap<>(2);
        for (Item item = waiting.poll(); item != null; item = waiting.poll()) {
            write(parcels.computeIfAbsent(item.router(), router -> parcel()), item);
        }
        parcels.forEach((router, parcel) -> lane.publish(
                new RouterId(router).toString(), parcel.body.toBytes(), () -> parcel.invocations.forEach(this::fail)));
    }

    private Parcel parcel() {
        Parcel parcel = new Parcel();
        parcel.body.text(realm);
        return parcel;
    }

    private void write(Parcel parcel, Item item) {
        // A message that cannot be encoded must not spoil the others.
        BodyWriter one = new BodyWriter();
        try {
            switch (item) {
                case ToCallee to -> {
                    WampMessages.write(one.octet(TO_CALLEE).id(to.session), to.message);
                    if (to.message instanceof Invocation) {
                        parcel.invocations.add(to);
                    }
                }
                case FromCallee from ->
                    WampMessages.write(one.octet(FROM_CALLEE).id(from.session), from.message);
                case GivenBack back -> WampMessages.write(one.octet(GIVEN_BACK).id(back.session), back.error);
                case Signaled signaled -> one.octet(SIGNAL).id(signaled.session).octet(signaled.signal.ordinal());
            }
            parcel.body.append(one);
        } catch (Unrepresentable problem) {
            LOG.warn("realm {}: a message does not reach another router: {}", realm, problem.getMessage());
            if (item instanceof ToCallee to) {
                fail(to);
            }
        }
    }

    /** Gives back a call that has reached no router. */
    private void fail(ToCallee lost) {
        if (lost.message instanceof Invocation invocation) {
            port.givenBack(
                    lost.router,
                    lost.session,
                    new ErrorMessage(
                            Invocation.CODE,
                            invocation.request(),
                            ErrorDetails.NONE,
                            WampError.CANCELED.uri(),
                            Payload.NONE));
        }
    }

    private void onMessages(List<Message> messages) {
        try (Pass pass = Pass.open()) {
            messages.forEach(this::take);
        }
    }

    private void take(Message message) {
        try {
            BodyReader body = new BodyReader(message.body());
            if (!body.text().equals(realm)) {
                throw new InvalidBody("it is of another realm");
            }
            while (!body.isAtEnd()) {
                take(message.from().value(), body);
            }
        } catch (InvalidBody invalid) {
            LOG.warn("realm {}: dropped a message of router {}: {}", realm, message.from(), invalid.getMessage());
        }
    }

    private void take(long router, BodyReader body) {
        int kind = body.octet();
        long session = body.id();
        switch (kind) {
            case TO_CALLEE -> port.toCallee(router, session, WampMessages.fromRouter(body));
            case FROM_CALLEE -> port.fromCallee(router, session, WampMessages.fromClient(body));
            case GIVEN_BACK -> port.givenBack(router, session, error(WampMessages.fromClient(body)));
            case SIGNAL -> port.signal(router, session, signal(body.octet()));
            default -> throw new InvalidBody("an item of the unknown kind " + kind);
        }
    }

    private static ErrorMessage error(FromClient message) {
        if (message instanceof ErrorMessage error) {
            return error;
        }
        throw new InvalidBody("an invocation is given back without an error");
    }

    private static Signal signal(int ordinal) {
        if (ordinal >= Signal.values().length) {
            throw new InvalidBody("the unknown signal " + ordinal);
        }
        return Signal.values()[ordinal];
    }
}
