package io.junctor.client.internal.http;

import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.VirtualThreads;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hands messages that arrive together to the session, one for each demand. Thread-safe. One thread at a time calls the session;
 * other threads only tell it to look again.
 */
public final class ArrivedMessages {
    private final Runnable more;

    // The fields are guarded by this.
    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();

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
            waits = !messages.isEmpty() && !working;
        }
        if (waits) {
            VirtualThreads.EXECUTOR.execute(this::work);
        } else {
            work();
        }
    }

    /**
     * These messages have arrived, or none.
     *
     * @param last whether {@code more} has to be asked before others arrive
     */
    public void add(List<byte[]> arrived, boolean last) {
        synchronized (this) {
            messages.addAll(arrived);
            asked = asked && !last;
        }
        work();
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
            step.run();
            step = next();
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
        if (demanded > 0 && !messages.isEmpty()) {
            demanded--;
            byte[] message = messages.remove();
            return () -> session.onMessage(message);
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
}
