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
    /** The check for a message that is not for a realm yet. */
    public static final UriCheck DEFAULT = new UriCheck(UriRules.LOOSE, Names.DEFAULT);

    private static final Refusal BAD_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: parts must not be empty and hold no white space, # or .");
    private static final Refusal BAD_STRICT_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: this realm allows parts of 0-9, a-z and _ only, none empty");

    private final UriRules rules;
    private final int maxCharacters;
    private final int maxParts;
    private final int maxListEntries;
    private final Refusal tooLong;
    private final Refusal tooManyParts;
    private final Refusal listTooLong;

    private UriCheck(UriRules rules, Names limits) {
        this.rules = rules;
        this.maxCharacters = limits.uriCharacters();
        this.maxParts = limits.uriParts();
        this.maxListEntries = limits.listEntries();
        this.tooLong = Refusal.of(
                WampError.INVALID_URI,
                "a URI has more than " + maxCharacters + " characters, the limit uri_characters");
        this.tooManyParts =
                Refusal.of(WampError.INVALID_URI, "a URI has more than " + maxParts + " parts, the limit uri_parts");
        this.listTooLong = Refusal.of(
                WampError.INVALID_ARGUMENT,
                "a list has more than " + maxListEntries + " entries, the limit list_entries");
    }

    /** The check of the realm with {@code config}. */
    public UriCheck(RealmConfig config) {
        this(config.uris(), config.limits().names());
    }

    /** The refusal of {@code uri} where {@code match} applies, or null if it is valid. Checks the length first. */
    public @Nullable Refusal refusal(Uri uri, MatchPolicy match) {
        Refusal overLimit = overLimit(uri);
        if (overLimit != null || rules.isPattern(uri, match)) {
            return overLimit;
        }
        return rules == UriRules.STRICT ? BAD_STRICT_URI : BAD_URI;
    }

    /** The refusal if {@code uri} is over a limit, or null. */
    public @Nullable Refusal overLimit(Uri uri) {
        if (uri.text().length() > maxCharacters) {
            return tooLong;
        }
        return uri.text().length() >= maxParts && countParts(uri.text()) > maxParts ? tooManyParts : null;
    }

    /** The refusal of a list with {@code entries} entries, or null if it is within the limit. */
    public @Nullable Refusal overLimit(int entries) {
        return entries > maxListEntries ? listTooLong : null;
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
