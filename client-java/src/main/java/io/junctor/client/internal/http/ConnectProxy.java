package io.junctor.client.internal.http;

import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;

/** An HTTP proxy that is asked for a tunnel also for {@code ws}, as RFC 6455, section 4.1 demands. Thread-safe. */
final class ConnectProxy extends HttpProxy {
    ConnectProxy(ProxyAddress address) {
        super(address.host(), address.port());
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
