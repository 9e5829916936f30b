package io.junctor.router.session;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.connection.MessageSink;
import io.junctor.router.connection.Outbox;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.turn.InTurn;

/**
 * Decides whether a message fits into the outbox of a session. Confined to the realm's turn.
 *
 * <p>A message that is larger than half of {@code outbox_bytes} is large. The outbox takes one large message regardless of the bytes that
 * wait, and does not count it until it is sent. So a client receives every message whose size it accepts, and the messages behind it. A
 * second large message must fit as other messages do. An outbox holds at most {@code outbox_bytes} and one large message;
 * {@link OutboxBudget} bounds all outboxes together.
 */
final class OutboxCapacity {
    private final MessageSink outbox;
    private final OutboxBudget budget;
    private int maxBytes;
    private int maxMessages;
    /** The bytes of the large message that is not counted; 0 without such a message. */
    private long largeBytes;

    OutboxCapacity(MessageSink outbox, RealmLimits limits, OutboxBudget budget) {
        this.outbox = outbox;
        this.maxBytes = limits.outboxBytes();
        this.maxMessages = limits.outboxMessages();
        this.budget = budget;
    }

    /** Uses other limits for messages that are appended from now on. */
    @InTurn
    void use(RealmLimits limits) {
        maxBytes = limits.outboxBytes();
        maxMessages = limits.outboxMessages();
    }

    /** Whether a message with {@code bytes} of payload is large. */
    boolean isLarge(int bytes) {
        return bytes > maxBytes / 2;
    }

    /** Whether an event with {@code bytes} of payload does not fit. */
    @InTurn
    boolean isFullForEvent(int bytes) {
        return isFullAlone(bytes) || budget.isTooMuchForEvent(outbox.waitingBytes(), bytes);
    }

    /** Whether an invocation, progressive result or large answer with {@code bytes} of payload does not fit. */
    @InTurn
    boolean isFullForCall(int bytes) {
        return isFullAlone(bytes) || budget.isTooMuchForCall(outbox.waitingBytes(), bytes);
    }

    /** Whether a message with {@code bytes} of payload does not fit into this outbox, even if all other outboxes are empty. */
    @InTurn
    boolean isFullAlone(int bytes) {
        long waiting = countedBytes();
        boolean mayTakeLarge = largeBytes == 0 && isLarge(bytes);
        return (!mayTakeLarge && waiting + bytes + Outbox.OVERHEAD_BYTES > maxBytes)
                || outbox.waitingMessages() >= maxMessages;
    }

    /** Records that a message with {@code bytes} of payload was appended. */
    @InTurn
    void taken(int bytes) {
        if (isLarge(bytes) && largeBytes == 0) {
            largeBytes = (long) bytes + Outbox.OVERHEAD_BYTES;
        }
    }

    /** Whether the waiting bytes or messages exceed {@code times / parts} of their limits. */
    @InTurn
    boolean isOver(int times, int parts) {
        return countedBytes() > (long) maxBytes * times / parts
                || outbox.waitingMessages() > (long) maxMessages * times / parts;
    }

    /** The waiting bytes without the large message. */
    @InTurn
    private long countedBytes() {
        long waiting = outbox.waitingBytes();
        if (waiting < largeBytes) {
            largeBytes = 0;
        }
        return waiting - largeBytes;
    }
}
