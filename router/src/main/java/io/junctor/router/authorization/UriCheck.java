package io.junctor.router.authorization;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits.Names;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Checks URIs, patterns and lists by the limits and rules of a realm (section "URIs"). */
public final class UriCheck {
    /** The check for messages of clients that have not joined a realm. */
    public static final UriCheck DEFAULT = new UriCheck(UriRules.LOOSE, Names.DEFAULT);

    private static final Refusal BAD_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: parts must not be empty and hold no white space, # or .");
    private static final Refusal BAD_STRICT_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: this realm allows parts of 0-9, a-z and _ only, none empty");

    private final UriRules rules;
    private final int maxCharacters;
    private final int maxParts;
    private final int maxListEntries;

    private UriCheck(UriRules rules, Names limits) {
        this.rules = rules;
        this.maxCharacters = limits.uriCharacters();
        this.maxParts = limits.uriParts();
        this.maxListEntries = limits.listEntries();
    }

    /** The check of the realm with {@code config}. */
    public UriCheck(RealmConfig config) {
        this(config.uris(), config.limits().names());
    }

    /** The refusal of {@code uri}, or null if it is a valid URI or pattern for the policy {@code match}. Checks the length first. */
    public @Nullable Refusal refusal(Uri uri, MatchPolicy match) {
        Refusal overLimit = overLimit(uri);
        if (overLimit != null || rules.isPattern(uri, match)) {
            return overLimit;
        }
        return rules == UriRules.STRICT ? BAD_STRICT_URI : BAD_URI;
    }

    /** The refusal if {@code uri} is over a limit, or null. */
    public @Nullable Refusal overLimit(Uri uri) {
        int characters = uri.text().length();
        if (characters > maxCharacters) {
            return overLimit("the URI has " + characters + " characters; at most " + maxCharacters
                    + " are allowed (uri_characters)");
        }
        int parts = characters >= maxParts ? countParts(uri.text()) : 1;
        return parts > maxParts
                ? overLimit("the URI has " + parts + " parts; at most " + maxParts + " are allowed (uri_parts)")
                : null;
    }

    private static Refusal overLimit(String text) {
        return Refusal.of(WampError.INVALID_URI, text);
    }

    /** The refusal of a list with {@code entries} entries, or null if it is within the limit. */
    public @Nullable Refusal overLimit(int entries) {
        return entries > maxListEntries
                ? Refusal.of(
                        WampError.INVALID_ARGUMENT,
                        "a list has " + entries + " entries; at most " + maxListEntries + " are allowed (list_entries)")
                : null;
    }

    /** True if {@code uri} has more characters than the limit. */
    boolean isTooLong(Uri uri) {
        return uri.text().length() > maxCharacters;
    }

    private static int countParts(String text) {
        int parts = 1;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', dot + 1)) {
            parts++;
        }
        return parts;
    }
}
