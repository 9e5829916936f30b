package io.junctor.router.authentication;

import io.junctor.router.connection.ClientConnection;
import io.junctor.router.connection.transport.Connection;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.options.Roles;
import org.jspecify.annotations.Nullable;

/** Finds the realms that clients join. Thread-safe. */
public interface RealmDirectory {
    /**
     * Selects how the client of a {@code HELLO} is authenticated, or refuses it (section "Session Establishment").
     */
    MethodSelection select(Hello hello, Connection transport);

    /** The realm with this name, even if it does not exist yet; null if it can never exist. */
    @Nullable
    JoinableRealm find(String name);

    /**
     * Makes a session for {@code client} and sends {@code WELCOME}, or refuses the client. Called in a {@link io.junctor.router.turn.Pass}.
     */
    void join(JoinableRealm realm, ClientConnection client, Roles roles, JoinGrant grant);
}
