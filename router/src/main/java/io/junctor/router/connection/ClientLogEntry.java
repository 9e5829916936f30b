package io.junctor.router.connection;

import io.junctor.router.connection.transport.Connection;
import io.junctor.wamp.options.Identity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/** Builds log entries of level info about a client, with the known details of the client as key-value pairs. Confined to one thread. */
public final class ClientLogEntry {
    private LoggingEventBuilder entry;

    private ClientLogEntry(LoggingEventBuilder entry) {
        this.entry = entry;
    }

    /** Begins an entry of {@code log} about the client of {@code transport}. */
    public static ClientLogEntry of(Logger log, Connection transport) {
        ClientLogEntry context = new ClientLogEntry(log.atInfo());
        context.put("address", transport.peer());
        return transport.listener().isEmpty() ? context : context.put("listener", transport.listener());
    }

    /** Describes the client and the listener of a transport for the text of a log line. */
    public static String where(Connection transport) {
        String listener = transport.listener();
        return listener.isEmpty() ? transport.peer() : transport.peer() + " at " + listener;
    }

    /** Adds the session of the client. */
    public ClientLogEntry session(String realm, long session, Identity identity) {
        return put("realm", realm)
                .put("session", session)
                .put("authid", identity.authid())
                .put("authrole", identity.authrole());
    }

    /** Adds a pair, unless the value is null. */
    public ClientLogEntry put(String key, @Nullable Object value) {
        if (value != null) {
            entry = entry.addKeyValue(key, value);
        }
        return this;
    }

    /** The entry; the caller adds the text and logs it. */
    public LoggingEventBuilder entry() {
        return entry;
    }
}
