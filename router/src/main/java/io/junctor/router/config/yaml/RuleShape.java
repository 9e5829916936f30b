package io.junctor.router.config.yaml;

import io.junctor.router.config.Action;
import io.junctor.router.config.AuthorizerConfig;
import io.junctor.router.config.Disclose;
import io.junctor.router.config.Effect;
import io.junctor.router.config.Rule;
import io.junctor.router.config.UriTemplate;
import io.junctor.router.config.yaml.Key.Defaulted;
import io.junctor.router.config.yaml.Key.Needed;
import io.junctor.router.config.yaml.Key.Spare;
import io.junctor.router.config.yaml.Placing.Placed;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One rule of a role. */
final class RuleShape {
    private static final Needed<Placed<String>> URI = new Needed<>(
            "uri", new Placing<>(new Text("a URI or pattern in quotes, such as \"com.example.\"", t -> true)));
    private static final Defaulted<MatchPolicy> MATCH =
            new Defaulted<>("match", Word.of(MatchPolicy.class), MatchPolicy.EXACT);
    private static final Needed<List<Action>> ACTIONS = new Needed<>(
            "actions", new ListOf<>(Word.of(Action.class), "a list such as [call, register, publish, subscribe]", 1));

    private static final Defaulted<Disclose> DISCLOSE =
            new Defaulted<>("disclose", Word.of(Disclose.class), Disclose.ON_REQUEST);
    private static final Defaulted<Integer> TRUST = new Defaulted<>("trust", new WholeNumber(0, 1_000_000), 0);

    private static final Spare<Duration> CACHE =
            new Spare<>("cache", new Span(Duration.ZERO, AuthorizerConfig.LONGEST_CACHE));

    private RuleShape() {}

    /** A rule that allows, in a realm whose URIs keep the rules. */
    static Shape<Rule> allowing(UriRules rules) {
        return of(
                rules,
                List.of(DISCLOSE, TRUST),
                section -> new Effect.Allow(section.get(DISCLOSE), section.get(TRUST)));
    }

    /** A rule that denies. */
    static Shape<Rule> denying(UriRules rules) {
        return of(rules, List.of(), section -> Effect.Deny.DENY);
    }

    /** A rule that leaves it to the authorizer. */
    static Shape<Rule> asking(UriRules rules) {
        return of(rules, List.of(CACHE), section -> new Effect.Ask(section.get(CACHE)));
    }

    private static Shape<Rule> of(UriRules rules, List<Key<?>> more, Function<Section, Effect> effect) {
        return Shape.of(
                "a rule such as { uri: com.example.add, actions: [call] }",
                Stream.concat(Stream.of(URI, MATCH, ACTIONS), more.stream()).toList(),
                section -> bind(section, rules, effect.apply(section)));
    }

    private static @Nullable Rule bind(Section section, UriRules rules, Effect effect) {
        Placed<String> text = section.get(URI);
        MatchPolicy match = section.get(MATCH);
        List<Action> actions = section.get(ACTIONS);
        if (text == null || actions == null) {
            return null;
        }
        Uri uri = new Uri(text.it());
        String problem = UriTemplate.problem(uri, match);
        if (problem != null) {
            text.place().reject("'" + uri + "': " + problem);
            return null;
        }
        if (!rules.isPattern(UriTemplate.example(uri), match)) {
            text.place().rejectUnless(expected(rules, match), hint(uri, rules));
            return null;
        }
        return new Rule(uri, match, Set.copyOf(actions), effect, text.place().line());
    }

    static String expected(UriRules rules, MatchPolicy match) {
        return "a URI for 'match: " + match.name().toLowerCase(Locale.ROOT)
                + switch (rules) {
                    case LOOSE -> "' without spaces and '#'";
                    case STRICT -> "' of a-z, 0-9, '_' and '.', as 'uris: strict' asks";
                };
    }

    static String hint(Uri uri, UriRules rules) {
        return rules.isPattern(uri, MatchPolicy.WILDCARD)
                ? "; an empty part needs 'match: prefix' at the end or 'match: wildcard' anywhere"
                : "";
    }
}
