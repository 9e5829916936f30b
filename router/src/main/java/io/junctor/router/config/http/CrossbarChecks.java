package io.junctor.router.config.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the requests to a service of Crossbar.io have to be like.
 *
 * @param key the name of the secret, which requests have in the query; null if they need no signature
 * @param secret what they are signed with; null if they need no signature
 * @param tolerance how far the time of a signed request may be from that of the router
 * @param githubSecret what GitHub signs requests with, by SHA-1; null if they need no such signature
 * @param networks from where requests may come; empty for anywhere
 * @param tls whether they have to come encrypted
 * @param bodyBytes the largest body
 */
public record CrossbarChecks(
        @Nullable String key,
        @Nullable SecretText secret,
        Duration tolerance,
        @Nullable SecretText githubSecret,
        List<IpNetwork> networks,
        boolean tls,
        int bodyBytes) {
    /** Copies the list. */
    public CrossbarChecks {
        networks = List.copyOf(networks);
        if ((key == null) != (secret == null)) {
            throw new IllegalArgumentException("key and secret need each other");
        }
    }
}
