package io.junctor.router.connection.transport;

import io.junctor.router.spi.RequestFields;

/** Accepts new connections. Thread-safe. */
public interface ConnectionAcceptor {
    /** The fields of HTTP requests that a connection has to store for authenticators. */
    default RequestFields.Names requestFields() {
        return RequestFields.Names.NONE;
    }

    /**
     * Called once per connection, before any message of it. The connection delivers its first message after the receiver has called
     * {@link Connection#demand()}, possibly before this method returns.
     */
    MessageReceiver accept(Connection connection);
}
