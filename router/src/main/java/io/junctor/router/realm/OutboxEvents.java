package io.junctor.router.realm;

import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.ReadingGate;
import io.junctor.router.connection.ReadingGate.Reason;
import io.junctor.wamp.message.FromRouter;

/** Safe for use by many threads. What the outbox of a link tells about what it sends. */
final class OutboxEvents implements Outbox.Owner {
    private final ClientConnection link;
    private final Realms realms;
    private final ReadingGate gate;

    OutboxEvents(ClientConnection link, Realms realms, ReadingGate gate) {
        this.link = link;
        this.realms = realms;
        this.gate = gate;
    }

    @Override
    public void onUndeliverable(FromRouter message, Outbox.Problem problem) {
        JoinedSession current = link.member();
        if (current != null) {
            current.realm().submitUndeliverable(current, message, problem);
        }
    }

    @Override
    public void onDrained() {
        gate.resume(Reason.ANSWERS);
    }

    @Override
    public void onSlow() {
        realms.watch(link);
    }
}
