package io.junctor.router.connection.transport;

import io.junctor.router.spi.RequestFields;

/** Accepts new connections. Thread-safe. */
public interface ConnectionAcceptor {
    /** The fields of HTTP requests that a connection has to keep for authenticators. */
    default RequestFields.Names requestFields() {
        return RequestFields.Names.NONE;
    }

    /**
     * Called once per connection, before any message of it. The connection delivers its first message after the
     * receiver asked for one by {@link Connection#demand()}; that call may come before this one returns.
     */
    MessageReceiver accept(Connection connection);
}
