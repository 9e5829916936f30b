package io.junctor.server.websocket;

import io.junctor.router.config.ListenerConfig;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable. Which names a client may have connected to, by its header {@code Host}. A web page can let its own name stand for this machine
 * (DNS rebinding), and then is of the same origin as the router: so a listener on a loopback address answers to loopback names only, and
 * to the hosts of the origins that are listed.
 */
public final class HostPolicy {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[::1]");
    private static final Pattern PORT = Pattern.compile(":\\d*$");

    private final boolean all;
    private final Set<String> listed;

    private HostPolicy(boolean all, Set<String> listed) {
        this.all = all;
        this.listed = listed;
    }

    /** The names of a listener. */
    public static HostPolicy of(ListenerConfig config) {
        return new HostPolicy(!isLoopback(config.host()) || config.origins().contains("*"), hosts(config.origins()));
    }

    private static Set<String> hosts(List<String> origins) {
        return origins.stream()
                .map(HostPolicy::hostOf)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String hostOf(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host == null ? "" : host.toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            // It cannot be bound either.
            return false;
        }
    }

    /** Whether a request with this header is answered; browsers always send one. */
    public boolean allows(@Nullable String host) {
        if (all || host == null) {
            return true;
        }
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return LOOPBACK.matcher(name).matches() || listed.contains(name);
    }
}
