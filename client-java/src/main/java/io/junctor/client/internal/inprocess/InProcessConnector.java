package io.junctor.client.internal.inprocess;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Transport;
import io.junctor.wamp.inprocess.InProcessRouter;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.util.concurrent.CompletableFuture;

/** Connects to one router in the same process. Thread-safe. */
public final class InProcessConnector implements Connector {
    private final InProcessRouter router;
    private final Serializer serializer;
    private final int messageBytes;

    /** Creates a connector to {@code router} for clients that accept messages of up to {@code messageBytes}. */
    public InProcessConnector(InProcessRouter router, Serializer serializer, int messageBytes) {
        this.router = router;
        this.serializer = serializer;
        this.messageBytes = messageBytes;
    }

    @Override
    public CompletableFuture<Transport> connect() {
        try {
            return CompletableFuture.completedFuture(
                    new InProcessTransport(router.connect(serializer, messageBytes), serializer));
        } catch (IllegalStateException refused) {
            return CompletableFuture.failedFuture(RequestException.of(
                    WampError.NETWORK_FAILURE,
                    "cannot connect to the router in this process: " + refused.getMessage(),
                    refused));
        }
    }
}
