package io.junctor.router.config.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the URLs and header fields of the router's requests to HTTP services. */
public final class OutgoingHttpCheck {
    /** The pattern that the name of a header field must match (RFC 9110). */
    public static final Pattern FIELD = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");

    private static final Pattern VISIBLE = Pattern.compile("[ -~]*");
    private static final Pattern HOST_FIRST = Pattern.compile("https?://[^/?]+[/?].*");
    private static final Pattern DOTS = Pattern.compile(".*/\\.{1,2}(/.*|$)");
    /** The header fields that the HTTP client sets itself. */
    private static final Set<String> OWN_FIELDS =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    private OutgoingHttpCheck() {}

    /** Whether a template may set a header field of this name. */
    public static boolean isField(String name) {
        return FIELD.matcher(name).matches() && !OWN_FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a header field may have this value: visible ASCII characters and spaces. */
    public static boolean isFieldValue(String value) {
        return VISIBLE.matcher(value).matches();
    }

    /** Parses an absolute http or https URL without user and fragment; returns null for any other text. */
    public static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            boolean isHttp = Set.of("http", "https")
                    .contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT));
            boolean isPlain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return isHttp && isPlain ? url : null;
        } catch (URISyntaxException invalid) {
            return null;
        }
    }

    /** Whether a template always yields a valid {@link #url} with the same host, because its placeholders come after the host. */
    public static boolean isUrl(ArgumentTemplate template) {
        URI url = url(template.with("x"));
        boolean isFixed = template.parts().size() == 1
                || HOST_FIRST.matcher(template.start()).matches();
        return url != null
                && isFixed
                && !DOTS.matcher(String.valueOf(url.getRawPath())).matches();
    }

    /** Whether requests to a URL are sent unencrypted to another machine. */
    public static boolean isOpen(URI url) {
        return url.getScheme().equalsIgnoreCase("http") && !IpNetwork.isLoopbackName(url.getHost());
    }

    static void checkField(String name, String value) {
        if (!isField(name) || !isFieldValue(value)) {
            throw new IllegalArgumentException("requests may not have this header field: " + name);
        }
    }
}
