package io.junctor.client.internal;

import java.util.concurrent.CompletableFuture;

/** Safe for use by many threads. Opens transports to one router. */
public interface Connector {
    /**
     * Opens a transport that delivers nothing before it is started. Fails with {@link RequestFailure}, which names the
     * address and what went wrong, within the time the connector was made with.
     */
    CompletableFuture<Transport> connect();
}
