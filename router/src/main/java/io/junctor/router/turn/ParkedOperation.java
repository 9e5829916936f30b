package io.junctor.router.turn;

import java.util.concurrent.atomic.AtomicBoolean;

/** An operation that found no room in a mailbox. Thread-safe. */
final class ParkedOperation {
    final Turnstile.Operation operation;
    /** Whether the mailbox contains a reference to this operation. Set once, by the submitter or the holder. */
    final AtomicBoolean admitted = new AtomicBoolean();

    ParkedOperation(Turnstile.Operation operation) {
        this.operation = operation;
    }
}
