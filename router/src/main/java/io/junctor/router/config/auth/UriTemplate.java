package io.junctor.router.config.auth;

import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URI of a rule with placeholders for details of the session, such as <code>device.{authid}.state</code>. Such a part is
 * a part as a whole, and what is put there is one as well: nothing that a client chose can make a rule fit more than one part.
 */
public final class UriTemplate {
    /** The part that stands for the authid of a session. */
    public static final String AUTHID = "{authid}";
    /** The part that stands for the role of a session. */
    public static final String AUTHROLE = "{authrole}";

    /** No part of a valid URI. */
    private static final String UNFIT = "#";

    private UriTemplate() {}

    /** Whether a part of {@code uri} stands for something else. */
    public static boolean isTemplate(Uri uri) {
        return uri.text().indexOf('{') >= 0 || uri.text().indexOf('}') >= 0;
    }

    /** What is wrong with the braces of {@code uri}, or null. */
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

    /** {@code uri} with {@code x} for each part that stands for something else: what else it has to be can be seen of that. */
    public static Uri example(Uri uri) {
        return new Uri(uri.text().replace(AUTHID, "x").replace(AUTHROLE, "x"));
    }

    /** {@code uri} with what its parts stand for; null where one is not given, or is not a single part of a client's URI. */
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
