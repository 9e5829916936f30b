package io.junctor.client.internal.websocket;

import io.junctor.client.internal.TransportListener;
import io.junctor.client.internal.http.InboundMessageQueue;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.codec.batch.InvalidBatchException;

/** Receives WebSocket messages that are batches of WAMP messages. Called by one thread at a time. */
record BatchedMessageListener(BatchFormat format, InboundMessageQueue arrived) implements TransportListener {
    @Override
    public void onMessage(byte[] batch) {
        try {
            arrived.add(format.read(batch), true);
        } catch (InvalidBatchException invalid) {
            arrived.fault(String.valueOf(invalid.getMessage()));
        }
    }

    @Override
    public void onPong() {
        arrived.pong();
    }

    @Override
    public void onFault(String problem) {
        arrived.fault(problem);
    }

    @Override
    public void onClosed(String cause) {
        arrived.end(cause);
    }
}
