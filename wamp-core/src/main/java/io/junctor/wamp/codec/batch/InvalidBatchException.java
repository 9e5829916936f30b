package io.junctor.wamp.codec.batch;

/** Reports that a batch of messages breaks the format of its subprotocol (section "Message Batching"). */
public final class InvalidBatchException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidBatchException(String reason) {
        // Without a stack trace: filling it would cost more than the bytes that the peer sent.
        super(reason, null, false, false);
    }
}
