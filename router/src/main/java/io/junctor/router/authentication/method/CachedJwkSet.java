package io.junctor.router.authentication.method;

import java.io.IOException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.http.SimpleGet;
import org.jose4j.http.SimpleResponse;
import org.jose4j.jwk.HttpsJwks;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the JSON Web Key Set at a URL and caches it by monotonic time. The cache of jose4j uses the time of day; after the clock was set
 * back it would not fetch rotated keys. Thread-safe.
 */
final class CachedJwkSet extends HttpsJwks {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long DEFAULT_SECONDS = 3_600;
    private static final long MAX_SECONDS = 86_400;
    /** The minimum age of the cached set before a key that it does not contain causes a new request. */
    private static final long MIN_AGE_NANOS = SECOND_NANOS;
    /** The time for which the cached keys are used after a failed request, before the next request. */
    private static final long RETRY_SECONDS = 600;

    private static final Pattern MAX_AGE = Pattern.compile("max-age=\"?([0-9]{1,9})");

    /**
     * A set of keys.
     *
     * @param keys the keys
     * @param fetchedNanos when they were fetched
     * @param lifeNanos how long they are used from then on
     */
    private record CachedKeys(List<JsonWebKey> keys, long fetchedNanos, long lifeNanos) {}

    private final SimpleGet http;
    private final LongSupplier nanos;
    private @Nullable CachedKeys cached;

    CachedJwkSet(String url, SimpleGet http, LongSupplier nanos) {
        super(url);
        this.http = http;
        this.nanos = nanos;
    }

    @Override
    public synchronized List<JsonWebKey> getJsonWebKeys() throws JoseException, IOException {
        CachedKeys known = cached;
        if (known == null) {
            return fetch();
        }
        if (nanos.getAsLong() - known.fetchedNanos() < known.lifeNanos()) {
            return known.keys();
        }
        try {
            return fetch();
        } catch (JoseException | IOException e) {
            cached = new CachedKeys(known.keys(), nanos.getAsLong(), RETRY_SECONDS * SECOND_NANOS);
            return known.keys();
        }
    }

    /** Fetches the keys if those in the cache are older than a second. */
    @Override
    public synchronized void refresh() throws JoseException, IOException {
        CachedKeys known = cached;
        if (known == null || nanos.getAsLong() - known.fetchedNanos() >= MIN_AGE_NANOS) {
            fetch();
        }
    }

    private synchronized List<JsonWebKey> fetch() throws JoseException, IOException {
        SimpleResponse response = http.get(getLocation());
        List<JsonWebKey> keys = List.copyOf(new JsonWebKeySet(response.getBody()).getJsonWebKeys());
        cached = new CachedKeys(keys, nanos.getAsLong(), lifeSeconds(response) * SECOND_NANOS);
        return keys;
    }

    private static long lifeSeconds(SimpleResponse response) {
        for (String name : response.getHeaderNames()) {
            String value =
                    name.equalsIgnoreCase("Cache-Control") ? String.join(",", response.getHeaderValues(name)) : "";
            Matcher matcher = MAX_AGE.matcher(value);
            if (matcher.find()) {
                return Math.min(MAX_SECONDS, Long.parseLong(matcher.group(1)));
            }
        }
        return DEFAULT_SECONDS;
    }
}
