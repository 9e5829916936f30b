package io.junctor.cluster.nats;

import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the last problem that the library reported about a connection, for error messages. Thread-safe. */
final class ConnectionReports implements ErrorListener {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionReports.class);

    private final Consumer<String> onRefused;
    private volatile @Nullable String lastError;
    private volatile @Nullable Exception lastException;

    /**
     * Creates an error listener for a connection.
     *
     * @param onRefused receives each error of a server, such as a missing permission
     */
    ConnectionReports(Consumer<String> onRefused) {
        this.onRefused = onRefused;
    }

    @Override
    public void errorOccurred(@Nullable Connection connection, String error) {
        lastError = error;
        onRefused.accept(error);
    }

    @Override
    public void exceptionOccurred(@Nullable Connection connection, Exception exception) {
        lastException = exception;
        LOG.debug("a connection to NATS has failed", exception);
    }

    @Override
    public void messageDiscarded(Connection connection, Message message) {
        LOG.debug("a message to {} was discarded", message.getSubject());
    }

    /** The last error that a server sent, or null. */
    @Nullable
    String lastError() {
        return lastError;
    }

    /** The deepest cause of the last failure of a connection, or null. */
    @Nullable
    Throwable lastCause() {
        Throwable cause = lastException;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
