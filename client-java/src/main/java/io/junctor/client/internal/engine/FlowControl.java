package io.junctor.client.internal.engine;

import io.junctor.client.internal.Transport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Safe for use by many threads. How much has been read that handlers have not done, and whether to read more.
 *
 * <p>Reading pauses when the backlog is full. While this side waits for answers it pauses only at eight times the
 * limit: the answer may stand behind events whose handlers wait for it. It also pauses while the send buffer is full
 * beyond measure, so a router that reads nothing cannot make this side pile up answers.
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

    /** Written under the lock; read without it to save a sender the lock where nothing is paused. */
    private volatile boolean paused;

    FlowControl(ReentrantLock lock, Transport transport, RequestSender sender, SessionSettings settings) {
        this.lock = lock;
        this.transport = transport;
        this.sender = sender;
        this.limitMessages = settings.backlogMessages();
        this.limitBytes = settings.backlogBytes();
    }

    /** A message of {@code size} bytes now waits for a handler. */
    void addLocked(int size) {
        assert lock.isHeldByCurrentThread();
        messages++;
        bytes += size + MESSAGE_OVERHEAD_BYTES;
    }

    /** Its handler is done. */
    void removeLocked(int size) {
        assert lock.isHeldByCurrentThread();
        messages--;
        bytes -= size + MESSAGE_OVERHEAD_BYTES;
    }

    /** The message asked for has arrived. */
    void arrivedLocked() {
        assert lock.isHeldByCurrentThread();
        asked = false;
    }

    /** Whether reading pauses, so that silence says nothing about the router. */
    boolean isPaused() {
        return paused;
    }

    /** Asks for a message, if none is asked for and there is no reason to pause. The lock is not held. */
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

    /** The same, at less cost where nothing is paused. */
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
