package io.junctor.client.internal.http;

import io.junctor.client.internal.Log;
import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.VirtualThreads;
import io.junctor.wamp.codec.BatchReader;
import io.junctor.wamp.codec.InvalidBatchException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages that arrive together to the session, one for each demand. A message is copied out of its batch when it is
 * demanded: so a batch takes its bytes, however many messages it has. Thread-safe. One thread at a time calls the session; other
 * threads only tell it to look again.
 */
public final class ArrivedMessages {
    private static final Log LOG = Log.of(ArrivedMessages.class);

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
     * No messages. {@code more} asks for some when a message is demanded and none is there, and not again before {@link #add}.
     */
    public ArrivedMessages(Runnable more) {
        this.more = more;
    }

    /** Sets the session that receives. */
    public void start(TransportListener given) {
        synchronized (this) {
            listener = given;
        }
        work();
    }

    /** The session demands one more message. It may be called by any thread, also by one that the session must not run on. */
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
     * The messages of a batch have arrived. The session gets them on this thread.
     *
     * @param last whether {@code more} has to be asked before others arrive
     */
    public void add(BatchReader batch, boolean last) {
        append(batch, last);
        work();
    }

    /** Appends messages as {@link #add} does, but the session gets them by the next call of another method. */
    public synchronized void append(BatchReader batch, boolean last) {
        if (batch.hasNext()) {
            batches.add(batch);
        }
        asked = asked && !last;
    }

    /** The router has given a sign of life. */
    public void pong() {
        synchronized (this) {
            pong = true;
        }
        work();
    }

    /** The router broke a rule. The session is told after the messages that have arrived. */
    public void fault(String problem) {
        synchronized (this) {
            fault = fault == null ? problem : fault;
        }
        work();
    }

    /** The connection has ended. The messages that have arrived are delivered before, as far as they are demanded. */
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

    /** A defect ends the connection: the session must not wait for ever. */
    private void runSafely(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error defect) {
            LOG.write(System.Logger.Level.ERROR, "a message could not be handled", defect);
            end("internal error of the client");
        }
    }

    /** The next step, or null: then this thread works no longer. */
    private synchronized @Nullable Runnable next() {
        TransportListener session = listener;
        Runnable step = session == null || told ? null : step(session);
        working = step != null;
        return step;
    }

    /** The caller has the lock. */
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

    /** The next message. Null if the rest of the batch is invalid: then nothing that has arrived is delivered any more. */
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
