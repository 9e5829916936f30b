package io.junctor.router.config.auth;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URI of a rule with placeholders for details of the session, such as <code>device.{authid}.state</code>. A placeholder is always a whole
 * part of the URI, and its value is always a single part, so a value that a client chose cannot match more than one part.
 */
public final class UriTemplate {
    /** The placeholder for the authid of a session. */
    public static final String AUTHID = "{authid}";
    /** The placeholder for the role of a session. */
    public static final String AUTHROLE = "{authrole}";

    /** Marks a value that cannot be inserted; it is never a part of a valid URI. */
    private static final String UNFIT = "#";

    private UriTemplate() {}

    /** Whether {@code uri} contains braces, as placeholders do. */
    public static boolean isTemplate(Uri uri) {
        return uri.text().indexOf('{') >= 0 || uri.text().indexOf('}') >= 0;
    }

    /** Describes a wrong use of braces in {@code uri}; null if they are used correctly. */
    public static @Nullable String problem(Uri uri, MatchPolicy match) {
        String[] parts = uri.text().split("\\.", -1);
        for (String part : parts) {
            if (isTemplate(new Uri(part)) && !part.equals(AUTHID) && !part.equals(AUTHROLE)) {
                return "'" + uri + "': braces stand for a part as a whole: {authid} or {authrole}";
            }
        }
        return match == MatchPolicy.PREFIX && isTemplate(new Uri(parts[parts.length - 1]))
                ? "'" + uri
                        + "': a prefix that ends in {authid} or {authrole} would fit others that begin with it; end it"
                        + " with a dot"
                : null;
    }

    /** Returns {@code uri} with {@code x} in place of each placeholder, so that the other rules for URIs can be checked. */
    public static Uri example(Uri uri) {
        return new Uri(uri.text().replace(AUTHID, "x").replace(AUTHROLE, "x"));
    }

    /** Returns {@code uri} with the values in place of the placeholders; null if a value is missing or is not a valid single part of a URI. */
    public static @Nullable Uri filled(Uri uri, @Nullable String authid, @Nullable String authrole) {
        Map<String, String> values = Map.of(AUTHID, valid(authid), AUTHROLE, valid(authrole));
        String[] parts = uri.text().split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = values.getOrDefault(parts[i], parts[i]);
            if (parts[i].equals(UNFIT)) {
                return null;
            }
        }
        return new Uri(String.join(".", parts));
    }

    private static String valid(@Nullable String value) {
        if (value == null || value.indexOf('.') >= 0) {
            return UNFIT;
        }
        Uri part = new Uri(value);
        return UriRules.LOOSE.isUri(part) && !isTemplate(part) && !part.isReserved() ? value : UNFIT;
    }
}
