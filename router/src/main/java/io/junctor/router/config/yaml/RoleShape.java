package io.junctor.router.config.yaml;

import io.junctor.router.config.Action;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** One role of a realm. */
final class RoleShape {
    private static final Shape<RoleConfig> LOOSE = shape(UriRules.LOOSE);
    private static final Shape<RoleConfig> STRICT = shape(UriRules.STRICT);

    private RoleShape() {}

    /** A role of a realm whose URIs keep the rules. */
    static Shape<RoleConfig> under(UriRules rules) {
        return switch (rules) {
            case LOOSE -> LOOSE;
            case STRICT -> STRICT;
        };
    }

    private static Shape<RoleConfig> shape(UriRules rules) {
        Defaulted<List<Placed<Rule>>> allow = rules("allow", rules, true);
        Defaulted<List<Placed<Rule>>> deny = rules("deny", rules, false);
        Spare<AuthorizerConfig> authorizer = new Spare<>("authorizer", authorizer());
        return Shape.of("a map with the keys allow, deny and authorizer", List.of(allow, deny, authorizer), section -> {
            RoleConfig byRules = bind(section.get(allow), section.get(deny));
            AuthorizerConfig other = section.get(authorizer);
            return other == null ? byRules : byRules.with(other);
        });
    }

    private static Shape<AuthorizerConfig> authorizer() {
        Needed<String> procedure = new Needed<>(
                "procedure", new Text("the URI of a procedure", uri -> UriRules.LOOSE.isUri(new Uri(uri))));
        Spare<String> realm = new Spare<>("realm", new Text("the name of a realm", RealmShape::isName));
        Defaulted<Duration> cache =
                new Defaulted<>("cache", new Span(Duration.ZERO, Duration.ofHours(24)), AuthorizerConfig.DEFAULT_CACHE);
        return Shape.of(
                "a map such as { procedure: com.example.authorize }", List.of(procedure, realm, cache), section -> {
                    String uri = section.get(procedure);
                    String where = section.get(realm);
                    Duration time = section.get(cache);
                    return uri == null
                            ? null
                            : new AuthorizerConfig(new AuthorizerConfig.Procedure(new Uri(uri), where), time);
                });
    }

    private static Defaulted<List<Placed<Rule>>> rules(String key, UriRules rules, boolean allow) {
        String expected = "a list of rules such as [{ uri: com.example.add, actions: [call] }]";
        return new Defaulted<>(key, new ListOf<>(new Placing<>(RuleShape.of(rules, allow)), expected, 0), List.of());
    }

    private static RoleConfig bind(List<Placed<Rule>> allow, List<Placed<Rule>> deny) {
        Map<Subject, Placed<Rule>> ruled = new HashMap<>();
        Stream.concat(allow.stream(), deny.stream()).forEach(rule -> rejectIfRuled(rule, ruled));
        return new RoleConfig(
                Stream.concat(allow.stream(), deny.stream()).map(Placed::it).toList());
    }

    private static void rejectIfRuled(Placed<Rule> rule, Map<Subject, Placed<Rule>> ruled) {
        for (Action action : rule.it().actions()) {
            Subject subject = new Subject(rule.it().uri(), rule.it().match(), action);
            Placed<Rule> other = ruled.putIfAbsent(subject, rule);
            if (other != null) {
                rule.place().reject(conflict(rule.it(), other, action));
                return;
            }
        }
    }

    private static String conflict(Rule rule, Placed<Rule> other, Action action) {
        String subject = "'" + action.name().toLowerCase(Locale.ROOT) + "' of this URI with 'match: "
                + rule.match().wire() + "'";
        String verdict = other.it().allow() ? "allowed" : "denied";
        return subject + " is " + verdict + " already" + other.place().inLine();
    }

    private record Subject(Uri uri, MatchPolicy match, Action action) {}
}
