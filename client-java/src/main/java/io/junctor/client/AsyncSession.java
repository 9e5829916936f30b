package io.junctor.client;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.engine.AttachedHandler;
import io.junctor.client.internal.engine.IncomingInvocation;
import io.junctor.client.internal.engine.OutgoingCall;
import io.junctor.client.internal.engine.PendingCall;
import io.junctor.client.internal.engine.ProgressiveInvocation;
import io.junctor.client.internal.engine.SessionEngine;
import io.junctor.client.internal.engine.UnsendableResultException;
import io.junctor.client.internal.session.CallFuture;
import io.junctor.client.internal.session.JoinAttempt;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A session whose methods return futures. {@link Session} describes what each method does. Thread-safe.
 *
 * <p>Futures fail only with {@link WampException}. They complete on virtual threads, so dependent actions may block.
 * Methods do not wait for the router. They wait only while the send buffer is full, at most the request timeout.
 * Canceling the future of a call cancels the call in the mode of {@link CallOptions#cancelMode}.
 */
public final class AsyncSession {
    private final SessionEngine engine;
    private final ValueConverter converter;
    private final PassthruCodec codec;
    private final RequestDefaults defaults;

    /** The timeouts of requests that set none, and the features of the router. */
    record RequestDefaults(
            long requestTimeoutNanos, @Nullable Duration callTimeout, io.junctor.wamp.options.Roles router) {}

    /** Opens the sessions of a client, with its realm, its object converter, its payload codecs and its timeouts. */
    record SessionOpener(
            String realm,
            ValueConverter converter,
            PassthruCodec codec,
            long requestTimeoutNanos,
            @Nullable Duration callTimeout)
            implements JoinAttempt.SessionFactory<Session> {
        @Override
        public Session open(SessionEngine.OpenSession joined) {
            AsyncSession async = new AsyncSession(
                    joined.engine(),
                    this,
                    new RequestDefaults(
                            requestTimeoutNanos,
                            callTimeout,
                            joined.welcome().details().roles()));
            return new Session(joined.engine(), joined.welcome(), async, realm);
        }

        @Override
        public void leave(Session session) {
            var unused = session.async().close();
        }
    }

    private AsyncSession(SessionEngine engine, SessionOpener opener, RequestDefaults defaults) {
        this.engine = engine;
        this.converter = opener.converter();
        this.codec = opener.codec();
        this.defaults = defaults;
    }

    /** Publishes like {@link Session#publish(String, Object...)}. */
    public CompletableFuture<OptionalLong> publish(String topic, @Nullable Object... arguments) {
        return publish(topic, Args.of(arguments), PublishOptions.DEFAULT);
    }

    /** Publishes like {@link Session#publish(String, Args)}. */
    public CompletableFuture<OptionalLong> publish(String topic, Args args) {
        return publish(topic, args, PublishOptions.DEFAULT);
    }

    /** Publishes like {@link Session#publish(String, Args, PublishOptions)}. */
    public CompletableFuture<OptionalLong> publish(String topic, Args args, PublishOptions options) {
        return Futures.visible(rawPublish(topic, args, options), id -> id);
    }

    /** Calls like {@link Session#call(String, Object...)}. */
    public CompletableFuture<Result> call(String procedure, @Nullable Object... arguments) {
        return call(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /** Calls like {@link Session#call(String, Args)}. */
    public CompletableFuture<Result> call(String procedure, Args args) {
        return call(procedure, args, CallOptions.DEFAULT);
    }

    /** Calls like {@link Session#call(String, Args, CallOptions)}. */
    public CompletableFuture<Result> call(String procedure, Args args, CallOptions options) {
        return guarded(() -> {
            PendingCall call = rawCall(procedure, args, options, ProgressMode.WHOLE);
            CallFuture<Result> result = new CallFuture<>(call, options.cancelMode());
            Futures.into(result, call.result(), this::result);
            return result;
        });
    }

    /**
     * Returns a publisher that calls a procedure once for each subscriber. The subscriber gets the progressive results as fast as it
     * requests them, then the final result if the final result has arguments. Subscribers are called on a virtual thread. Canceling the
     * subscription cancels the call.
     */
    public Flow.Publisher<Result> stream(String procedure, Args args, CallOptions options) {
        return new ResultPublisher(() -> rawStream(procedure, args, options));
    }

    /** Streams like {@link #stream(String, Args, CallOptions)}, with positional arguments. */
    public Flow.Publisher<Result> stream(String procedure, @Nullable Object... arguments) {
        return stream(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /** Begins a call like {@link Session#callInParts(String, Args, CallOptions)}. {@link ProgressiveCall#finishAsync} returns the result. */
    public ProgressiveCall callInParts(String procedure, Args firstPart, CallOptions options) {
        require(Feature.PROGRESSIVE_CALL_INVOCATIONS, Role.DEALER);
        PendingCall call = rawCall(procedure, firstPart, options, ProgressMode.OPEN);
        return new ProgressiveCall(call, converter, stream(call, options));
    }

    /** Subscribes like {@link Session#subscribe(String, EventHandler)}. */
    public CompletableFuture<Subscription> subscribe(String topic, EventHandler handler) {
        return subscribe(topic, SubscribeOptions.DEFAULT, handler);
    }

    /** Subscribes like {@link Session#subscribe(String, SubscribeOptions, EventHandler)}. */
    public CompletableFuture<Subscription> subscribe(String topic, SubscribeOptions options, EventHandler handler) {
        return Futures.visible(
                rawSubscribe(topic, options, handler), attachment -> new Subscription(topic, attachment));
    }

    /** Registers like {@link Session#register(String, InvocationHandler)}. */
    public CompletableFuture<Registration> register(String procedure, InvocationHandler handler) {
        return register(procedure, RegisterOptions.DEFAULT, handler);
    }

    /** Registers like {@link Session#register(String, RegisterOptions, InvocationHandler)}. */
    public CompletableFuture<Registration> register(
            String procedure, RegisterOptions options, InvocationHandler handler) {
        return Futures.visible(
                rawRegister(procedure, options, handler), attachment -> new Registration(procedure, attachment));
    }

    /** Closes like {@link Session#close()}, but the future does not wait for handlers. */
    public CompletableFuture<CloseReason> close() {
        return Futures.visible(engine.leave(WampError.CLOSE_REALM.uri(), ""), Futures::closeReason);
    }

    /** The parts of a call that are progressive. */
    enum ProgressMode {
        /** One message for the arguments, one for the result. */
        WHOLE,
        /** Progressive results. */
        STREAM,
        /** Progressive arguments and results. */
        OPEN
    }

    CompletableFuture<OptionalLong> rawPublish(String topic, Args args, PublishOptions options) {
        return guarded(() -> {
            require(options.scheme(), Role.BROKER);
            return engine.publish(new Uri(topic), options::toWire, converter.write(args), options.scheme());
        });
    }

    PendingCall rawCall(String procedure, Args args, CallOptions options, ProgressMode mode) {
        require(options.scheme(), Role.DEALER);
        Duration timeout = options.timeoutOr(defaults.callTimeout);
        return engine.call(new OutgoingCall(
                new Uri(procedure),
                options.toWire(timeout),
                converter.write(args),
                options.scheme(),
                timeout == null ? defaults.requestTimeoutNanos : timeout.toNanos(),
                mode == ProgressMode.OPEN,
                mode != ProgressMode.WHOLE));
    }

    ResultStream rawStream(String procedure, Args args, CallOptions options) {
        return stream(rawCall(procedure, args, options, ProgressMode.STREAM), options);
    }

    CompletableFuture<AttachedHandler> rawSubscribe(String topic, SubscribeOptions options, EventHandler handler) {
        return engine.subscribe(
                new Uri(topic),
                options.toWire(),
                (event, arguments) -> handler.onEvent(event(topic, event, arguments)));
    }

    CompletableFuture<AttachedHandler> rawRegister(
            String procedure, RegisterOptions options, InvocationHandler handler) {
        return engine.register(
                new Uri(procedure),
                options.toWire(),
                options.takesParts(),
                (incoming, conversation) -> answer(handler, invocation(procedure, incoming, conversation)));
    }

    List<PastEvent> pastEvents(Result result, String topic) {
        return new PastEventDecoder(converter, codec).events(result, topic);
    }

    Result result(Arguments arguments) {
        return new Result(arguments, converter);
    }

    private ResultStream stream(PendingCall call, CallOptions options) {
        return new ResultStream(call, converter, options.cancelMode());
    }

    private io.junctor.client.Event event(String topic, Event event, Arguments arguments) {
        return new io.junctor.client.Event(topic, event, arguments, converter);
    }

    private Invocation invocation(String procedure, IncomingInvocation incoming, ProgressiveInvocation conversation) {
        return new Invocation(procedure, incoming, conversation, converter);
    }

    /** Returns the arguments of the handler's result. Throws the failure that the caller receives. */
    private Arguments answer(InvocationHandler handler, Invocation invocation) throws Exception {
        try {
            return resultArguments(handler.onInvocation(invocation));
        } catch (WampException chosen) {
            throw RequestException.of(new Uri(chosen.uri()), converter.write(chosen.args()));
        }
    }

    /** Converts a result into arguments. Throws an exception for the log if an argument cannot be converted. */
    private Arguments resultArguments(@Nullable Object result) throws UnsendableResultException {
        try {
            return switch (result) {
                case null -> Arguments.NONE;
                case Args args -> converter.write(args);
                default -> converter.write(Args.of(result));
            };
        } catch (WampException problem) {
            throw new UnsendableResultException(
                    String.valueOf(problem.arguments().getFirst()), problem);
        }
    }

    private void require(@Nullable String scheme, Role role) {
        if (scheme != null) {
            require(Feature.PAYLOAD_PASSTHRU_MODE, role);
        }
    }

    private void require(Feature feature, Role role) {
        if (!defaults.router.has(role, feature)) {
            throw new WampException(
                    WampError.FEATURE_NOT_SUPPORTED.uri().text(), "the router did not announce " + feature.wire());
        }
    }

    private static <T> CompletableFuture<T> guarded(Supplier<CompletableFuture<T>> request) {
        try {
            return request.get();
        } catch (WampException unwritable) {
            return CompletableFuture.failedFuture(unwritable);
        }
    }
}
