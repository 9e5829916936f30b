package io.junctor.router.inprocess;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.metrics.Transport;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a client of the same process connects: by default its own. A gateway connects for clients that reach it by another
 * protocol, and tells the router where they are. Thread-safe.
 */
public interface ClientOrigin {
    /** The process itself. */
    ClientOrigin THIS_PROCESS = new ClientOrigin() {};

    /** What carries the requests of the client: for metrics and the meta API. */
    default Transport transport() {
        return Transport.MEMORY;
    }

    /** The address of the client, for logs. */
    default String peer() {
        return "this process";
    }

    /** The key by which failed logins are counted. */
    default String address() {
        return peer();
    }

    /** The listener that the client uses, for logs; empty without one. */
    default String listener() {
        return "";
    }

    /** Whether the way to the client is encrypted or does not leave this machine. */
    default boolean isPrivate() {
        return true;
    }

    /** Whether the client uses a listener on a loopback address, and no proxy is in front of that. */
    default boolean isOnLoopback() {
        return false;
    }

    /** Which sessions may be opened. */
    default JoinRestriction joins() {
        return JoinRestriction.NONE;
    }

    /** The fields of the client's HTTP request that authenticators are told. */
    default RequestFields requestFields() {
        return RequestFields.NONE;
    }

    /** The client's certificate, issued by an authority that the listener trusts; null without one. */
    default @Nullable X509Certificate certificate() {
        return null;
    }

    /** The client's account on a Unix domain socket; null on others. */
    default @Nullable PeerCredentials peerCredentials() {
        return null;
    }
}
