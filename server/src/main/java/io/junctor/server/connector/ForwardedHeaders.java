package io.junctor.server.connector;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ProxyConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/**
 * Determines the address of a client, which a proxy may forward in a header. Headers count only if a trusted proxy sent them, because
 * any client can send them. Thread-safe.
 */
public final class ForwardedHeaders {
    /** An address with the port or the brackets that some proxies add. */
    private static final Pattern HOP = Pattern.compile("\\[([^]]*)](?::\\d{1,5})?|([^:]*):\\d{1,5}");

    /** Headers that reveal a proxy that is not in the configuration. */
    private static final List<HttpHeader> OF_PROXIES =
            List.of(HttpHeader.X_FORWARDED_FOR, HttpHeader.FORWARDED, HttpHeader.VIA);

    private final ProxyConfig proxies;
    private final boolean isOnLoopback;

    public ForwardedHeaders(ListenerConfig config) {
        this.proxies = config.proxies();
        this.isOnLoopback = config.isOnLoopback();
    }

    /**
     * Returns the address of the client that sent a request: the peer of the socket; or, if the peer is a trusted proxy, the address
     * that the proxy sent in the PROXY protocol; or, if that is a trusted proxy too, the last address in
     * {@code X-Forwarded-For} that is not a trusted proxy. Empty if a trusted proxy sent an element of that header that is not
     * an address.
     *
     * <p>A client behind a trusted proxy never counts as a program on this machine. Otherwise a proxy that sends no
     * header would make all its clients local.
     */
    public Optional<ClientAddress> clientAddress(EndPoint endPoint, HttpFields headers) {
        PeerAddress socket = PeerAddress.of(PassEndPoint.socketOf(endPoint));
        PeerAddress announced = PeerAddress.of(endPoint);
        if (socket == null || announced == null) {
            return Optional.empty();
        }
        if (!isTrusted(socket)) {
            boolean isPrivate = socket.isOnThisMachine() || endPoint.isSecure();
            return Optional.of(new ClientAddress(socket, null, isPrivate, isOnLoopback && isDirect(headers)));
        }
        List<String> hops = items(headers, HttpHeader.X_FORWARDED_FOR);
        List<String> schemes = items(headers, HttpHeader.X_FORWARDED_PROTO);
        if (!isTrusted(announced) || (hops.isEmpty() && schemes.isEmpty())) {
            return Optional.of(new ClientAddress(announced, socket, endPoint.isSecure(), false));
        }
        boolean isPrivate = !schemes.isEmpty() && schemes.stream().allMatch(ForwardedHeaders::isEncrypted);
        return client(announced, hops).map(client -> new ClientAddress(client, socket, isPrivate, false));
    }

    private static boolean isDirect(HttpFields headers) {
        return OF_PROXIES.stream().noneMatch(headers::contains);
    }

    private boolean isTrusted(PeerAddress peer) {
        return switch (peer) {
            case PeerAddress.Internet internet -> proxies.contain(internet.address());
            case PeerAddress.Unix unix -> proxies.unix();
        };
    }

    private Optional<PeerAddress> client(PeerAddress proxy, List<String> hops) {
        PeerAddress client = proxy;
        for (int hop = hops.size() - 1; hop >= 0 && isTrusted(client); hop--) {
            InetAddress address = address(hops.get(hop));
            if (address == null) {
                return Optional.empty();
            }
            client = new PeerAddress.Internet(new InetSocketAddress(address, 0));
        }
        return Optional.of(client);
    }

    /** Returns the elements of a header in all its lines; the elements of the client are before those of the proxies. */
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
}
