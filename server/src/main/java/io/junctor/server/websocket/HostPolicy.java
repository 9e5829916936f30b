package io.junctor.server.websocket;

import io.junctor.router.config.http.IpNetwork;
import io.junctor.router.config.listener.ListenerConfig;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides by the header {@code Host} which requests a listener answers. The owner of a web page can make its host name
 * resolve to a loopback address (DNS rebinding); then browsers treat the page and the router as the same origin. So a listener on
 * a loopback address answers only requests for loopback names and for the hosts of the listed origins.
 */
public final class HostPolicy {
    private static final Pattern PORT = Pattern.compile(":(\\d*|\\*)$");

    private final boolean all;
    private final Set<String> listed;

    private HostPolicy(boolean all, Set<String> listed) {
        this.all = all;
        this.listed = listed;
    }

    /** Returns the policy of a listener. */
    public static HostPolicy of(ListenerConfig config) {
        return new HostPolicy(
                !config.address().isLoopback() || config.origins().contains("*"), hosts(config.origins()));
    }

    private static Set<String> hosts(List<String> origins) {
        return origins.stream()
                .map(HostPolicy::hostOf)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String hostOf(String origin) {
        try {
            // URI.getHost() is null for a name with an underscore.
            String authority = URI.create(origin).getRawAuthority();
            return authority == null
                    ? ""
                    : PORT.matcher(authority).replaceFirst("").toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Returns whether a request with this header is answered. {@code host} is null if the header is missing; browsers always send it. */
    public boolean allows(@Nullable String host) {
        if (all || host == null) {
            return true;
        }
        String name = PORT.matcher(host).replaceFirst("").toLowerCase(Locale.ROOT);
        return IpNetwork.isLoopbackName(name) || listed.stream().anyMatch(entry -> matches(entry, name));
    }

    private static boolean matches(String entry, String name) {
        return entry.startsWith("*.") ? name.endsWith(entry.substring(1)) : name.equals(entry);
    }
}
