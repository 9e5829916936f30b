package io.junctor.router.config.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requirements for requests to a service that is compatible with Crossbar.io.
 *
 * @param key the name of the secret, which requests contain in the query; null if they need no signature
 * @param secret the secret with which requests are signed; null if they need no signature
 * @param tolerance how much the time of a signed request may differ from the time of the router
 * @param githubSecret the secret with which GitHub signs requests by HMAC-SHA1; null if requests need no such signature
 * @param networks the networks from which requests may come; empty for all networks
 * @param tls whether requests must be encrypted
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
