package io.junctor.client.internal.http;

import java.nio.channels.WritePendingException;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;

/** An HTTP proxy that Jetty asks for a tunnel for every scheme, also for {@code ws}, as RFC 6455, section 4.1 demands. Thread-safe. */
public final class ConnectProxy extends HttpProxy {
    ConnectProxy(ProxyAddress address) {
        super(address.host(), address.port());
    }

    /**
     * Returns whether a request failed because Jetty did not write it; then the request may be sent again. Jetty uses a tunnel as soon as
     * the answer to CONNECT has arrived, even if the write of CONNECT is not marked as complete yet; then the next write fails.
     */
    public static boolean hasNotWritten(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !(cause instanceof WritePendingException)) {
            cause = cause.getCause();
        }
        return cause != null;
    }

    @Override
    public boolean requiresTunnel(Origin router) {
        return true;
    }

    @Override
    public boolean matches(Origin origin) {
        return true;
    }
}
