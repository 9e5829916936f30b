package io.junctor.router.realm;

import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes the events of other routers into the turn of a realm. Other routers cannot be slowed down as a client can: when too many bytes
 * wait, events are refused. Thread-safe.
 */
final class RemoteEvents implements RealmPort {
    /** The most events of one operation: other operations get the turn in between. */
    private static final int BATCH = 16;

    private final Turnstile turnstile;
    private final long limitBytes;
    private final Consumer<SharedEvent> receiver;
    private final AtomicLong waitingBytes = new AtomicLong();

    /** {@code receiver} gets each event in the turn. */
    RemoteEvents(Turnstile turnstile, RealmLimits.Queues queues, Consumer<SharedEvent> receiver) {
        this.turnstile = turnstile;
        this.limitBytes = queues.mailboxBytes();
        this.receiver = receiver;
    }

    @Override
    public boolean deliver(List<SharedEvent> events, int heldBytes) {
        if (waitingBytes.addAndGet(heldBytes) > limitBytes) {
            waitingBytes.addAndGet(-heldBytes);
            return false;
        }
        try (Pass pass = Pass.open()) {
            for (int from = 0; from < events.size(); from += BATCH) {
                List<SharedEvent> batch = events.subList(from, Math.min(from + BATCH, events.size()));
                turnstile.run(() -> batch.forEach(receiver));
            }
            turnstile.run(() -> waitingBytes.addAndGet(-heldBytes));
        }
        return true;
    }
}
