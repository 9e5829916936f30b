package io.junctor.client.internal.engine;

import io.junctor.client.internal.Log;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Timers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs one invocation from its arrival to its final answer, on one virtual thread. */
final class InvocationTask implements Runnable, ProgressiveInvocation {
    private static final Log LOG = Log.of(InvocationTask.class);

    /** A further part of the call that the handler has not received yet. */
    private record QueuedPart(Invocation part, int size) {}

    private final ReentrantLock lock;
    private final Condition changed;
    private final SharedParts parts;
    private final Invocation invocation;
    private final int size;
    private final RegistrationTable.Procedure procedure;

    // Guarded by the session's lock.
    private final ArrayDeque<QueuedPart> waiting = new ArrayDeque<>(1);
    private @Nullable Thread thread;
    private boolean interrupted;
    private boolean answered;
    private Timers.Timer timer = () -> {};

    /** The parts of the session that all invocations share. */
    record SharedParts(
            RequestSender sender,
            FlowControl demand,
            RegistrationTable registrations,
            SessionPayloadCodec contents,
            Timers timers) {}

    InvocationTask(
            ReentrantLock lock,
            SharedParts parts,
            Invocation invocation,
            int size,
            RegistrationTable.Procedure procedure) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.parts = parts;
        this.invocation = invocation;
        this.size = size;
        this.procedure = procedure;
    }

    /** Starts the timeout of the invocation. */
    void arrivedLocked() {
        parts.registrations.openLocked(invocation.request(), this);
        parts.demand.addLocked(size);
        restartTimerLocked();
    }

    /** Adds a further part of the call. */
    void partLocked(Invocation part, int partSize) {
        waiting.add(new QueuedPart(part, partSize));
        parts.demand.addLocked(partSize);
        restartTimerLocked();
        changed.signalAll();
    }

    /** Interrupts the handler, now or when its thread starts. */
    void interruptLocked() {
        interrupted = true;
        changed.signalAll();
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Notes that the session has ended. Wakes the handler if it waits for a part. */
    void endedLocked() {
        timer.cancel();
        changed.signalAll();
    }

    @Override
    public void run() {
        try {
            if (begin()) {
                FromClient answer = result();
                if (end()) {
                    send(answer);
                }
            }
        } finally {
            release();
        }
    }

    @Override
    public void sendPart(Arguments arguments) {
        String label = "a partial result of " + procedure.label();
        SessionPayloadCodec.EncodedPayload written = parts.contents.write(label, arguments, scheme());
        lock.lock();
        try {
            requireOpenLocked();
            restartTimerLocked();
        } finally {
            lock.unlock();
        }
        ResultDetails options = new ResultDetails(true, written.passthru(), Dict.EMPTY);
        parts.sender.answer(new Yield(invocation.request(), options, written.payload()), label);
    }

    @Override
    public IncomingInvocation nextPart() {
        QueuedPart next;
        lock.lock();
        try {
            while (waiting.isEmpty()) {
                requireOpenLocked();
                changed.await();
            }
            next = waiting.remove();
            parts.demand.removeLocked(next.size);
        } catch (InterruptedException canceled) {
            Thread.currentThread().interrupt();
            throw RequestException.of(WampError.CANCELED, "interrupted while waiting for a part of the call", canceled);
        } finally {
            lock.unlock();
        }
        parts.demand.resume();
        return incoming(next.part);
    }

    private void requireOpenLocked() {
        if (interrupted || answered || parts.sender.phaseLocked() != RequestSender.Phase.OPEN) {
            throw RequestException.of(WampError.CANCELED, "the call has ended");
        }
    }

    private void restartTimerLocked() {
        timer.cancel();
        long millis = invocation.details().timeoutMillis();
        if (millis > 0) {
            timer = parts.timers.after(TimeUnit.MILLISECONDS.toNanos(millis), this::timedOut);
        }
    }

    private void timedOut() {
        FromClient answer = error(RequestException.of(
                WampError.TIMEOUT, "no answer within " + invocation.details().timeoutMillis() + " ms"));
        lock.lock();
        try {
            if (answered) {
                return;
            }
            answered = true;
            parts.registrations.doneLocked(invocation.request());
            interruptLocked();
            parts.sender.answerLocked(answer, "ERROR");
        } finally {
            lock.unlock();
        }
        parts.sender.flush();
    }

    /** Returns whether the session is still open. */
    private boolean begin() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            if (interrupted) {
                thread.interrupt();
            }
            return parts.sender.phaseLocked() == RequestSender.Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends the invocation, so that an {@code INTERRUPT} has no effect from here on. Returns whether to send the answer.
     */
    private boolean end() {
        boolean first;
        lock.lock();
        try {
            first = !answered;
            answered = true;
            thread = null;
            parts.registrations.doneLocked(invocation.request());
        } finally {
            lock.unlock();
        }
        Thread.interrupted();
        return first;
    }

    private void release() {
        lock.lock();
        try {
            timer.cancel();
            thread = null;
            parts.registrations.doneLocked(invocation.request());
            parts.demand.removeLocked(size);
            waiting.forEach(unread -> parts.demand.removeLocked(unread.size));
            waiting.clear();
        } finally {
            lock.unlock();
        }
        parts.demand.resume();
    }

    private FromClient result() {
        try {
            Arguments result = procedure.handler().onInvocation(incoming(invocation), this);
            SessionPayloadCodec.EncodedPayload written = written(result);
            ResultDetails options = written.passthru() == null
                    ? ResultDetails.FINAL
                    : new ResultDetails(false, written.passthru(), Dict.EMPTY);
            return new Yield(invocation.request(), options, written.payload());
        } catch (UnsendableResultException problem) {
            return error(problem);
        } catch (RequestException failure) {
            return error(failure);
        } catch (Throwable thrown) {
            return error(thrown);
        }
    }

    private SessionPayloadCodec.EncodedPayload written(Arguments result) throws UnsendableResultException {
        try {
            return parts.contents.write("the result", result, scheme());
        } catch (RequestException problem) {
            String text = problem.getCause() instanceof UnrepresentableException what
                    ? what.getMessage()
                    : String.valueOf(problem.arguments().positional().getFirst());
            throw new UnsendableResultException(String.valueOf(text), problem);
        }
    }

    /** Returns an error that tells the caller that the callee's result is at fault, and logs the problem for the callee. */
    private ErrorMessage error(UnsendableResultException problem) {
        LOG.write(
                System.Logger.Level.ERROR,
                "the result of {0} cannot be sent: {1}",
                procedure.label(),
                problem.getMessage());
        return error(RequestException.of(
                WampError.INVALID_PAYLOAD, "the callee's result cannot be sent: " + problem.getMessage()));
    }

    private IncomingInvocation incoming(Invocation part) {
        try {
            return new IncomingInvocation(
                    part, parts.contents.read(part.payload(), part.details().passthru()));
        } catch (ProtocolViolationException problem) {
            WampError error =
                    part.details().passthru() == null ? WampError.INVALID_PAYLOAD : WampError.INVALID_ARGUMENT;
            throw RequestException.of(error, String.valueOf(problem.getMessage()));
        }
    }

    private @Nullable String scheme() {
        PassthruOptions passthru = invocation.details().passthru();
        return passthru == null ? null : passthru.scheme();
    }

    private ErrorMessage error(Throwable thrown) {
        if (wasInterrupted() || thrown instanceof InterruptedException) {
            return error(RequestException.of(WampError.CANCELED, "the invocation was interrupted"));
        }
        LOG.write(System.Logger.Level.ERROR, "the handler of " + procedure.label() + " failed", thrown);
        String message = thrown.getMessage();
        return error(RequestException.of(
                WampError.RUNTIME_ERROR, message == null ? thrown.getClass().getName() : message));
    }

    private boolean wasInterrupted() {
        lock.lock();
        try {
            return interrupted;
        } finally {
            lock.unlock();
        }
    }

    private ErrorMessage error(RequestException failure) {
        SessionPayloadCodec.EncodedPayload written;
        try {
            written = parts.contents.write("the error", failure.arguments(), scheme());
        } catch (RequestException problem) {
            LOG.write(
                    System.Logger.Level.ERROR,
                    "the error of " + procedure.label() + " is sent without its arguments",
                    problem);
            written = new SessionPayloadCodec.EncodedPayload(Payload.NONE, null);
        }
        ErrorDetails details =
                written.passthru() == null ? ErrorDetails.NONE : new ErrorDetails(written.passthru(), Dict.EMPTY);
        return new ErrorMessage(Invocation.CODE, invocation.request(), details, failure.error(), written.payload());
    }

    private void send(FromClient answer) {
        try {
            parts.sender.answer(answer, "the answer of " + procedure.label());
        } catch (RequestException failure) {
            LOG.write(System.Logger.Level.ERROR, "an answer could not be sent: {0}", failure.getMessage());
            sendInstead(failure);
        }
    }

    private void sendInstead(RequestException failure) {
        try {
            parts.sender.answer(error(failure), "the error of " + procedure.label());
        } catch (RequestException again) {
            LOG.write(System.Logger.Level.ERROR, "the error could not be sent either: {0}", again.getMessage());
        }
    }
}
