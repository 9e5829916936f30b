package io.junctor.router.authentication.method;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jose4j.http.Response;
import org.jose4j.http.SimpleGet;
import org.jose4j.http.SimpleResponse;
import org.jspecify.annotations.Nullable;

/** Fetches a key set: follows redirects within the same scheme, host and port only, and limits the size of the answer. Thread-safe. */
final class JwkSetRequest implements SimpleGet {
    /** The maximum size of an answer in bytes. */
    static final int MAX_BYTES = 1 << 20;

    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int MAX_REDIRECTS = 3;

    @Override
    public SimpleResponse get(String location) throws IOException {
        URI origin = URI.create(location);
        URI address = origin;
        for (int redirects = 0; ; redirects++) {
            HttpURLConnection connection = open(address);
            try {
                int status = connection.getResponseCode();
                String target = status / 100 == 3 ? connection.getHeaderField("Location") : null;
                if (target == null) {
                    return answer(connection, status);
                }
                address = redirected(address, target);
                if (!isSameOrigin(origin, address) || redirects == MAX_REDIRECTS) {
                    throw new IOException("a redirect to another scheme, host or port, or the fourth one in a row");
                }
            } finally {
                connection.disconnect();
            }
        }
    }

    private static HttpURLConnection open(URI address) throws IOException {
        URLConnection connection = address.toURL().openConnection();
        if (!(connection instanceof HttpURLConnection http)) {
            throw new IOException("the key set has to be at an address of http or https");
        }
        http.setInstanceFollowRedirects(false);
        http.setConnectTimeout(TIMEOUT_MILLIS);
        http.setReadTimeout(TIMEOUT_MILLIS);
        return http;
    }

    private static URI redirected(URI address, String target) throws IOException {
        try {
            return address.resolve(target);
        } catch (IllegalArgumentException e) {
            throw new IOException("a redirect to something that is no address", e);
        }
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && other.getHost() != null
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    private static int port(URI address) {
        boolean standard = address.getPort() < 0;
        return standard ? (address.getScheme().equalsIgnoreCase("https") ? 443 : 80) : address.getPort();
    }

    private static SimpleResponse answer(HttpURLConnection connection, int status) throws IOException {
        if (status != HttpURLConnection.HTTP_OK) {
            throw new IOException("status " + status);
        }
        try (InputStream in = connection.getInputStream()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (body.length > MAX_BYTES) {
                throw new IOException("the key set has more than " + MAX_BYTES + " bytes");
            }
            Map<String, List<String>> headers = connection.getHeaderFields().entrySet().stream()
                    .filter(header -> header.getKey() != null)
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
            return new Response(
                    status, text(connection.getResponseMessage()), headers, new String(body, StandardCharsets.UTF_8));
        }
    }

    private static String text(@Nullable String message) {
        return Objects.requireNonNullElse(message, "");
    }
}
