package io.junctor.client.internal.http;

import io.junctor.client.internal.Log;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.wamp.codec.batch.BatchReader;
import io.junctor.wamp.codec.batch.InvalidBatchException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Delivers messages that arrive together to the session, one for each demand. A message is copied out of its batch when it is
 * demanded: so the memory of a batch is its bytes, however many messages it contains. Thread-safe. One thread at a time calls the
 * session; other threads only make it check again.
 */
public final class InboundMessageQueue {
    private static final Log LOG = Log.of(InboundMessageQueue.class);

    private final Runnable more;

    // The fields are guarded by this.
    private final ArrayDeque<BatchReader> batches = new ArrayDeque<>();

    private @Nullable TransportListener listener;
    private long demanded;
    private boolean asked;
    private boolean pong;
    private @Nullable String fault;
    private @Nullable String cause;
    private boolean told;
    private boolean working;

    /**
     * Creates an empty object. {@code more} asks for messages when one is demanded but none is there, and not again before {@link #add}.
     */
    public InboundMessageQueue(Runnable more) {
        this.more = more;
    }

    /** Sets the session that receives. */
    public void start(TransportListener given) {
        synchronized (this) {
            listener = given;
        }
        work();
    }

    /** Notes that the session demands one more message. Any thread may call this, even one on which the session must not be called. */
    public void demand() {
        boolean waits;
        synchronized (this) {
            demanded++;
            waits = !batches.isEmpty() && !working;
        }
        if (waits) {
            VirtualThreads.EXECUTOR.execute(this::work);
        } else {
            work();
        }
    }

    /**
     * Adds the messages of a batch that has arrived. The session receives demanded messages on this thread.
     *
     * @param last whether {@code more} must be called before other messages can arrive
     */
    public void add(BatchReader batch, boolean last) {
        append(batch, last);
        work();
    }

    /** Appends messages like {@link #add}, but the session receives them only during the next call of another method. */
    public synchronized void append(BatchReader batch, boolean last) {
        if (batch.hasNext()) {
            batches.add(batch);
        }
        asked = asked && !last;
    }

    /** Reports a pong to the session. */
    public void pong() {
        synchronized (this) {
            pong = true;
        }
        work();
    }

    /** Reports that the router broke a rule. The session receives the arrived messages first. */
    public void fault(String problem) {
        synchronized (this) {
            fault = fault == null ? problem : fault;
        }
        work();
    }

    /** Reports that the connection has ended. The session first receives the arrived messages that it has demanded. */
    public void end(String why) {
        synchronized (this) {
            cause = cause == null ? why : cause;
        }
        work();
    }

    private void work() {
        synchronized (this) {
            if (working || listener == null) {
                return;
            }
            working = true;
        }
        Runnable step = next();
        while (step != null) {
            runSafely(step);
            step = next();
        }
    }

    /** Runs a step. If it throws an exception, ends the connection: otherwise the session would wait forever. */
    private void runSafely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error defect) {
            LOG.write(System.Logger.Level.ERROR, "a message could not be handled", defect);
            end("internal error of the client");
        }
    }

    /** Returns the next step, or null if there is none: then this thread stops working. */
    private synchronized @Nullable Runnable next() {
        TransportListener session = listener;
        Runnable step = session == null || told ? null : step(session);
        working = step != null;
        return step;
    }

    /** Returns the next step. The caller must hold the lock. */
    private @Nullable Runnable step(TransportListener session) {
        if (pong) {
            pong = false;
            return session::onPong;
        }
        if (demanded > 0 && !batches.isEmpty()) {
            byte[] message = take(batches.element());
            if (message != null) {
                demanded--;
                return () -> session.onMessage(message);
            }
        }
        if (cause != null) {
            told = true;
            String end = cause;
            return () -> session.onClosed(end);
        }
        if (fault != null && demanded > 0) {
            demanded = 0;
            String problem = fault;
            return () -> session.onFault(problem);
        }
        if (demanded > 0 && !asked && fault == null) {
            asked = true;
            return more;
        }
        return null;
    }

    /** Returns the next message. Returns null if the rest of the batch is invalid: then no arrived message is delivered any more. */
    private byte @Nullable [] take(BatchReader batch) {
        try {
            byte[] message = batch.next();
            if (!batch.hasNext()) {
                batches.remove();
            }
            return message;
        } catch (InvalidBatchException invalid) {
            batches.clear();
            fault = fault == null ? String.valueOf(invalid.getMessage()) : fault;
            return null;
        }
    }
}
