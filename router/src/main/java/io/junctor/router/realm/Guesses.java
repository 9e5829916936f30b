package io.junctor.router.realm;

import io.junctor.router.auth.Throttle;
import io.junctor.router.turn.Timers;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. Failed attempts to join, by the address they came from and by the authid they were for. */
final class Guesses {
    private final Throttle byAddress;
    private final Throttle byAuthid;

    Guesses(int failuresPerMinute, Timers timers) {
        this.byAddress = new Throttle(failuresPerMinute, timers::nanos);
        this.byAuthid = new Throttle(failuresPerMinute, timers::nanos);
    }

    /** Whether this client has to wait, before it is asked or heard. */
    boolean isClosed(String peer, String realm, @Nullable String authid) {
        return byAddress.isClosed(address(peer)) || (authid != null && byAuthid.isClosed(name(realm, authid)));
    }

    /** Counts credentials that were refused. */
    void failed(String peer, String realm, @Nullable String authid) {
        byAddress.failed(address(peer));
        if (authid != null) {
            byAuthid.failed(name(realm, authid));
        }
    }

    /** Without the port, which differs from connection to connection. */
    private static String address(String peer) {
        int port = peer.lastIndexOf(':');
        return port < 0 ? peer : peer.substring(0, port);
    }

    private static String name(String realm, String authid) {
        return realm + " " + authid;
    }
}
