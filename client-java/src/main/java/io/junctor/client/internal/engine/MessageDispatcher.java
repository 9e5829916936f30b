package io.junctor.client.internal.engine;

import io.junctor.client.internal.Log;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Timers;
import io.junctor.client.internal.TransportListener;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.Utf8;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.message.Unsubscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.RevocationDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Handles each message from the router. Called by the transport for one message at a time.
 *
 * <p>The effect of a message on the session's state happens under the session's lock. Futures complete and handlers
 * start after the lock is released, before the next message is requested.
 */
final class MessageDispatcher implements TransportListener {
    private static final Log LOG = Log.of(MessageDispatcher.class);

    private final ReentrantLock lock;
    private final Codec codec;
    private final SessionPayloadCodec contents;
    private final SessionLifecycle lifecycle;
    private final SessionParts parts;

    /** The other parts of the session. */
    record SessionParts(
            RequestSender sender,
            FlowControl demand,
            Timers timers,
            SubscriptionTable subscriptions,
            RegistrationTable registrations,
            HandlerThreads handlers) {}

    MessageDispatcher(
            ReentrantLock lock,
            Codec codec,
            SessionPayloadCodec contents,
            SessionLifecycle lifecycle,
            SessionParts parts) {
        this.lock = lock;
        this.codec = codec;
        this.contents = contents;
        this.lifecycle = lifecycle;
        this.parts = parts;
    }

    @Override
    public void onMessage(byte[] message) {
        lifecycle.heard();
        try {
            Runnable after = take(codec.decodeFromRouter(message), message.length);
            after.run();
            parts.sender().flush();
            parts.demand().resume();
        } catch (ProtocolViolationException violation) {
            String problem = String.valueOf(violation.getMessage());
            if (codec.serializer().isText() && Utf8.firstInvalid(message, 0, message.length) >= 0) {
                lifecycle.textIsInvalid(problem);
            } else {
                onFault(problem);
            }
        } catch (RuntimeException | Error defect) {
            LOG.write(System.Logger.Level.ERROR, "a message could not be handled", defect);
            onFault("internal error of the client");
        }
    }

    @Override
    public void onPong() {
        lifecycle.heard();
    }

    @Override
    public void onFault(String problem) {
        lifecycle.violated(problem);
    }

    @Override
    public void onClosed(String cause) {
        lifecycle.lost(cause);
    }

    private Runnable take(FromRouter message, int size) {
        lock.lock();
        try {
            parts.demand().arrivedLocked();
            return switch (parts.sender().phaseLocked()) {
                case JOINING -> joiningLocked(message);
                case OPEN -> openLocked(message, size);
                case CLOSING -> closingLocked(message);
                case ENDED -> MessageDispatcher::nothing;
            };
        } finally {
            lock.unlock();
        }
    }

    /** Handles a message before {@code WELCOME}: every message except the three answers to {@code HELLO} is a protocol violation. */
    private Runnable joiningLocked(FromRouter message) {
        if (message instanceof Welcome welcome) {
            return lifecycle.welcomeLocked(welcome);
        }
        if (message instanceof Abort abort) {
            return lifecycle.abortedLocked(abort);
        }
        if (message instanceof Challenge challenge) {
            return lifecycle.challengedLocked(challenge);
        }
        throw outOfPlace(message, "before WELCOME");
    }

    /** Handles a message after {@code GOODBYE} was sent: ignores every message except those that end the session. */
    private Runnable closingLocked(FromRouter message) {
        if (message instanceof Goodbye) {
            return lifecycle.leftLocked();
        }
        if (message instanceof Abort abort) {
            return lifecycle.abortedLocked(abort);
        }
        return MessageDispatcher::nothing;
    }

    private Runnable openLocked(FromRouter message, int size) {
        return switch (message) {
            case Welcome welcome -> throw outOfPlace(welcome, "in an open session");
            case Abort abort -> lifecycle.abortedLocked(abort);
            case Challenge challenge -> throw outOfPlace(challenge, "in an open session");
            case Goodbye goodbye -> lifecycle.goodbyeLocked(goodbye);
            case ErrorMessage error -> onErrorLocked(error);
            case Published published -> parts.sender().answeredLocked(published.request(), published);
            case Subscribed subscribed -> parts.sender().answeredLocked(subscribed.request(), subscribed);
            case Unsubscribed unsubscribed -> onUnsubscribedLocked(unsubscribed);
            case Event event -> onEventLocked(event, size);
            case Result result -> onResultLocked(result, size);
            case Registered registered -> parts.sender().answeredLocked(registered.request(), registered);
            case Unregistered unregistered -> onUnregisteredLocked(unregistered);
            case Invocation invocation -> onInvocationLocked(invocation, size);
            case Interrupt interrupt -> onInterruptLocked(interrupt);
        };
    }

    private Runnable onResultLocked(Result result, int size) {
        return result.details().progress()
                ? parts.sender().partLocked(result.request(), result, size)
                : parts.sender().answeredLocked(result.request(), result);
    }

    private Runnable onErrorLocked(ErrorMessage error) {
        // Routers spell this error in two ways; the client uses one of them.
        boolean canceled = error.error().equals(WampError.CANCELLED.uri());
        Uri uri = canceled ? WampError.CANCELED.uri() : error.error();
        // A codec of the application may decode the arguments, so this must not run under the lock.
        Supplier<RequestException> failure = () -> RequestException.of(uri, argumentsOf(error));
        return parts.sender().failedLocked(error.requestType(), error.request(), error, failure);
    }

    private Arguments argumentsOf(ErrorMessage error) {
        try {
            return contents.read(error.payload(), error.details().passthru());
        } catch (ProtocolViolationException unreadable) {
            return Arguments.NONE;
        }
    }

    private Runnable onUnsubscribedLocked(Unsubscribed unsubscribed) {
        if (unsubscribed.revocation() == null) {
            return parts.sender().answeredLocked(unsubscribed.request(), unsubscribed);
        }
        LOG.write(System.Logger.Level.WARNING, "the router revoked a subscription: {0}", unsubscribed.revocation());
        return parts.subscriptions().revokedLocked(unsubscribed.revocation().id(), reason(unsubscribed.revocation()));
    }

    private Runnable onEventLocked(Event event, int size) {
        List<EventQueue> idle = parts.subscriptions().eventLocked(event, size);
        if (idle == null) {
            LOG.write(
                    System.Logger.Level.WARNING,
                    "dropped an event of the unknown subscription {0}",
                    event.subscription());
            return MessageDispatcher::nothing;
        }
        return () -> idle.forEach(parts.handlers()::start);
    }

    private Runnable onUnregisteredLocked(Unregistered unregistered) {
        if (unregistered.revocation() == null) {
            return parts.sender().answeredLocked(unregistered.request(), unregistered);
        }
        LOG.write(System.Logger.Level.WARNING, "the router revoked a registration: {0}", unregistered.revocation());
        return parts.registrations().revokedLocked(unregistered.revocation().id(), reason(unregistered.revocation()));
    }

    private static String reason(RevocationDetails revocation) {
        return revocation.reason() == null ? "" : revocation.reason();
    }

    private Runnable onInvocationLocked(Invocation invocation, int size) {
        InvocationTask open = parts.registrations().runLocked(invocation.request());
        if (open != null) {
            open.partLocked(invocation, size);
            return MessageDispatcher::nothing;
        }
        if (!parts.registrations().isNewLocked(invocation.request())) {
            return MessageDispatcher::nothing;
        }
        RegistrationTable.Procedure procedure = parts.registrations().procedureLocked(invocation.registration());
        if (procedure == null) {
            return refuseLocked(invocation, WampError.NO_SUCH_REGISTRATION);
        }
        if (invocation.details().progress() && !procedure.inParts()) {
            return refuseLocked(invocation, WampError.FEATURE_NOT_SUPPORTED);
        }
        InvocationTask.SharedParts shared = new InvocationTask.SharedParts(
                parts.sender(), parts.demand(), parts.registrations(), contents, parts.timers());
        InvocationTask run = new InvocationTask(lock, shared, invocation, size, procedure);
        run.arrivedLocked();
        return () -> parts.handlers().start(run);
    }

    private Runnable refuseLocked(Invocation invocation, WampError error) {
        ErrorMessage answer =
                new ErrorMessage(Invocation.CODE, invocation.request(), ErrorDetails.NONE, error.uri(), Payload.NONE);
        parts.sender().answerLocked(answer, "ERROR");
        return MessageDispatcher::nothing;
    }

    private Runnable onInterruptLocked(Interrupt interrupt) {
        parts.registrations().interruptLocked(interrupt.request());
        return MessageDispatcher::nothing;
    }

    private static ProtocolViolationException outOfPlace(FromRouter message, String place) {
        return new ProtocolViolationException(message.getClass().getSimpleName() + " " + place);
    }

    private static void nothing() {}
}
