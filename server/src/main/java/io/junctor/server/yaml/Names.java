package io.junctor.server.yaml;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.UriTemplate;
import io.junctor.server.yaml.ValueType.NameRule;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Keys that name a realm, a role or a URI. */
final class Names {
    /** What the name of a realm or a template is like. */
    static final NameRule REALM = new NameRule(
            "a URI such as realm1 or com.example.shop: no spaces, no '#', no empty part, and braces only for one"
                    + " {name}",
            name -> UriRules.LOOSE.isUri(new Uri(name))
                    && (RealmTemplate.isPlain(name) || RealmTemplate.isPattern(name)));

    /** The name of a realm, which the owner of the key checks. */
    static final ScalarType<String> REALM_NAME = ScalarType.matching("the name of a realm", REALM.isValid());

    /** The name of a role, which the owner of the key checks. */
    static final ScalarType<String> ROLE_NAME = ScalarType.nonBlank("the name of a role");

    /** The name of a role that the surrounding realm must have. */
    static final ValueType<String> ROLE =
            ROLE_NAME.onRead((node, role) -> node.document().addRealmCheck(realm -> realm.checkRole(role, node)));

    /** The name of a role of any realm. */
    static final ValueType<String> ROLE_OF_ANY = ROLE_NAME.onRead(Names::checkRole);

    /** The name of a realm of the file, or of a template. */
    static final ValueType<String> ANY_REALM =
            realm((config, name) -> config.all().anyMatch(realm -> realm.name().equals(name)));

    /** The name of a realm of the file that always exists. */
    static final ValueType<String> PERMANENT_REALM = realm((config, name) ->
            config.realms().stream().anyMatch(realm -> realm.name().equals(name)));

    /** The keys {@code uri} and {@code match} of rules and history topics. */
    static final KeyTable PATTERN = new KeyTable()
            .required("uri", ScalarType.text("a URI or pattern in quotes, such as \"com.example.\"", Uri::new))
            .oneOf("match", MatchPolicy.EXACT);

    /** A procedure that the router calls; {@code realm} is where it is registered, one of the realms of this file. */
    static final KeyTable PROCEDURE = new KeyTable()
            .required("procedure", uri("the URI of a procedure"))
            .optional("realm", realm(RouterConfig::hasRealm));

    private Names() {}

    /** What the parts of a realm need to know about it: its URI rules and the names of its roles. */
    record Surroundings(UriRules uris, Set<String> roles) {
        private void checkRole(String role, YamlNode node) {
            if (!roles.contains(role)) {
                node.unknownName("this realm has no such role; 'roles' has", role, roles);
            }
        }
    }

    /** The name of a realm that must be in the file; {@code exists} tests it. */
    static ValueType<String> realm(BiPredicate<RouterConfig, String> exists) {
        return REALM_NAME.onRead((node, realm) -> node.document().addConfigCheck(config -> {
            if (!exists.test(config, realm)) {
                List<String> names = config.all().map(RealmConfig::name).toList();
                node.unknownName("there is no such realm; 'realms' has", realm, names);
            }
        }));
    }

    /** Reports a role that no realm has. */
    private static void checkRole(YamlNode node, String role) {
        node.document().addConfigCheck(config -> {
            List<String> names = config.all()
                    .flatMap(realm -> realm.roles().keySet().stream())
                    .distinct()
                    .sorted()
                    .toList();
            if (!names.contains(role)) {
                node.unknownName("no realm has this role; there are", role, names);
            }
        });
    }

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
        if (!rules.isPattern(uri, match)) {
            String allowed = rules == UriRules.LOOSE
                    ? "without spaces and '#'"
                    : "of a-z, 0-9, '_' and '.', as 'uris: strict' asks";
            node.mismatch(
                    "a URI for 'match: " + match.wire() + "' " + allowed,
                    rules.isPattern(uri, MatchPolicy.WILDCARD)
                            ? "; an empty part needs 'match: prefix' at the end or 'match: wildcard' anywhere"
                            : "");
        }
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
