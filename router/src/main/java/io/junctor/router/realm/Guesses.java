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
    boolean isClosed(String address, String realm, @Nullable String authid) {
        return byAddress.isClosed(address) || (authid != null && byAuthid.isClosed(name(realm, authid)));
    }

    /** Counts credentials that were refused. */
    void failed(String address, String realm, @Nullable String authid) {
        byAddress.failed(address);
        if (authid != null) {
            byAuthid.failed(name(realm, authid));
        }
    }

    private static String name(String realm, String authid) {
        return realm + " " + authid;
    }
}
