package io.junctor.client.internal.http;

import java.nio.channels.WritePendingException;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;

/** An HTTP proxy that is asked for a tunnel also for {@code ws}, as RFC 6455, section 4.1 demands. Thread-safe. */
public final class ConnectProxy extends HttpProxy {
    ConnectProxy(ProxyAddress address) {
        super(address.host(), address.port());
    }

    /**
     * Whether a request failed because Jetty did not write it. It uses a tunnel from the answer to CONNECT on, also if the thread
     * that has sent CONNECT has not noted yet that it has sent it; then the next write fails. The request may be sent again.
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
