package io.junctor.client.internal.engine;

import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.SessionEnd;
import io.junctor.client.internal.Timers;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.options.CancelMode;
import io.junctor.wamp.options.CancelOptions;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Ids;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of a session: its phase, its request ids and its open requests. Thread-safe.
 *
 * <p>Taking an id, encoding the message with this id and adding the message to the send buffer are one step under the lock, so ids
 * are sent in ascending order. A message that cannot be encoded uses up no id.
 */
final class RequestSender {
    /** The phases of a session. */
    enum Phase {
        /** {@code HELLO} is sent. */
        JOINING,
        /** {@code WELCOME} has arrived. */
        OPEN,
        /** {@code GOODBYE} is sent. Nothing is sent after it. */
        CLOSING,
        /** The session has ended. */
        ENDED
    }

    private final ReentrantLock lock;
    private final Codec codec;
    private final SessionLimits settings;
    private final Timers timers;
    private final SendBuffer outbox;

    // Guarded by the session's lock.
    private final Map<Long, PendingRequest<?>> requestById = new HashMap<>();
    private Phase phase = Phase.JOINING;
    private @Nullable SessionEnd ending;
    private long lastId;
    private boolean wrapped;
    private boolean canCancel;

    RequestSender(ReentrantLock lock, SendBuffer outbox, Codec codec, SessionContext environment) {
        this.lock = lock;
        this.outbox = outbox;
        this.codec = codec;
        this.settings = environment.settings();
        this.timers = environment.timers();
        this.lastId = environment.lastRequestId();
    }

    Phase phaseLocked() {
        assert lock.isHeldByCurrentThread();
        return phase;
    }

    void openLocked(boolean routerCancels) {
        phase = Phase.OPEN;
        canCancel = routerCancels;
    }

    boolean answersAwaitedLocked() {
        return !requestById.isEmpty();
    }

    /**
     * Sends a request. Waits while the send buffer is full. If the request cannot be sent, its answer fails with {@link
     * RequestException}.
     */
    void request(PendingRequest<?> request, long timeoutNanos, LongFunction<FromClient> message) {
        try {
            lock.lock();
            try {
                awaitRoomLocked(request.label());
                requestLocked(request, timeoutNanos, message);
            } finally {
                lock.unlock();
            }
            outbox.flush();
        } catch (RequestException failure) {
            request.answer().completeExceptionally(failure);
        }
    }

    /** Adds a request, even above the limit of the send buffer. The caller must then call {@link #flush}. */
    void requestLocked(PendingRequest<?> request, long timeoutNanos, LongFunction<FromClient> message) {
        requireOpenLocked();
        long id = Ids.next(lastId);
        byte[] encoded = encode(message.apply(id), request.label());
        useLocked(id);
        requestById.put(id, request);
        outbox.addLocked(encoded, null);
        request.sentLocked(id, timeoutNanos, timer(id, timeoutNanos));
    }

    /** Sends a further part of an open request under its id. Returns false if the request is no longer open. */
    boolean continued(PendingRequest<?> request, LongFunction<FromClient> message) {
        lock.lock();
        try {
            awaitRoomLocked(request.label());
            if (requestById.get(request.id()) != request) {
                return false;
            }
            requireOpenLocked();
            outbox.addLocked(encode(message.apply(request.id()), request.label()), null);
            request.restartLocked(timer(request.id(), request.timeoutNanos()));
        } finally {
            lock.unlock();
        }
        outbox.flush();
        return true;
    }

    /** Sends a request that has no answer. The future completes when the message is written. */
    CompletableFuture<Void> requestUnanswered(String label, LongFunction<FromClient> message) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        lock.lock();
        try {
            awaitRoomLocked(label);
            requireOpenLocked();
            long id = Ids.next(lastId);
            byte[] encoded = encode(message.apply(id), label);
            useLocked(id);
            outbox.addLocked(encoded, written);
        } catch (RequestException failure) {
            return CompletableFuture.failedFuture(failure);
        } finally {
            lock.unlock();
        }
        outbox.flush();
        if (!written.isDone()) {
            Timers.Timer timer = timers.after(
                    settings.requestTimeoutNanos(),
                    () -> written.completeExceptionally(late(label, "not written", settings.requestTimeoutNanos())));
            var unused = written.whenComplete((done, failure) -> timer.cancel());
        }
        return written;
    }

    /** Answers an invocation. Waits while the send buffer is full. Has no effect if the session has ended. */
    void answer(FromClient message, String label) {
        lock.lock();
        try {
            awaitRoomLocked(label);
            answerLocked(message, label);
        } finally {
            lock.unlock();
        }
        outbox.flush();
    }

    /** Adds an answer, even above the limit of the send buffer. The caller must then call {@link #flush}. */
    void answerLocked(FromClient message, String label) {
        if (phase == Phase.OPEN) {
            outbox.addLocked(encode(message, label), null);
        }
    }

    /** Adds {@code GOODBYE}, the last message of the session. */
    void goodbyeLocked(Goodbye goodbye) {
        outbox.addLocked(encode(goodbye, "GOODBYE"), null);
        phase = Phase.CLOSING;
    }

    /** Adds {@code HELLO} or {@code AUTHENTICATE}. */
    void helloLocked(FromClient hello) {
        outbox.addLocked(encode(hello, "HELLO"), null);
    }

    /** Returns whether the send buffer is so full that reading must pause. */
    boolean isOverfullLocked() {
        return outbox.isOverfullLocked();
    }

    void flush() {
        outbox.flush();
    }

    /**
     * Handles the answer to a request. Returns an action to run without the lock.
     *
     * @throws ProtocolViolationException if no such request was sent
     */
    Runnable answeredLocked(long id, FromRouter message) {
        PendingRequest<?> request = requestById.get(id);
        if (request == null) {
            return unexpected(id, message);
        }
        if (!request.isAnsweredBy(message)) {
            throw wrongAnswer(id, message);
        }
        requestById.remove(id);
        return request.answeredLocked(message);
    }

    /**
     * Handles the {@code ERROR} of a request of type {@code code}. Returns an action to run without the lock.
     *
     * @throws ProtocolViolationException if no such request was sent
     */
    Runnable failedLocked(int code, long id, Message message, Supplier<RequestException> failure) {
        PendingRequest<?> request = requestById.get(id);
        if (request == null) {
            return unexpected(id, message);
        }
        if (request.code() != code) {
            throw wrongAnswer(id, message);
        }
        requestById.remove(id);
        return request.failedLocked(failure);
    }

    /**
     * Handles a progressive result and restarts the timeout. Drops the result if the call accepts none.
     *
     * @throws ProtocolViolationException if no such request was sent
     */
    Runnable partLocked(long id, FromRouter message, int size) {
        PendingRequest<?> request = requestById.get(id);
        if (request == null) {
            return unexpected(id, message);
        }
        if (!request.isAnsweredBy(message)) {
            throw wrongAnswer(id, message);
        }
        if (request.partLocked(message, size)) {
            request.restartLocked(timer(id, request.timeoutNanos()));
        }
        return () -> {};
    }

    /** Ends a call without waiting for its answer, and sends {@code CANCEL} if the router supports it. The answer will be ignored. */
    void cancel(PendingRequest<?> request, CancelMode mode) {
        lock.lock();
        try {
            if (requestById.remove(request.id(), request)) {
                request.restartLocked(() -> {});
                cancelLocked(request, mode);
            }
        } finally {
            lock.unlock();
        }
        outbox.flush();
    }

    /**
     * Sends {@code CANCEL} with mode {@code kill} and still waits for the answer. Returns false if the router cannot
     * cancel.
     */
    boolean kill(PendingRequest<?> request) {
        lock.lock();
        try {
            if (!canCancel) {
                return false;
            }
            if (requestById.get(request.id()) == request) {
                cancelLocked(request, CancelMode.KILL);
            }
        } finally {
            lock.unlock();
        }
        outbox.flush();
        return true;
    }

    /** Ends the session: sends a last message if there is one, then closes. Returns actions to run without the lock. */
    List<Runnable> endLocked(SessionEnd reason, @Nullable FromClient lastMessage, int closeCode) {
        phase = Phase.ENDED;
        ending = reason;
        byte[] encoded = lastMessage == null ? null : encode(lastMessage, "the last message");
        RequestException failure = RequestException.ended(reason);
        List<Runnable> after = new ArrayList<>();
        for (CompletableFuture<Void> written : outbox.closeLocked(encoded, closeCode)) {
            after.add(() -> written.completeExceptionally(RequestException.notSent(reason)));
        }
        for (PendingRequest<?> request : requestById.values()) {
            after.add(request.failedLocked(() -> failure));
        }
        requestById.clear();
        return after;
    }

    private void useLocked(long id) {
        wrapped |= id < lastId;
        lastId = id;
    }

    private void requireOpenLocked() {
        if (ending != null) {
            throw RequestException.notSent(ending);
        }
        if (phase != Phase.OPEN) {
            throw RequestException.of(WampError.CLOSE_REALM, "the session is closing");
        }
    }

    private void awaitRoomLocked(String label) {
        long timeoutNanos = settings.requestTimeoutNanos();
        try {
            if (!outbox.awaitRoomLocked(timeoutNanos)) {
                throw late(
                        label, "no room in the send buffer (" + settings.sendBufferBytes() + " bytes)", timeoutNanos);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw RequestException.of(
                    WampError.CANCELED, label + ": interrupted while waiting for room in the send buffer");
        }
    }

    private byte[] encode(FromClient message, String label) {
        byte[] encoded;
        try {
            encoded = codec.encode(message);
        } catch (UnrepresentableException problem) {
            throw RequestException.of(WampError.INVALID_PAYLOAD, label + ": " + problem.getMessage(), problem);
        }
        if (encoded.length > settings.messageBytes()) {
            throw RequestException.of(
                    WampError.PAYLOAD_SIZE_EXCEEDED,
                    label + ": the message has " + encoded.length + " bytes, the limit is " + settings.messageBytes());
        }
        return encoded;
    }

    private void expire(long id, long timeoutNanos) {
        PendingRequest<?> request;
        lock.lock();
        try {
            request = requestById.get(id);
            if (request == null) {
                return;
            }
            if (!request.abandonedLocked()) {
                requestById.remove(id);
            }
            cancelLocked(request, CancelMode.KILL_NO_WAIT);
        } finally {
            lock.unlock();
        }
        outbox.flush();
        request.answer().completeExceptionally(late(request.label(), "no answer", timeoutNanos));
    }

    private void cancelLocked(PendingRequest<?> request, CancelMode mode) {
        if (request.code() == Call.CODE && canCancel) {
            CancelOptions options =
                    mode == CancelMode.KILL_NO_WAIT ? CancelOptions.DEFAULT : new CancelOptions(mode, Dict.EMPTY);
            answerLocked(new Cancel(request.id(), options), "CANCEL");
        }
    }

    private Timers.Timer timer(long id, long timeoutNanos) {
        return timers.after(timeoutNanos, () -> expire(id, timeoutNanos));
    }

    private Runnable unexpected(long id, Message message) {
        if (wrapped || id <= lastId) {
            return () -> {};
        }
        throw new ProtocolViolationException(
                message.getClass().getSimpleName() + " for request " + id + ", which was not sent");
    }

    private static ProtocolViolationException wrongAnswer(long id, Message message) {
        return new ProtocolViolationException(
                message.getClass().getSimpleName() + " is not the answer to the type of request " + id);
    }

    private static RequestException late(String label, String what, long timeoutNanos) {
        Duration timeout = Duration.ofNanos(timeoutNanos);
        return RequestException.of(WampError.TIMEOUT, label + ": " + what + " within " + timeout.toMillis() + " ms");
    }
}
