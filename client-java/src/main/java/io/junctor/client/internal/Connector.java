package io.junctor.client.internal;

import java.util.concurrent.CompletableFuture;

/** Opens transports to one router. Thread-safe. */
public interface Connector {
    /**
     * Opens a transport. It delivers nothing before {@link Transport#start}. The future completes within the
     * connector's timeout. It fails with {@link RequestException}, whose text has the address and the problem.
     */
    CompletableFuture<Transport> connect();
}
