package io.junctor.server.yaml;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmTemplate;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.UriTemplate;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The types of settings whose values are names of realms or roles, or URIs. */
final class NameTypes {
    /** The name of a realm or of a template where it is defined. */
    static final ScalarType<String> REALM = ScalarType.matching(
            "a URI such as realm1 or com.example.shop: no spaces, no '#', no empty part, and braces only for one"
                    + " {name}",
            name -> UriRules.LOOSE.isUri(new Uri(name))
                    && (RealmTemplate.isPlain(name) || RealmTemplate.isPattern(name)));

    /** The name of a realm; the section that has the key checks that the realm exists. */
    static final ScalarType<String> REALM_NAME = ScalarType.text("the name of a realm", REALM.parser());

    /** The name of a role; the section that has the key checks that the role exists. */
    static final ScalarType<String> ROLE_NAME = ScalarType.nonBlank("the name of a role");

    /** The name of a role that the surrounding realm must have. */
    static final ValueType<String> ROLE = ROLE_NAME.onRead((node, role) -> node.requireKnown(
            role, node.realm().entriesOf("roles").keySet().stream(), "this realm has no such role; 'roles' has"));

    /** The name of a role of any realm. */
    static final ValueType<String> ROLE_OF_ANY = ROLE_NAME.onRead((node, role) -> node.diagnostics()
            .addConfigCheck(config -> node.requireKnown(
                    role,
                    config.all()
                            .flatMap(realm -> realm.roles().keySet().stream())
                            .sorted(),
                    "no realm has this role; there are")));

    /** The name of a realm of the file, or of a template. */
    static final ValueType<String> ANY_REALM =
            realm((config, name) -> config.all().anyMatch(realm -> realm.name().equals(name)));

    /** The name of a realm of the file that is not a template. */
    static final ValueType<String> PERMANENT_REALM = realm((config, name) ->
            config.realms().stream().anyMatch(realm -> realm.name().equals(name)));

    /** A procedure that the router calls; {@code realm} is the realm of this file in which the procedure is registered. */
    static final SectionType<SectionValues> PROCEDURE = SectionType.of("")
            .required("procedure", uri("the URI of a procedure"))
            .optional("realm", realm(RouterConfig::hasRealm))
            .derive("uri", values -> values.get("procedure"));

    private static final ScalarType<UriRules> RULES = ScalarType.oneOf(UriRules.class);

    private NameTypes() {}

    /** Returns the type of a realm's name that must be in the file; {@code exists} tests it. */
    static ValueType<String> realm(BiPredicate<RouterConfig, String> exists) {
        return REALM_NAME.onRead((node, realm) -> node.diagnostics().addConfigCheck(config -> {
            if (!exists.test(config, realm)) {
                List<String> names = config.all().map(RealmConfig::name).toList();
                node.unknownName(realm, names, "there is no such realm; 'realms' has");
            }
        }));
    }

    /** Returns the type of a URI that is not a pattern. */
    static ScalarType<Uri> uri(String expected) {
        return ScalarType.text(expected, text -> UriRules.LOOSE.isUri(new Uri(text)) ? new Uri(text) : null);
    }

    /** Returns the keys of a URI or pattern and its {@code match}; {@code problem} returns a further error in them, or null. */
    static SectionType<SectionValues> pattern(
            String key, String noun, BiFunction<Uri, MatchPolicy, @Nullable String> problem) {
        String expected = "a " + noun + " or pattern in quotes, such as \"com.example.\"";
        return SectionType.of("")
                .required(key, ScalarType.text(expected, Uri::new))
                .key("match", MatchPolicy.EXACT)
                .check(values -> {
                    if (values.areValid(key, "match")) {
                        YamlNode node = values.node(key);
                        Uri uri = values.get(key);
                        MatchPolicy match = values.get("match");
                        String text = problem.apply(uri, match);
                        if (text == null) {
                            check(UriTemplate.example(uri), match, node);
                        } else {
                            node.error(text);
                        }
                    }
                });
    }

    /** Checks that a URI is valid for its match policy under the rules of the realm. */
    private static void check(Uri uri, MatchPolicy match, YamlNode node) {
        YamlNode key = node.realm().entries().get("uris");
        boolean isStrict = UriRules.LOOSE.isPattern(uri, match) && key != null && RULES.read(key) == UriRules.STRICT;
        UriRules rules = isStrict ? UriRules.STRICT : UriRules.LOOSE;
        if (!rules.isPattern(uri, match)) {
            String allowed = isStrict ? "of a-z, 0-9, '_' and '.', as 'uris: strict' asks" : "without spaces and '#'";
            node.mismatch(
                    "a URI for 'match: " + match.wire() + "' " + allowed,
                    rules.isPattern(uri, MatchPolicy.WILDCARD)
                            ? "; an empty part needs 'match: prefix' at the end or 'match: wildcard' anywhere"
                            : "");
        }
    }
}
