package io.junctor.client.engine;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.YieldOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Run by one virtual thread. One invocation, from its arrival to its only answer. */
final class InvocationRun implements Runnable {
    private static final System.Logger LOG = System.getLogger(InvocationRun.class.getName());

    private final ReentrantLock lock;
    private final Parts parts;
    private final Codec codec;
    private final Invocation invocation;
    private final int size;
    private final Registrations.Procedure procedure;

    // Guarded by the session's lock.
    private @Nullable Thread thread;
    private boolean interrupted;

    /** What it shares with the rest of the session. */
    record Parts(Sender sender, Demand demand, Registrations registrations) {}

    InvocationRun(
            ReentrantLock lock,
            Parts parts,
            Codec codec,
            Invocation invocation,
            int size,
            Registrations.Procedure procedure) {
        this.lock = lock;
        this.parts = parts;
        this.codec = codec;
        this.invocation = invocation;
        this.size = size;
        this.procedure = procedure;
    }

    /** Interrupts the handler, or keeps it from starting. */
    void interruptLocked() {
        interrupted = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void run() {
        try {
            if (begin()) {
                FromClient answer = result();
                end();
                send(answer);
            }
        } finally {
            release();
        }
    }

    /** Whether the answer can still reach anybody. */
    private boolean begin() {
        lock.lock();
        try {
            thread = Thread.currentThread();
            if (interrupted) {
                thread.interrupt();
            }
            return parts.sender.phaseLocked() == Sender.Phase.OPEN;
        } finally {
            lock.unlock();
        }
    }

    /** From here on an {@code INTERRUPT} finds nothing, so what follows runs undisturbed. */
    private void end() {
        lock.lock();
        try {
            thread = null;
            parts.registrations.doneLocked(invocation.request());
        } finally {
            lock.unlock();
        }
        Thread.interrupted();
    }

    private void release() {
        lock.lock();
        try {
            parts.registrations.doneLocked(invocation.request());
            parts.demand.removeLocked(size);
        } finally {
            lock.unlock();
        }
        parts.demand.resume();
    }

    private FromClient result() {
        try {
            Arguments given = codec.arguments(invocation.payload());
            Arguments result = procedure.handler().onInvocation(invocation, given);
            return new Yield(invocation.request(), YieldOptions.FINAL, codec.payload(result));
        } catch (Failure failure) {
            return error(failure);
        } catch (Unrepresentable problem) {
            LOG.log(System.Logger.Level.ERROR, "the result of " + procedure.label() + " cannot be sent", problem);
            return error(Failure.of(WampError.INVALID_PAYLOAD, "the result cannot be sent: " + problem.getMessage()));
        } catch (ProtocolViolation problem) {
            return error(Failure.of(WampError.INVALID_PAYLOAD, String.valueOf(problem.getMessage())));
        } catch (Throwable thrown) {
            return error(thrown);
        }
    }

    private ErrorMessage error(Throwable thrown) {
        if (wasInterrupted() || thrown instanceof InterruptedException) {
            return error(Failure.of(WampError.CANCELED, "the invocation was interrupted"));
        }
        LOG.log(System.Logger.Level.ERROR, "the handler of " + procedure.label() + " failed", thrown);
        String message = thrown.getMessage();
        return error(Failure.of(
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

    private ErrorMessage error(Failure failure) {
        Payload payload;
        try {
            payload = codec.payload(failure.arguments());
        } catch (Unrepresentable problem) {
            LOG.log(System.Logger.Level.ERROR, "the error of " + procedure.label() + " lost its arguments", problem);
            payload = Payload.NONE;
        }
        return new ErrorMessage(Invocation.CODE, invocation.request(), ErrorDetails.NONE, failure.error(), payload);
    }

    private void send(FromClient answer) {
        try {
            parts.sender.answer(answer, "the answer of " + procedure.label());
        } catch (Failure failure) {
            LOG.log(System.Logger.Level.ERROR, "an answer could not be sent: {0}", failure.getMessage());
            sendInstead(failure);
        }
    }

    private void sendInstead(Failure failure) {
        try {
            parts.sender.answer(error(failure), "the error of " + procedure.label());
        } catch (Failure again) {
            LOG.log(System.Logger.Level.ERROR, "nor could an error: {0}", again.getMessage());
        }
    }
}
