package io.junctor.server.yaml;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.UriTemplate;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;

/** URIs and patterns in the file. */
final class UriKeys {
    /** The keys {@code uri} and {@code match} of rules and history topics. */
    static final KeyTable KEYS = new KeyTable()
            .required("uri", ScalarType.text("a URI or pattern in quotes, such as \"com.example.\"", Uri::new))
            .oneOf("match", MatchPolicy.EXACT);

    /** A procedure that the router calls; {@code realm} is where it is registered, one of the realms of this file. */
    static final KeyTable PROCEDURE = new KeyTable()
            .required("procedure", uri("the URI of a procedure"))
            .optional("realm", RealmNames.realm(RouterConfig::hasRealm));

    private UriKeys() {}

    /** A URI that is no pattern. */
    static ScalarType<Uri> uri(String expected) {
        return ScalarType.text(expected, text -> UriRules.LOOSE.isUri(new Uri(text)) ? new Uri(text) : null);
    }

    /** Checks that a URI is valid for its match policy, and warns of "*" in it. */
    static void check(Uri uri, MatchPolicy match, YamlNode node) {
        Uri example = UriTemplate.example(uri);
        checkRules(UriRules.LOOSE, example, match, node);
        if (UriRules.LOOSE.isPattern(example, match)) {
            node.document().addRealmCheck(realm -> checkRules(realm.uris(), example, match, node));
        }
        if (uri.text().contains("*")) {
            node.warn("'*' in '" + uri + "' is an ordinary character, not a pattern: " + suggestion(uri.text()));
        }
    }

    private static void checkRules(UriRules rules, Uri uri, MatchPolicy match, YamlNode node) {
        if (rules.isPattern(uri, match)) {
            return;
        }
        String expected = "a URI for 'match: " + match.wire()
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
