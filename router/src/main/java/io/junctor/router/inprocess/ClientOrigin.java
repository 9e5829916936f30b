package io.junctor.router.inprocess;

import io.junctor.router.config.listener.JoinRestriction;
import io.junctor.router.metrics.Transport;
import io.junctor.router.spi.PeerCredentials;
import io.junctor.router.spi.RequestFields;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The origin of a client in the same process. By default the origin is the process itself. A gateway connects on behalf of clients that use
 * another protocol, and gives the router the addresses and transports of these clients. Thread-safe.
 */
public interface ClientOrigin {
    /** The process itself. */
    ClientOrigin THIS_PROCESS = new ClientOrigin() {};

    /** The transport of the client's requests, for metrics and the meta API. */
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

    /** The listener that the client uses, for logs; empty without a listener. */
    default String listener() {
        return "";
    }

    /** Whether the connection with the client is encrypted or does not leave this machine. */
    default boolean isPrivate() {
        return true;
    }

    /** Whether the client uses a listener on a loopback address without a proxy. */
    default boolean isOnLoopback() {
        return false;
    }

    /** The restriction of the sessions that the client may open. */
    default JoinRestriction joins() {
        return JoinRestriction.NONE;
    }

    /** The fields of the client's HTTP request that authenticators receive. */
    default RequestFields requestFields() {
        return RequestFields.NONE;
    }

    /** The client's certificate, issued by an authority that the listener trusts; null without one. */
    default @Nullable X509Certificate certificate() {
        return null;
    }

    /** The client's account on a Unix domain socket; null on other transports. */
    default @Nullable PeerCredentials peerCredentials() {
        return null;
    }
}
