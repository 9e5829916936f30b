package io.junctor.router.connection;

import io.junctor.router.memory.OutboxBudget;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The linked list of an {@link Outbox}, by which its appender passes messages to its drainer, with counters of the messages and their
 * bytes.
 *
 * <p>The appender owns {@code tail}, the drainer owns {@code head}, and both access {@code next} of the last node. Appended and taken
 * messages are counted separately, so that each counter has one writer; the difference is the number of waiting messages. The messages of a
 * write wait until the transport has taken all of them.
 */
final class OutboxQueue {
    /** A message in the list. The appender makes it and links it by {@link #next}; then the drainer owns the other fields. */
    static final class Node {
        /** The message for this client only. The drainer sets it to null, because the last node stays in the list. */
        @Nullable
        FromRouter message;

        /** The event that other clients get, too. The drainer sets it to null. */
        @Nullable
        OnceEncodedEvent shared;

        /** The bytes that count against the client's limit. */
        private final int bytes;
        /** The bytes of heap that this outbox alone keeps alive: without a large event that other outboxes hold, too. */
        private final int heapBytes;
        /** The next message, null at the end of the list: the appender sets it once and so publishes the node to the drainer. */
        private volatile @Nullable Node next;

        Node(@Nullable FromRouter message, @Nullable OnceEncodedEvent shared, int payloadBytes, int heapPayloadBytes) {
            this.message = message;
            this.shared = shared;
            this.bytes = Outbox.OVERHEAD_BYTES + payloadBytes;
            this.heapBytes = Outbox.OVERHEAD_BYTES + heapPayloadBytes;
        }
    }

    // Each counter has one writer, which needs no fence after the write: the flag of the drainer orders what has to be
    // ordered.
    private static final VarHandle APPENDED_BYTES = counter("appendedBytes", long.class);
    private static final VarHandle APPENDED_HEAP_BYTES = counter("appendedHeapBytes", long.class);
    private static final VarHandle APPENDED_MESSAGES = counter("appendedMessages", int.class);

    // Used by the appender.
    private Node tail = new Node(null, null, 0, 0);
    /** The bytes of all messages so far: the appender writes them, the drainer and the sweep read them. */
    private volatile long appendedBytes;
    /** The heap bytes of all messages so far: the appender writes them, the sweep reads them. */
    private volatile long appendedHeapBytes;
    /** The number of all messages so far: the appender writes it, the drainer reads it. */
    private volatile int appendedMessages;

    // Used by the drainer.
    private Node head = tail;
    /** The bytes of the messages that left the list: the drainer writes them, the appender and the sweep read them. */
    private volatile long takenBytes;
    /** The heap bytes of the messages that left the list: the drainer writes them, the sweep reads them. */
    private volatile long takenHeapBytes;
    /** The number of messages that left the list: the drainer writes it, the appender reads it. */
    private volatile int takenMessages;
    /** The bytes of the messages that the unfinished write took off the list. */
    private long writtenBytes;

    private long writtenHeapBytes;
    private int writtenMessages;
    /** How many bytes the encoded messages of the unfinished write added to the budget, without shared large events; 0 if the write is small. */
    private int encodedBytes;
    /** The large events of the write; immutable while it is empty, as in most writes. */
    private List<OnceEncodedEvent> large = List.of();

    private static VarHandle counter(String name, Class<?> type) {
        try {
            return MethodHandles.lookup().findVarHandle(OutboxQueue.class, name, type);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    /** The bytes that wait, including those of the unfinished write. */
    long waitingBytes() {
        return appendedBytes - takenBytes;
    }

    /** The bytes of heap that the waiting messages use, without large events, which outboxes share. */
    long heapBytes() {
        return appendedHeapBytes - takenHeapBytes;
    }

    /** The number of messages that wait, including those of the unfinished write. */
    int waitingMessages() {
        return appendedMessages - takenMessages;
    }

    /** The number of messages that were appended so far. */
    int appendedMessages() {
        return appendedMessages;
    }

    /** Appends a message. Called by the appender. */
    void append(Node node) {
        tail.next = node;
        tail = node;
        APPENDED_BYTES.setRelease(this, appendedBytes + node.bytes);
        APPENDED_HEAP_BYTES.setRelease(this, appendedHeapBytes + node.heapBytes);
        APPENDED_MESSAGES.setRelease(this, appendedMessages + 1);
    }

    // ---- Called by the drainer.

    /** The first message that no write has taken, or null. */
    @Nullable
    Node first() {
        return head.next;
    }

    /** Takes the first message off the list: its bytes belong to the write that begins. */
    void take(Node node) {
        writtenBytes += node.bytes;
        writtenHeapBytes += node.heapBytes;
        writtenMessages++;
        OnceEncodedEvent event = node.shared;
        if (event != null && event.isShared()) {
            if (large.isEmpty()) {
                large = new ArrayList<>(4);
            }
            large.add(event);
        }
        node.message = null;
        node.shared = null;
        head = node;
    }

    /** Adds the encoded form of a large message, which is a copy of its arguments, to the budget until the transport has taken it. */
    void countEncoded(int batchBytes, OutboxBudget budget) {
        int own = batchBytes;
        for (OnceEncodedEvent each : large) {
            own -= each.heldBytes();
        }
        encodedBytes = Math.max(0, own);
        budget.add(encodedBytes);
    }

    /** Ends the write: its messages wait no longer, because the transport has taken them or is lost. */
    void onWritten(OutboxBudget budget) {
        long bytes = takenBytes;
        takenBytes = bytes + writtenBytes;
        long heapBytes = takenHeapBytes;
        takenHeapBytes = heapBytes + writtenHeapBytes;
        int messages = takenMessages;
        takenMessages = messages + writtenMessages;
        writtenBytes = 0;
        writtenHeapBytes = 0;
        writtenMessages = 0;
        if (encodedBytes > 0) {
            budget.add(-encodedBytes);
            encodedBytes = 0;
        }
        if (!large.isEmpty()) {
            large.forEach(each -> each.release(budget));
            large = List.of();
        }
    }

    /** Removes the invocations among the first {@code last} messages that were appended, and returns them. Must not be called during a write. */
    List<Invocation> takeInvocations(int last) {
        List<Invocation> unsent = new ArrayList<>();
        Node node = head.next;
        for (int left = last - takenMessages; left > 0 && node != null; left--) {
            if (node.message instanceof Invocation invocation) {
                unsent.add(invocation);
                node.message = null;
            }
            node = node.next;
        }
        return unsent;
    }
}
