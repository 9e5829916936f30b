package io.junctor.router.connection;

import io.junctor.router.connection.transport.Connection;
import io.junctor.wamp.options.Identity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Begins log entries of level info about a client, with what is known of it as key-value pairs. For one thread. */
public final class LogContext {
    private LoggingEventBuilder entry;

    private LogContext(LoggingEventBuilder entry) {
        this.entry = entry;
    }

    /** An entry of {@code log} about the client of {@code transport}. */
    public static LogContext of(Logger log, Connection transport) {
        LogContext context = new LogContext(log.atInfo());
        context.put("address", transport.peer());
        return transport.listener().isEmpty() ? context : context.put("listener", transport.listener());
    }

    /** The client of a transport and its listener, for the text of a line. */
    public static String where(Connection transport) {
        String listener = transport.listener();
        return listener.isEmpty() ? transport.peer() : transport.peer() + " at " + listener;
    }

    /** Adds the session of the client. */
    public LogContext session(String realm, long session, Identity identity) {
        return put("realm", realm)
                .put("session", session)
                .put("authid", identity.authid())
                .put("authrole", identity.authrole());
    }

    /** Adds a pair, unless the value is null. */
    public LogContext put(String key, @Nullable Object value) {
        if (value != null) {
            entry = entry.addKeyValue(key, value);
        }
        return this;
    }

    /** The entry, to be logged with its text. */
    public LoggingEventBuilder entry() {
        return entry;
    }
}
