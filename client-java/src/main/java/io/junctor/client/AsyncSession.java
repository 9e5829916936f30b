package io.junctor.client;

import io.junctor.client.engine.Attachment;
import io.junctor.client.engine.Engine;
import io.junctor.client.engine.Failure;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.RegisterOptions;
import io.junctor.wamp.options.SubscribeOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. A session whose methods return futures; see {@link Session} for what each does.
 *
 * <p>Futures fail with {@link WampException} only and complete on virtual threads, so what depends on them may block. Methods
 * return without waiting for the router; they wait only while the send buffer is full, and then at most the request
 * timeout. Canceling the future of a call asks the router to cancel the call, if it can.
 */
public final class AsyncSession {
    private final Engine engine;
    private final Conversion conversion;
    private final long requestTimeoutNanos;

    AsyncSession(Engine engine, Conversion conversion, long requestTimeoutNanos) {
        this.engine = engine;
        this.conversion = conversion;
        this.requestTimeoutNanos = requestTimeoutNanos;
    }

    /** {@link Session#publish(String, Object...)}. */
    public CompletableFuture<OptionalLong> publish(String topic, @Nullable Object... arguments) {
        return publish(topic, Args.of(arguments), PublishOptions.DEFAULT);
    }

    /** {@link Session#publish(String, Args)}. */
    public CompletableFuture<OptionalLong> publish(String topic, Args args) {
        return publish(topic, args, PublishOptions.DEFAULT);
    }

    /** {@link Session#publish(String, Args, PublishOptions)}. */
    public CompletableFuture<OptionalLong> publish(String topic, Args args, PublishOptions options) {
        return Futures.visible(rawPublish(topic, args, options), id -> id);
    }

    /** {@link Session#call(String, Object...)}. */
    public CompletableFuture<Result> call(String procedure, @Nullable Object... arguments) {
        return call(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /** {@link Session#call(String, Args)}. */
    public CompletableFuture<Result> call(String procedure, Args args) {
        return call(procedure, args, CallOptions.DEFAULT);
    }

    /** {@link Session#call(String, Args, CallOptions)}. */
    public CompletableFuture<Result> call(String procedure, Args args, CallOptions options) {
        Engine.PendingCall call = rawCall(procedure, args, options);
        CompletableFuture<Result> result = Futures.visible(call.result(), this::result);
        var unused = result.whenComplete((done, failure) -> {
            if (result.isCancelled()) {
                call.cancel().run();
            }
        });
        return result;
    }

    /** {@link Session#subscribe(String, EventHandler)}. */
    public CompletableFuture<Subscription> subscribe(String topic, EventHandler handler) {
        return Futures.visible(rawSubscribe(topic, handler), attachment -> new Subscription(topic, attachment));
    }

    /** {@link Session#register(String, InvocationHandler)}. */
    public CompletableFuture<Registration> register(String procedure, InvocationHandler handler) {
        return Futures.visible(rawRegister(procedure, handler), attachment -> new Registration(procedure, attachment));
    }

    /** {@link Session#close()}, but handlers are not waited for. */
    public CompletableFuture<Leave> close() {
        return Futures.visible(engine.leave(io.junctor.wamp.value.WampError.CLOSE_REALM.uri(), ""), Futures::leave);
    }

    CompletableFuture<OptionalLong> rawPublish(String topic, Args args, PublishOptions options) {
        return guarded(() -> engine.publish(new Uri(topic), options.toWire(), conversion.write(args)));
    }

    Engine.PendingCall rawCall(String procedure, Args args, CallOptions options) {
        try {
            return engine.call(
                    new Uri(procedure),
                    io.junctor.wamp.options.CallOptions.DEFAULT,
                    conversion.write(args),
                    options.timeoutNanos(requestTimeoutNanos));
        } catch (WampException unwritable) {
            return new Engine.PendingCall(CompletableFuture.failedFuture(unwritable), () -> {});
        }
    }

    CompletableFuture<Attachment> rawSubscribe(String topic, EventHandler handler) {
        return engine.subscribe(
                new Uri(topic),
                SubscribeOptions.DEFAULT,
                (event, arguments) -> handler.onEvent(event(topic, event, arguments)));
    }

    CompletableFuture<Attachment> rawRegister(String procedure, InvocationHandler handler) {
        return engine.register(
                new Uri(procedure),
                RegisterOptions.DEFAULT,
                (invocation, arguments) -> answer(handler, invocation(procedure, invocation, arguments)));
    }

    Result result(Arguments arguments) {
        return new Result(arguments, conversion);
    }

    private io.junctor.client.Event event(String topic, Event event, Arguments arguments) {
        Uri published = event.details().topic();
        String name = published == null ? topic : published.text();
        return new io.junctor.client.Event(name, event.publication(), arguments, conversion);
    }

    private io.junctor.client.Invocation invocation(String procedure, Invocation invocation, Arguments arguments) {
        Uri called = invocation.details().procedure();
        return new io.junctor.client.Invocation(called == null ? procedure : called.text(), arguments, conversion);
    }

    /** The result's arguments, or the failure that the caller gets. */
    private Arguments answer(InvocationHandler handler, io.junctor.client.Invocation invocation) throws Exception {
        try {
            Object result = handler.onInvocation(invocation);
            return switch (result) {
                case null -> Arguments.NONE;
                case Args args -> conversion.write(args);
                default -> conversion.write(Args.of(result));
            };
        } catch (WampException chosen) {
            throw Failure.of(new Uri(chosen.uri()), conversion.write(chosen.args()));
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
