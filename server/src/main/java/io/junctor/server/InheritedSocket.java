package io.junctor.server;

import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.server.unix.UnixListenSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;

/** Finds the listening socket that another program, such as systemd, passed to this process as its standard input. */
final class InheritedSocket {
    private InheritedSocket() {}

    /** Returns the configuration with the address of the inherited socket, or {@code config} itself if the router binds its own socket. */
    static ListenerConfig resolve(ListenerConfig config) throws ListenException {
        if (!config.address().inherited()) {
            return config;
        }
        try {
            UnixSocket unix = UnixListenSocket.inherited();
            if (unix != null) {
                return config.toBuilder().unixSocket(unix).inheritedSocket(true).build();
            }
            Channel inherited = System.inheritedChannel();
            if (inherited instanceof ServerSocketChannel socket
                    && socket.getLocalAddress() instanceof InetSocketAddress address) {
                return config.toBuilder()
                        .host(address.getAddress().getHostAddress())
                        .port(address.getPort())
                        .build();
            }
        } catch (IOException e) {
            throw new ListenException("Cannot listen on the inherited socket: " + e.getMessage() + ".", e);
        }
        throw new ListenException("Cannot listen on the inherited socket: the standard input of the process is not a"
                + " listening socket (inherited_socket).");
    }
}
