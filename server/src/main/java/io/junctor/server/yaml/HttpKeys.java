package io.junctor.server.yaml;

import io.junctor.router.config.SecretText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys about requests that the router sends. */
final class HttpKeys {
    /** What the HTTP client sets itself. */
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    /** Values of header fields, each a secret. */
    static final Key<Map<String, SecretText>> HEADERS = Key.withDefault(
            "headers",
            new MapType<>(
                    new SecretType<>("a text of visible ASCII characters and spaces", HttpKeys::headerValue),
                    "a map of header fields such as { Authorization: \"Bearer ${TOKEN}\" }",
                    "the name of a header field, other than Host, Connection and those of the length",
                    HttpKeys::isHeader,
                    null),
            Map.of());

    private HttpKeys() {}

    static boolean isHeader(String name) {
        return SignatureSection.HEADER_NAME.parser().apply(name) != null
                && !OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static @Nullable SecretText headerValue(String text) {
        boolean isVisible = text.chars().allMatch(character -> character >= ' ' && character <= '~');
        return isVisible ? new SecretText(text) : null;
    }

    /** An absolute URL of http or https, without a user and a fragment; null if a text is not such a URL. */
    static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            boolean isHttp = scheme.equals("http") || scheme.equals("https");
            return isHttp && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null
                    ? url
                    : null;
        } catch (URISyntaxException invalid) {
            return null;
        }
    }

    /** Warns of secrets that other machines on the way can read. */
    static void warnIfOpen(URI url, boolean hasSecret, YamlNode node) {
        String host = url.getHost();
        boolean isHere = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (hasSecret && url.getScheme().equalsIgnoreCase("http") && !isHere) {
            node.warn("requests with a secret travel unencrypted to " + host + ": use https");
        }
    }
}
