package io.junctor.router.authorization;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits.Names;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Immutable. The limits and rules that URIs, patterns and lists of names in one realm have to keep (section "URIs"). */
public final class UriCheck {
    /** For what belongs to no realm yet. */
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

    /** Why {@code uri} must not stand where {@code match} applies, or null; the length is looked at first. */
    public @Nullable Refusal refusal(Uri uri, MatchPolicy match) {
        Refusal overLimit = overLimit(uri);
        if (overLimit != null || rules.isPattern(uri, match)) {
            return overLimit;
        }
        return rules == UriRules.STRICT ? BAD_STRICT_URI : BAD_URI;
    }

    /** Which limit {@code uri} exceeds, or null. */
    public @Nullable Refusal overLimit(Uri uri) {
        if (uri.text().length() > maxCharacters) {
            return tooLong;
        }
        return uri.text().length() >= maxParts && countParts(uri.text()) > maxParts ? tooManyParts : null;
    }

    /** The refusal of a list with so many {@code entries}, or null if they are within the limit. */
    public @Nullable Refusal overLimit(int entries) {
        return entries > maxListEntries ? listTooLong : null;
    }

    /** Whether {@code uri} is so long that it is refused without being read. */
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
