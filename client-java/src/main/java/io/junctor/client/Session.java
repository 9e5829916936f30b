package io.junctor.client;

import io.junctor.client.internal.engine.PendingCall;
import io.junctor.client.internal.engine.SessionEngine;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. A session with a realm (section "Sessions").
 *
 * <p>Methods wait for the router: call them on a virtual thread where many wait at a time, or use {@link #async()}. They throw
 * {@link WampException} when the router refuses, when no answer comes within the request timeout
 * ({@code wamp.error.timeout}), when a URI is none ({@code wamp.error.invalid_uri}), when arguments cannot be sent
 * ({@code wamp.error.invalid_payload}, {@code wamp.error.payload_size_exceeded}), and when the waiting thread is interrupted
 * ({@code wamp.error.canceled}, and the thread stays interrupted). Once the session is over they throw
 * {@link SessionClosedException} with the reason.
 *
 * <p>A session ends exactly once: when it is closed, when the router says so, when the router breaks the protocol, or when
 * the connection is lost. Then every open request fails with the reason, events already received are still handled, and
 * {@link #onLeave} is told. A new session is joined by {@link Client#join}, or without asking by {@link Client#stayJoined}.
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
     * Joins a realm with the default settings: anonymous, all serializers. {@link Client#builder} has all settings.
     *
     * @throws WampException if the router cannot be reached, does not answer in time, or refuses
     */
    public static Session join(String uri, String realm) {
        return Client.builder(uri).realm(realm).build().join();
    }

    /** The session's id, chosen by the router. */
    public long id() {
        return welcome.session();
    }

    /** The realm joined. */
    public String realm() {
        return welcome.details().realm() == null ? realm : welcome.details().realm();
    }

    /** The authid the router gave this session, or null where it says none. */
    public @Nullable String authid() {
        return welcome.details().identity().authid();
    }

    /** The role the router gave this session, or null where it says none. */
    public @Nullable String authrole() {
        return welcome.details().identity().authrole();
    }

    /** Whether the router announced this feature for its broker or dealer. */
    public boolean routerHas(Feature feature) {
        return welcome.details().roles().has(Role.BROKER, feature)
                || welcome.details().roles().has(Role.DEALER, feature);
    }

    /** The same session with methods that return futures. */
    public AsyncSession async() {
        return async;
    }

    /** What the router publishes when this session ends. */
    public Testaments testaments() {
        return new Testaments(this);
    }

    /** Publishes positional arguments; returns when the message is written. What the router thinks of it is not told. */
    public void publish(String topic, @Nullable Object... arguments) {
        publish(topic, Args.of(arguments), PublishOptions.DEFAULT);
    }

    /** Publishes; returns when the message is written. What the router thinks of it is not told. */
    public void publish(String topic, Args args) {
        publish(topic, args, PublishOptions.DEFAULT);
    }

    /** Publishes; returns the publication's id if acknowledgement was asked for, else nothing once it is written. */
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
        PendingCall call = async.rawCall(procedure, args, options, AsyncSession.Shape.WHOLE);
        try {
            return async.result(Futures.await(call.result()));
        } finally {
            if (!call.result().isDone()) {
                call.abandon(options.cancelMode());
            }
        }
    }

    /** Calls a procedure with positional arguments; {@link #stream(String, Args, CallOptions)}. */
    public ResultStream stream(String procedure, @Nullable Object... arguments) {
        return stream(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /** Calls a procedure; its partial results are taken as they arrive. Returns when the call is written; to be closed. */
    public ResultStream stream(String procedure, Args args, CallOptions options) {
        return async.rawStream(procedure, args, options);
    }

    /** Calls a procedure with the first part of its arguments; {@link #callInParts(String, Args, CallOptions)}. */
    public ProgressiveCall callInParts(String procedure, @Nullable Object... firstPart) {
        return callInParts(procedure, Args.of(firstPart), CallOptions.DEFAULT);
    }

    /**
     * Calls a procedure with the first part of its arguments; the others follow. Returns when that is written; to be closed.
     *
     * @throws WampException also with {@code wamp.error.feature_not_supported} if the router cannot do that; a callee that
     *     cannot fails the call with the same error
     */
    public ProgressiveCall callInParts(String procedure, Args firstPart, CallOptions options) {
        return async.callInParts(procedure, firstPart, options);
    }

    /** Subscribes; {@code handler} gets every event from now on, until the subscription is closed or the session ends. */
    public Subscription subscribe(String topic, EventHandler handler) {
        return subscribe(topic, SubscribeOptions.DEFAULT, handler);
    }

    /** Subscribes to a topic or a pattern of topics. */
    public Subscription subscribe(String topic, SubscribeOptions options, EventHandler handler) {
        return new Subscription(topic, Futures.await(async.rawSubscribe(topic, options, handler)));
    }

    /** Registers; {@code handler} answers every call from now on, until the registration is closed or the session ends. */
    public Registration register(String procedure, InvocationHandler handler) {
        return register(procedure, RegisterOptions.DEFAULT, handler);
    }

    /** Registers a procedure or a pattern of procedures, alone or with other sessions. */
    public Registration register(String procedure, RegisterOptions options, InvocationHandler handler) {
        return new Registration(procedure, Futures.await(async.rawRegister(procedure, options, handler)));
    }

    /**
     * The events that the router has stored for a subscription (section "Event History"). Sealed events that this client cannot
     * open are left out.
     */
    public List<PastEvent> history(Subscription subscription, HistoryOptions options) {
        return history(subscription.id(), subscription.topic(), options);
    }

    /** The stored events of the subscription with this id. {@code topic} is its topic or pattern. */
    public List<PastEvent> history(long subscription, String topic, HistoryOptions options) {
        return async.pastEvents(call("wamp.subscription.get_events", options.args(subscription)), topic);
    }

    /** Tells {@code listener} on a virtual thread how the session ended, exactly once; at once if it already has. */
    public void onLeave(Consumer<CloseReason> listener) {
        Futures.tell(engine.ended(), ending -> listener.accept(Futures.closeReason(ending)));
    }

    /** Waits until the session is over and returns how it ended: what a program that only handles does at its end. */
    public CloseReason awaitLeave() {
        return Futures.closeReason(Futures.await(engine.ended()));
    }

    /** Whether the session is not over. */
    public boolean isOpen() {
        return !engine.ended().isDone();
    }

    /**
     * Leaves with {@code wamp.close.close_realm}, waits for the router's answer and then for running handlers, each at most the
     * close timeout; handlers that still run are interrupted. Called by a handler, it does not wait for handlers. All
     * threads of the session end with it. Does nothing more the second time.
     */
    @Override
    public void close() {
        try {
            Futures.await(engine.leave(WampError.CLOSE_REALM.uri(), ""));
        } finally {
            engine.awaitHandlers();
        }
    }

    /** Names the session and its realm. */
    @Override
    public String toString() {
        return "session " + id() + " of " + realm();
    }
}
