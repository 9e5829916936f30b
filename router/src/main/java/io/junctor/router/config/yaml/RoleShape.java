package io.junctor.router.config.yaml;

import io.junctor.router.config.Action;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.Effect;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
        Defaulted<List<Placed<Rule>>> allow = rules("allow", RuleShape.allowing(rules));
        Defaulted<List<Placed<Rule>>> deny = rules("deny", RuleShape.denying(rules));
        Defaulted<List<Placed<Rule>>> ask = rules("ask", RuleShape.asking(rules));
        Spare<AuthorizerConfig> authorizer = new Spare<>("authorizer", authorizer());
        return Shape.of(
                "a map with the keys allow, deny, ask and authorizer",
                List.of(allow, deny, ask, authorizer),
                section -> {
                    AuthorizerConfig other = section.get(authorizer);
                    List<Rule> ruled = distinct(section.get(allow), section.get(deny), section.get(ask));
                    if (other == null && !section.get(ask).isEmpty()) {
                        section.get(ask).getFirst().place().reject("'ask' needs an 'authorizer' in the same role");
                        ruled.removeIf(rule -> rule.effect() instanceof Effect.Ask);
                    }
                    return new RoleConfig(ruled, other);
                });
    }

    private static Shape<AuthorizerConfig> authorizer() {
        Needed<String> procedure = new Needed<>(
                "procedure", new Text("the URI of a procedure", uri -> UriRules.LOOSE.isUri(new Uri(uri))));
        Defaulted<Duration> cache = new Defaulted<>(
                "cache", new Span(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE), AuthorizerConfig.DEFAULT_CACHE);
        return Shape.of(
                "a map such as { procedure: com.example.authorize }",
                List.of(procedure, RealmShape.OTHER, cache),
                section -> {
                    String uri = section.get(procedure);
                    String where = RealmShape.other(section);
                    Duration time = section.get(cache);
                    return uri == null
                            ? null
                            : new AuthorizerConfig(new AuthorizerConfig.Procedure(new Uri(uri), where), time);
                });
    }

    private static Defaulted<List<Placed<Rule>>> rules(String key, Shape<Rule> rule) {
        String expected = "a list of rules such as [{ uri: com.example.add, actions: [call] }]";
        return new Defaulted<>(key, new ListOf<>(new Placing<>(rule), expected, 0), List.of());
    }

    @SafeVarargs
    private static List<Rule> distinct(List<Placed<Rule>>... lists) {
        Map<Subject, Placed<Rule>> ruled = new HashMap<>();
        List<Rule> rules = new ArrayList<>();
        for (List<Placed<Rule>> list : lists) {
            list.forEach(rule -> rejectIfRuled(rule, ruled));
            list.stream().map(Placed::it).forEach(rules::add);
        }
        return rules;
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
        String verdict = switch (other.it().effect()) {
            case Effect.Allow allow -> "allowed";
            case Effect.Ask ask -> "left to the authorizer";
            case Effect.Deny deny -> "denied";
        };
        return subject + " is " + verdict + " already" + other.place().inLine();
    }

    private record Subject(Uri uri, MatchPolicy match, Action action) {}
}
