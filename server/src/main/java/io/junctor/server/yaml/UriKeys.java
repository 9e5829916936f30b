package io.junctor.server.yaml;

import io.junctor.router.config.UriTemplate;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.Locale;

/** The keys {@code uri} and {@code match} of rules and history topics. */
final class UriKeys {
    static final Key<String> URI = Key.required(
            "uri", ScalarType.matching("a URI or pattern in quotes, such as \"com.example.\"", text -> true));
    static final Key<MatchPolicy> MATCH = Key.withDefault("match", EnumType.of(MatchPolicy.class), MatchPolicy.EXACT);

    /** The URI of a procedure that the router calls. */
    static final Key<String> PROCEDURE = Key.required(
            "procedure", ScalarType.matching("the URI of a procedure", uri -> UriRules.LOOSE.isUri(new Uri(uri))));

    private UriKeys() {}

    static Uri uri(SectionValues values) {
        return new Uri(values.get(URI));
    }

    /** Checks that the URI is valid for its match policy, and warns of "*" in it. */
    static void check(SectionValues values) {
        String text = values.find(URI);
        MatchPolicy match = values.find(MATCH);
        if (text == null || match == null) {
            return;
        }
        YamlNode node = values.node(URI);
        Uri uri = UriTemplate.example(new Uri(text));
        checkRules(UriRules.LOOSE, uri, match, node);
        if (UriRules.LOOSE.isPattern(uri, match)) {
            node.document().addRealmCheck(realm -> checkRules(realm.uris(), uri, match, node));
        }
        if (text.contains("*")) {
            node.warn("'*' in '" + text + "' is an ordinary character, not a pattern: " + suggestion(text));
        }
    }

    private static void checkRules(UriRules rules, Uri uri, MatchPolicy match, YamlNode node) {
        if (rules.isPattern(uri, match)) {
            return;
        }
        String expected = "a URI for 'match: " + match.name().toLowerCase(Locale.ROOT)
                + switch (rules) {
                    case LOOSE -> "' without spaces and '#'";
                    case STRICT -> "' of a-z, 0-9, '_' and '.', as 'uris: strict' asks";
                };
        boolean isWildcard = rules.isPattern(uri, MatchPolicy.WILDCARD);
        node.mismatch(
                expected,
                isWildcard ? "; an empty part needs 'match: prefix' at the end or 'match: wildcard' anywhere" : "");
    }

    private static String suggestion(String text) {
        String prefix = text.substring(0, text.indexOf('*'));
        boolean isPrefix = prefix.length() >= text.length() - 2
                && text.substring(prefix.length()).matches("\\*+");
        return isPrefix
                ? "for all URIs that begin with '" + prefix + "' write uri: \"" + prefix + "\" and match: prefix"
                : "for any part write an empty part, as in \"com..state\", and match: wildcard";
    }
}
