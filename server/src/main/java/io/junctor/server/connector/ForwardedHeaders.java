package io.junctor.server.connector;

import io.junctor.router.config.IpNetwork;
import io.junctor.router.config.ListenerConfig;
import io.junctor.router.config.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Where the clients of a listener are, and how many WebSockets of each network there are. What a proxy says
 * about its clients is taken from trusted ones only: anybody can send a header.
 */
public final class ForwardedHeaders {
    /** An address as proxies write it: some put the port behind it, and brackets around that of IPv6. */
    private static final Pattern HOP = Pattern.compile("\\[([^]]*)](?::\\d{1,5})?|([^:]*):\\d{1,5}");

    private final ProxyConfig proxies;
    private final int most;
    /** Who counts, by socket: that is what is certain to be told closed, however far its client came. */
    private final ConcurrentMap<EndPoint, IpNetwork> countedBySocket = new ConcurrentHashMap<>();

    private final ConcurrentMap<IpNetwork, Integer> openByNetwork = new ConcurrentHashMap<>();

    public ForwardedHeaders(ListenerConfig config) {
        this.proxies = config.proxies();
        this.most = config.limits().arrivals().connectionsPerAddress();
    }

    /**
     * Where the client of a request is: at the other end of the socket, or if a trusted proxy is there, where that says by the PROXY
     * protocol. If this is a trusted proxy again, the client is at the last address in {@code X-Forwarded-For} that is none. Nothing where a
     * trusted proxy names what is no address.
     *
     * <p>Who comes from a trusted proxy never counts as a program on this machine: so a proxy that forgets to tell does not make all its
     * clients such programs.
     */
    public Optional<ClientAddress> visitor(EndPoint endPoint, HttpFields headers) {
        InetSocketAddress socket = place(PassEndPoint.socketOf(endPoint));
        InetSocketAddress told = place(endPoint);
        if (socket == null || told == null) {
            return Optional.empty();
        }
        if (!proxies.contain(socket.getAddress())) {
            boolean isLocal = socket.getAddress().isLoopbackAddress();
            return Optional.of(new ClientAddress(socket, null, isLocal || endPoint.isSecure()));
        }
        List<String> hops = items(headers, HttpHeader.X_FORWARDED_FOR);
        List<String> schemes = items(headers, HttpHeader.X_FORWARDED_PROTO);
        if (!proxies.contain(told.getAddress()) || (hops.isEmpty() && schemes.isEmpty())) {
            return Optional.of(new ClientAddress(told, socket, endPoint.isSecure()));
        }
        boolean isPrivate = !schemes.isEmpty() && schemes.stream().allMatch(ForwardedHeaders::isEncrypted);
        return client(told, hops).map(client -> new ClientAddress(client, socket, isPrivate));
    }

    private static @Nullable InetSocketAddress place(EndPoint endPoint) {
        return endPoint.getRemoteSocketAddress() instanceof InetSocketAddress internet && !internet.isUnresolved()
                ? internet
                : null;
    }

    private Optional<InetSocketAddress> client(InetSocketAddress proxy, List<String> hops) {
        InetSocketAddress client = proxy;
        for (int hop = hops.size() - 1; hop >= 0 && proxies.contain(client.getAddress()); hop--) {
            InetAddress address = address(hops.get(hop));
            if (address == null) {
                return Optional.empty();
            }
            client = new InetSocketAddress(address, 0);
        }
        return Optional.of(client);
    }

    /** What all lines of a header list, those that a client wrote itself before those of the proxies. */
    private static List<String> items(HttpFields headers, HttpHeader name) {
        return headers.getFields(name).stream()
                .map(HttpField::getValue)
                .filter(value -> value != null)
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    private static @Nullable InetAddress address(String hop) {
        Matcher match = HOP.matcher(hop);
        if (!match.matches()) {
            return IpNetwork.address(hop);
        }
        return IpNetwork.address(match.group(1) == null ? match.group(2) : match.group(1));
    }

    private static boolean isEncrypted(String scheme) {
        return scheme.equalsIgnoreCase("https") || scheme.equalsIgnoreCase("wss");
    }

    /** Lets a client in, until its socket closes; false where its network has as many WebSockets as it may have. */
    public boolean letIn(EndPoint endPoint, ClientAddress visitor) {
        if (visitor.isLocal()) {
            return true;
        }
        IpNetwork network = visitor.network();
        if (openByNetwork.merge(network, 1, Integer::sum) > most) {
            giveBack(network);
            return false;
        }
        EndPoint socket = PassEndPoint.socketOf(endPoint);
        countedBySocket.put(socket, network);
        if (!socket.isOpen()) {
            onClosed(socket);
        }
        return true;
    }

    /** The most WebSockets of one network. */
    public int most() {
        return most;
    }

    public void onClosed(EndPoint socket) {
        IpNetwork network = countedBySocket.remove(socket);
        if (network != null) {
            giveBack(network);
        }
    }

    private void giveBack(IpNetwork network) {
        openByNetwork.computeIfPresent(network, (same, open) -> open == 1 ? null : open - 1);
    }
}
