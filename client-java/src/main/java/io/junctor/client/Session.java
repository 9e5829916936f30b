package io.junctor.client;

import io.junctor.client.internal.engine.PendingCall;
import io.junctor.client.internal.engine.SessionEngine;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with a realm (section "Sessions"): publishes, subscribes, calls and registers. Thread-safe.
 *
 * <p>Methods wait for the router. Call them on virtual threads if many threads wait at the same time, or use {@link #async()}.
 * They throw {@link WampException} when the router refuses a request; with {@code wamp.error.timeout} when no answer arrives within
 * the request timeout; with {@code wamp.error.invalid_uri} for an invalid URI; with {@code wamp.error.invalid_payload} or
 * {@code wamp.error.payload_size_exceeded} when arguments cannot be sent; and with {@code wamp.error.canceled} when the
 * waiting thread is interrupted; the thread stays interrupted. After the session has ended they throw
 * {@link SessionClosedException}.
 *
 * <p>A session ends exactly once: when it is closed, when the router ends it, when the router violates the protocol, or
 * when the connection is lost. Then every open request fails with the reason, the remaining received events are
 * handled, and the listeners of {@link #onLeave} are called. To join a new session, call {@link Client#join};
 * {@link Client#stayJoined} does so automatically.
 */
public final class Session implements AutoCloseable {
    private final SessionEngine engine;
    private final Welcome welcome;
    private final AsyncSession async;
    private final String realm;

    Session(SessionEngine engine, Welcome welcome, AsyncSession async, String realm) {
        this.engine = engine;
        this.welcome = welcome;
        this.async = async;
        this.realm = realm;
    }

    /**
     * Joins a realm with the default settings: anonymous, all serializers. {@link Client#builder} offers all settings.
     *
     * @throws WampException if the router cannot be reached, does not answer in time, or refuses
     */
    public static Session join(String uri, String realm) {
        return Client.builder(uri).realm(realm).build().join();
    }

    /**
     * Joins a realm of a router in the same process with the default settings. If {@code router} gives its clients no identity, the
     * session is anonymous. {@link Client#builder(InProcessRouter)} has all settings.
     *
     * @throws WampException if the router does not answer in time, or refuses
     */
    public static Session join(InProcessRouter router, String realm) {
        return Client.builder(router).realm(realm).build().join();
    }

    /** The id of the session, which the router chose. */
    public long id() {
        return welcome.session();
    }

    /** The joined realm. */
    public String realm() {
        return welcome.details().realm() == null ? realm : welcome.details().realm();
    }

    /** The authid that the router assigned, or null. */
    public @Nullable String authid() {
        return welcome.details().identity().authid();
    }

    /** The role that the router assigned, or null. */
    public @Nullable String authrole() {
        return welcome.details().identity().authrole();
    }

    /** Whether the router announced this feature for its broker or dealer. */
    public boolean routerHas(Feature feature) {
        return welcome.details().roles().has(Role.BROKER, feature)
                || welcome.details().roles().has(Role.DEALER, feature);
    }

    /** Returns this session with methods that return futures. */
    public AsyncSession async() {
        return async;
    }

    /** Returns the testaments of this session: the publications that the router makes when the session ends. */
    public Testaments testaments() {
        return new Testaments(this);
    }

    /**
     * Publishes positional arguments without acknowledgement, like {@link #publish(String, Args, PublishOptions)}. This
     * session does not receive its own event, even if it is subscribed: {@link PublishOptions#includeMe} changes that.
     */
    public void publish(String topic, @Nullable Object... arguments) {
        publish(topic, Args.of(arguments), PublishOptions.DEFAULT);
    }

    /**
     * Publishes without acknowledgement. This session does not receive its own event; see {@link PublishOptions#includeMe}.
     */
    public void publish(String topic, Args args) {
        publish(topic, args, PublishOptions.DEFAULT);
    }

    /**
     * Publishes. With {@link PublishOptions#acknowledged} it waits for the router and returns the publication id.
     * Otherwise it returns when the message is written, and does not report a refusal by the router.
     */
    public OptionalLong publish(String topic, Args args, PublishOptions options) {
        return Futures.await(async.rawPublish(topic, args, options));
    }

    /** Calls a procedure with positional arguments and waits for its result. */
    public Result call(String procedure, @Nullable Object... arguments) {
        return call(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /** Calls a procedure and waits for its result. */
    public Result call(String procedure, Args args) {
        return call(procedure, args, CallOptions.DEFAULT);
    }

    /** Calls a procedure and waits for its result. If the waiting thread is interrupted, the call is canceled. */
    public Result call(String procedure, Args args, CallOptions options) {
        PendingCall call = async.rawCall(procedure, args, options, AsyncSession.ProgressMode.WHOLE);
        try {
            return async.result(Futures.await(call.result()));
        } finally {
            if (!call.result().isDone()) {
                call.abandon(options.cancelMode());
            }
        }
    }

    /** Calls a procedure with positional arguments and progressive results, like {@link #stream(String, Args, CallOptions)}. */
    public ResultStream stream(String procedure, @Nullable Object... arguments) {
        return stream(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /** Calls a procedure with progressive results. Returns when the call is written. The caller must close the stream. */
    public ResultStream stream(String procedure, Args args, CallOptions options) {
        return async.rawStream(procedure, args, options);
    }

    /** Begins a progressive call with positional arguments, like {@link #callInParts(String, Args, CallOptions)}. */
    public ProgressiveCall callInParts(String procedure, @Nullable Object... firstPart) {
        return callInParts(procedure, Args.of(firstPart), CallOptions.DEFAULT);
    }

    /**
     * Begins a progressive call with the first part of its arguments. Returns when the part is written. The caller must close the call.
     *
     * @throws WampException with {@code wamp.error.feature_not_supported} if the router does not support progressive calls; the
     *     call itself fails with the same error if the callee does not support them
     */
    public ProgressiveCall callInParts(String procedure, Args firstPart, CallOptions options) {
        return async.callInParts(procedure, firstPart, options);
    }

    /**
     * Subscribes to a topic. {@code handler} receives every event until the subscription is closed or the session ends, except events
     * that this session publishes without {@link PublishOptions#includeMe}.
     */
    public Subscription subscribe(String topic, EventHandler handler) {
        return subscribe(topic, SubscribeOptions.DEFAULT, handler);
    }

    /** Subscribes to a topic or a pattern of topics. */
    public Subscription subscribe(String topic, SubscribeOptions options, EventHandler handler) {
        return new Subscription(topic, Futures.await(async.rawSubscribe(topic, options, handler)));
    }

    /** Registers a procedure. {@code handler} answers every call until the registration is closed or the session ends. */
    public Registration register(String procedure, InvocationHandler handler) {
        return register(procedure, RegisterOptions.DEFAULT, handler);
    }

    /** Registers a procedure or a pattern, alone or shared with other sessions. */
    public Registration register(String procedure, RegisterOptions options, InvocationHandler handler) {
        return new Registration(procedure, Futures.await(async.rawRegister(procedure, options, handler)));
    }

    /**
     * Returns the events that the router has stored for a subscription (section "Event History"). Sealed events that this
     * client cannot decode are left out.
     */
    public List<PastEvent> history(Subscription subscription, HistoryOptions options) {
        return history(subscription.id(), subscription.topic(), options);
    }

    /** Returns the stored events of the subscription with this id. {@code topic} is its topic or pattern. */
    public List<PastEvent> history(long subscription, String topic, HistoryOptions options) {
        return async.pastEvents(call("wamp.subscription.get_events", options.args(subscription)), topic);
    }

    /** Calls {@code listener}, once, on a virtual thread, when the session ends, or at once if it has ended. */
    public void onLeave(Consumer<CloseReason> listener) {
        Futures.tell(engine.ended(), ending -> listener.accept(Futures.closeReason(ending)));
    }

    /** Waits until the session ends and returns the reason. A program that consists only of handlers can wait here. */
    public CloseReason awaitLeave() {
        return Futures.closeReason(Futures.await(engine.ended()));
    }

    /** Whether the session has not ended. */
    public boolean isOpen() {
        return !engine.ended().isDone();
    }

    /**
     * Leaves with {@code wamp.close.close_realm}, waits for the router's answer and then for running handlers, each at
     * most the close timeout. Handlers that still run are then interrupted. If a handler calls this method, the method does not
     * wait for handlers. All threads of the session end. Has no effect when called again.
     */
    @Override
    public void close() {
        try {
            Futures.await(engine.leave(WampError.CLOSE_REALM.uri(), ""));
        } finally {
            engine.awaitHandlers();
        }
    }

    /** Returns the session id and the realm. */
    @Override
    public String toString() {
        return "session " + id() + " of " + realm();
    }
}
