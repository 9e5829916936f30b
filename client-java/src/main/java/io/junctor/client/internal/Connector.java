package io.junctor.client.internal;

import java.util.concurrent.CompletableFuture;

/** Opens transports to one router. Thread-safe. */
public interface Connector {
    /**
     * Opens a transport, which delivers nothing before {@link Transport#start}. The future completes within the
     * connector's timeout. If it fails, then with {@link RequestException}, whose text contains the address and the problem.
     */
    CompletableFuture<Transport> connect();
}
