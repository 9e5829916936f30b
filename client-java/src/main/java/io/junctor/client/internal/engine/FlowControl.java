package io.junctor.client.internal.engine;

import io.junctor.client.internal.Transport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides whether the session reads more messages. Thread-safe.
 *
 * <p>Reading pauses while too many messages wait for handlers. While this client waits for answers, the limit is eight
 * times as high, because an answer may arrive after events whose handlers wait for that answer. Reading also pauses while the
 * send buffer holds twice its limit, so that a router that reads nothing cannot make the client accumulate answers.
 */
final class FlowControl {
    private static final int PATIENCE = 8;
    private static final int MESSAGE_OVERHEAD_BYTES = 256;

    private final ReentrantLock lock;
    private final Transport transport;
    private final RequestSender sender;
    private final int limitMessages;
    private final long limitBytes;

    // Guarded by the session's lock.
    private long messages;
    private long bytes;
    private boolean asked;

    /** Whether reading is paused. Changed with the lock held, but read without it, so that senders need no lock while reading goes on. */
    private volatile boolean paused;

    FlowControl(ReentrantLock lock, Transport transport, RequestSender sender, SessionLimits settings) {
        this.lock = lock;
        this.transport = transport;
        this.sender = sender;
        this.limitMessages = settings.backlogMessages();
        this.limitBytes = settings.backlogBytes();
    }

    /** Notes that a message of {@code size} bytes now waits for a handler. */
    void addLocked(int size) {
        assert lock.isHeldByCurrentThread();
        messages++;
        bytes += size + MESSAGE_OVERHEAD_BYTES;
    }

    /** Notes that the handler of such a message has ended. */
    void removeLocked(int size) {
        assert lock.isHeldByCurrentThread();
        messages--;
        bytes -= size + MESSAGE_OVERHEAD_BYTES;
    }

    /** Notes that the requested message has arrived. */
    void arrivedLocked() {
        assert lock.isHeldByCurrentThread();
        asked = false;
    }

    /** Returns whether reading is paused. Then silence does not mean that the router is dead. */
    boolean isPaused() {
        return paused;
    }

    /** Requests a message, unless one is requested already or reading must pause. The caller must not hold the lock. */
    void resume() {
        lock.lock();
        try {
            if (asked || isFullLocked()) {
                return;
            }
            asked = true;
        } finally {
            lock.unlock();
        }
        transport.demand();
    }

    /** Calls {@link #resume} if reading is paused. */
    void resumeIfPaused() {
        if (paused) {
            resume();
        }
    }

    private boolean isFullLocked() {
        int times = sender.answersAwaitedLocked() ? PATIENCE : 1;
        RequestSender.Phase phase = sender.phaseLocked();
        boolean over = phase == RequestSender.Phase.CLOSING || phase == RequestSender.Phase.ENDED;
        boolean full = messages >= (long) limitMessages * times || bytes >= limitBytes * times;
        paused = !over && (full || sender.isOverfullLocked());
        return paused;
    }
}
