package io.junctor.client.internal.engine;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.SessionEnd;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.UriCheck;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One session over one transport. Thread-safe.
 *
 * <p>Futures fail only with {@link RequestException}. They complete on the thread that reads or writes, so dependent
 * actions must not block.
 */
public final class SessionEngine {
    private final ReentrantLock lock = new ReentrantLock();
    private final SessionLimits settings;
    private final SessionPayloadCodec contents;
    private final RequestSender sender;
    private final FlowControl demand;
    private final OutgoingCalls calls;
    private final SessionLifecycle lifecycle;
    private final SubscriptionTable subscriptions = new SubscriptionTable();
    private final RegistrationTable registrations = new RegistrationTable();
    private final HandlerThreads handlers = new HandlerThreads();

    private SessionEngine(Transport transport, SessionContext environment) {
        settings = environment.settings();
        Codec codec = environment.codecs().apply(transport.serializer());
        contents = new SessionPayloadCodec(codec, environment.sealer());
        SendBuffer outbox = new SendBuffer(lock, transport, settings.sendBufferBytes(), this::readOn);
        sender = new RequestSender(lock, outbox, codec, environment.withMessagesUpTo(transport.maxSentBytes()));
        demand = new FlowControl(lock, transport, sender, settings);
        calls = new OutgoingCalls(lock, sender, demand, contents);
        lifecycle = new SessionLifecycle(lock, transport, sender, demand, environment);
        var unused = lifecycle.ended().thenRun(this::wakeHandlers);
        MessageDispatcher.SessionParts parts = new MessageDispatcher.SessionParts(
                sender, demand, environment.timers(), subscriptions, registrations, handlers);
        transport.start(new MessageDispatcher(lock, codec, contents, lifecycle, parts));
    }

    /**
     * Joins a realm over a transport that is not started. If the future fails, the transport is closed; if the future is canceled, the
     * transport is ended at once.
     */
    public static CompletableFuture<OpenSession> join(Transport transport, Hello hello, SessionContext environment) {
        return join(transport, hello, environment, ChallengeResponder.NONE);
    }

    /** Joins like {@link #join(Transport, Hello, SessionContext)} with an authentication. */
    public static CompletableFuture<OpenSession> join(
            Transport transport, Hello hello, SessionContext environment, ChallengeResponder answerer) {
        SessionEngine engine = new SessionEngine(transport, environment);
        CompletableFuture<OpenSession> joined =
                engine.lifecycle.welcomed().thenApply(welcome -> new OpenSession(engine, welcome));
        var unused = joined.whenComplete((done, failure) -> {
            if (joined.isCancelled()) {
                var unusedEnd = engine.leave(WampError.CLOSE_REALM.uri(), "");
            }
        });
        engine.lifecycle.open(hello, answerer);
        return joined;
    }

    /** An open session and the router's {@code WELCOME}. */
    public record OpenSession(SessionEngine engine, Welcome welcome) {}

    /**
     * Publishes. The future completes with the publication id if the publication is acknowledged, otherwise without a value when the
     * message is written.
     *
     * @param options creates the options from the {@code ppt_*} options of the payload, which are null for a plain payload
     * @param scheme the scheme of the passthru codec, or null for none
     */
    public CompletableFuture<OptionalLong> publish(
            Uri topic,
            Function<@Nullable PassthruOptions, PublishMessageOptions> options,
            Arguments arguments,
            @Nullable String scheme) {
        String label = "PUBLISH " + topic;
        SessionPayloadCodec.EncodedPayload written;
        try {
            UriCheck.check(label, topic);
            written = contents.write(label, arguments, scheme);
        } catch (RequestException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        PublishMessageOptions complete = options.apply(written.passthru());
        LongFunction<FromClient> message = id -> new Publish(id, complete, topic, written.payload());
        if (!complete.acknowledge()) {
            return sender.requestUnanswered(label, message).thenApply(done -> OptionalLong.empty());
        }
        PendingRequest<Published> request = new PendingRequest<>(Publish.CODE, label, Published.class);
        send(request, message);
        return request.answer().thenApply(published -> OptionalLong.of(published.publication()));
    }

    /** Calls a procedure. */
    public PendingCall call(OutgoingCall call) {
        return calls.call(call);
    }

    /** Subscribes. The handler receives every event from the router's answer on until it is detached. */
    public CompletableFuture<AttachedHandler> subscribe(
            Uri topic, SubscribeMessageOptions options, EventCallback handler) {
        String label = "SUBSCRIBE " + topic;
        try {
            UriCheck.check(label, topic, options.match());
        } catch (RequestException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        SubscriptionTable.Key key = new SubscriptionTable.Key(topic, options.match());
        EventQueue queue = new EventQueue(lock, demand, contents, topic.text(), handler);
        PendingRequest<Subscribed> request = new PendingRequest<>(Subscribe.CODE, label, Subscribed.class);
        request.keptAfterTimeout()
                .onSent(() -> subscriptions.openingLocked(key))
                .onError(() -> unsubscribeLocked(subscriptions.refusedLocked(key)))
                .onAnswer(answer -> unsubscribeLocked(subscriptions.openedLocked(
                        key, answer.subscription(), request.isAbandonedLocked() ? null : queue)));
        send(request, id -> new Subscribe(id, options, topic));
        return request.answer()
                .thenApply(answer ->
                        new AttachedHandler(answer.subscription(), queue.revoked(), () -> unsubscribe(key, queue)));
    }

    /**
     * Registers. The handler receives every invocation from the router's answer on until it is detached.
     *
     * @param inParts whether the handler accepts progressive call invocations
     */
    public CompletableFuture<AttachedHandler> register(
            Uri procedure, RegisterMessageOptions options, boolean inParts, InvocationCallback handler) {
        String label = "REGISTER " + procedure;
        try {
            UriCheck.check(label, procedure, options.match());
        } catch (RequestException failure) {
            return CompletableFuture.failedFuture(failure);
        }
        CompletableFuture<String> revoked = new CompletableFuture<>();
        RegistrationTable.Procedure registered =
                new RegistrationTable.Procedure(procedure.text(), inParts, handler, revoked);
        PendingRequest<Registered> request = new PendingRequest<>(Register.CODE, label, Registered.class);
        request.keptAfterTimeout().onAnswer(answer -> {
            if (request.isAbandonedLocked()) {
                unregisterLocked(answer.registration());
            } else {
                registrations.addLocked(answer.registration(), registered);
            }
        });
        send(request, id -> new Register(id, options, procedure));
        return request.answer()
                .thenApply(answer -> new AttachedHandler(
                        answer.registration(), revoked, () -> unregister(answer.registration(), registered)));
    }

    /** Sends {@code GOODBYE} with this reason. The future completes when the session has ended, or at once if it has ended already. */
    public CompletableFuture<SessionEnd> leave(Uri reason, String message) {
        CloseDetails details = message.isEmpty() ? CloseDetails.NONE : CloseDetails.message(message);
        return lifecycle.leave(new Goodbye(details, reason));
    }

    /** Completes when the session has ended. */
    public CompletableFuture<SessionEnd> ended() {
        return lifecycle.ended();
    }

    /** Waits for running handlers up to the close timeout, then interrupts them. Must be called after {@link #leave}. */
    public void awaitHandlers() {
        handlers.close(settings.closeTimeoutNanos());
    }

    private void send(PendingRequest<?> request, LongFunction<FromClient> message) {
        sender.request(request, settings.requestTimeoutNanos(), message);
        demand.resumeIfPaused();
    }

    /** Reads on because the send buffer has room again. Called only after the first message was written, when all parts exist. */
    private void readOn() {
        demand.resumeIfPaused();
    }

    private void wakeHandlers() {
        lock.lock();
        try {
            registrations.endedLocked();
        } finally {
            lock.unlock();
        }
    }

    private CompletableFuture<Void> unsubscribe(SubscriptionTable.Key key, EventQueue queue) {
        PendingRequest<?> request;
        lock.lock();
        try {
            request = unsubscribeLocked(subscriptions.removeLocked(key, queue));
        } finally {
            lock.unlock();
        }
        return released(request, WampError.NO_SUCH_SUBSCRIPTION);
    }

    private CompletableFuture<Void> unregister(long id, RegistrationTable.Procedure registered) {
        PendingRequest<?> request;
        lock.lock();
        try {
            boolean held = registrations.procedureLocked(id) == registered;
            request = held ? unregisterLocked(id) : null;
        } finally {
            lock.unlock();
        }
        return released(request, WampError.NO_SUCH_REGISTRATION);
    }

    private @Nullable PendingRequest<?> unsubscribeLocked(long id) {
        if (id == 0 || sender.phaseLocked() != RequestSender.Phase.OPEN) {
            return null;
        }
        PendingRequest<Unsubscribed> request =
                new PendingRequest<>(Unsubscribe.CODE, "UNSUBSCRIBE", Unsubscribed.class);
        request.keptAfterTimeout()
                .onAnswer(answer -> subscriptions.unsubscribedLocked(id))
                .onError(() -> subscriptions.unsubscribedLocked(id));
        sender.requestLocked(request, settings.requestTimeoutNanos(), given -> new Unsubscribe(given, id));
        return request;
    }

    private @Nullable PendingRequest<?> unregisterLocked(long id) {
        if (sender.phaseLocked() != RequestSender.Phase.OPEN) {
            return null;
        }
        PendingRequest<Unregistered> request = new PendingRequest<>(Unregister.CODE, "UNREGISTER", Unregistered.class);
        request.keptAfterTimeout()
                .onAnswer(answer -> registrations.removeLocked(id))
                .onError(() -> registrations.removeLocked(id));
        sender.requestLocked(request, settings.requestTimeoutNanos(), given -> new Unregister(given, id));
        return request;
    }

    /** Treats two errors as success: that the router does not know the id, and that the session has ended. */
    private CompletableFuture<Void> released(@Nullable PendingRequest<?> request, WampError unknown) {
        if (request == null) {
            return CompletableFuture.completedFuture(null);
        }
        sender.flush();
        return request.answer().handle((answer, thrown) -> {
            if (thrown instanceof RequestException failure
                    && failure.ending() == null
                    && !failure.error().equals(unknown.uri())) {
                throw failure;
            }
            return null;
        });
    }
}
