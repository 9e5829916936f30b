package io.junctor.router.authorization;

import static io.junctor.wamp.value.MatchPolicy.EXACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.AuthorizerConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.auth.RuleEffect;
import io.junctor.router.match.Patterns;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows AUTHZ-03 (denied by default; a permission beats a denial only where it is narrower) and AUTHZ-04 (a pattern needs a permission for all of it). */
class PermissionsTest {
    @Test
    void roleWithoutRulesMayDoNothing() {
        Permissions permissions = new Permissions(new RoleConfig(List.of()));
        for (Action action : Action.values()) {
            for (MatchPolicy match : MatchPolicy.values()) {
                assertThat(permissions.allows(action, new Uri("com.app"), match))
                        .isFalse();
            }
        }
    }

    @Test
    void roleOfEverythingMayDoEverythingButTakeFromOthers() {
        Permissions permissions = new Permissions(RoleConfig.everything());
        for (Action action : Action.values()) {
            for (MatchPolicy match : MatchPolicy.values()) {
                assertThat(permissions.allows(action, new Uri("com..app"), match))
                        .isEqualTo(action != Action.REPLACE);
            }
        }
    }

    @Test
    void proceduresThatChangeOthersNeedARuleOfTheirOwn() {
        Permissions everything = new Permissions(RoleConfig.everything());
        Permissions meta = new Permissions(
                new RoleConfig(List.of(new Rule(new Uri("wamp."), MatchPolicy.PREFIX, EnumSet.of(Action.CALL), true))));
        for (String procedure : List.of("wamp.session.kill", "wamp.session.kill_all")) {
            assertThat(everything.allows(Action.CALL, new Uri(procedure), EXACT))
                    .isFalse();
            assertThat(meta.allows(Action.CALL, new Uri(procedure), EXACT)).isTrue();
        }
        assertThat(everything.allows(Action.CALL, new Uri("wamp.session.count"), EXACT))
                .isTrue();
    }

    @Test
    void ruleIsAboutItsActionsOnly() {
        Rule rule = new Rule(new Uri("com.app"), EXACT, EnumSet.of(Action.CALL, Action.SUBSCRIBE), true);
        Permissions permissions = new Permissions(new RoleConfig(List.of(rule)));

        assertThat(permissions.allows(Action.CALL, rule.uri(), EXACT)).isTrue();
        assertThat(permissions.allows(Action.SUBSCRIBE, rule.uri(), EXACT)).isTrue();
        assertThat(permissions.allows(Action.REGISTER, rule.uri(), EXACT)).isFalse();
        assertThat(permissions.allows(Action.PUBLISH, rule.uri(), EXACT)).isFalse();
    }

    /** Rules: {@code +} allows, {@code -} denies; then the match and the pattern. */
    @ParameterizedTest(name = "[{0}] on {1}: {2}")
    @CsvSource({
        "+exact com.app, com.app, true",
        "+exact com.app, com.app.x, false",
        "+exact com.app, com.ap, false",
        "+prefix com.app, com.app, true",
        "+prefix com.app, com.application.x, true",
        "+prefix com.app., com.app, false",
        "+prefix com.app., com.app.x, true",
        "+wildcard com..x, com.app.x, true",
        "+wildcard com..x, com.x, false",
        "+wildcard com..x, com.app.y, false",
        "+wildcard com..x, com.app.x.y, false",
        "+wildcard .., a.b.c, true",
        "+wildcard .., a.b, false",
        "+wildcard com.app, com.app, true",
    })
    void ruleCoversTheUrisItMatches(String rules, String uri, boolean allowed) {
        assertThat(permissions(rules).allows(Action.CALL, new Uri(uri), EXACT)).isEqualTo(allowed);
    }

    @ParameterizedTest(name = "[{0}] on {1}: {2}")
    @CsvSource({
        "-exact com.app.x | +prefix com., com.app.x, false",
        "+exact com.app.x | -prefix com., com.app.x, true",
        "+exact com.app.x | -prefix com., com.app.y, false",
        "+exact com.app.x | -wildcard com..x, com.app.x, true",
        "-prefix com.app. | +prefix com., com.app.x, false",
        "-prefix com.app. | +prefix com., com.other.x, true",
        "+prefix com.app. | -prefix com., com.app.x, true",
        "-prefix com | +prefix com.application, com.application.x, true",
        "+prefix com. | -wildcard com..x, com.app.x, false",
        "-prefix com. | +wildcard com..x, com.app.x, true",
        "+wildcard com.app. | -wildcard com..x, com.app.x, false",
        "-wildcard com.app. | +wildcard com..x, com.app.x, false",
        "-wildcard com.app. | +wildcard com..x, com.other.x, true",
        "+wildcard com..x | -wildcard .app.x, com.app.x, false",
        "+prefix '' | -wildcard ..secret, com.app.secret, false",
        "+prefix '' | -wildcard ..secret, com.app.open, true",
        "+prefix com.app. | -wildcard ..secret, com.app.secret, false",
        "+exact com.app.secret | -wildcard ..secret, com.app.secret, true",
        "+wildcard com..secret | -wildcard ..secret, com.app.secret, true",
        "+wildcard com.app | -exact com.app, com.app, false",
        "-wildcard com..x | +wildcard .., com.app.x, false",
    })
    void aPermissionBeatsADenialOnlyWhereItIsNarrower(String rules, String uri, boolean allowed) {
        assertThat(permissions(rules).allows(Action.CALL, new Uri(uri), EXACT)).isEqualTo(allowed);
        assertThat(permissions(reversed(rules)).allows(Action.CALL, new Uri(uri), EXACT))
                .as("in the other order")
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "+exact com.app | -exact com.app",
        "+prefix com. | -prefix com.",
        "+wildcard com. | -wildcard com.",
    })
    void ofEqualRulesTheDenialWins(String rules) {
        assertThat(permissions(rules).allows(Action.CALL, new Uri("com.app"), EXACT))
                .isFalse();
        assertThat(permissions(reversed(rules)).allows(Action.CALL, new Uri("com.app"), EXACT))
                .isFalse();
    }

    @ParameterizedTest(name = "[{0}] on {1} {2}: {3}")
    @CsvSource({
        "+prefix com., prefix, com., true",
        "+prefix com., prefix, com.app., true",
        "+prefix com., prefix, com, false",
        "+prefix com., prefix, '', false",
        "+prefix com., wildcard, com..x, true",
        "+prefix com.app, wildcard, com.app., true",
        "+prefix com.app, wildcard, com..x, false",
        "+prefix com., wildcard, .app, false",
        "+prefix com., wildcard, ..x, false",
        "+exact com.app, prefix, com.app, false",
        "+exact com.app, wildcard, com.app, true",
        "+wildcard com..x, wildcard, com..x, true",
        "+wildcard com.., wildcard, com..x, true",
        "+wildcard com..x, wildcard, com.., false",
        "+wildcard com..x, wildcard, com.., false",
        "+wildcard com.., wildcard, com., false",
        "+wildcard com., prefix, com., false",
    })
    void patternNeedsARuleThatCoversAllOfIt(String rules, String match, String pattern, boolean allowed) {
        assertThat(permissions(rules).allows(Action.CALL, new Uri(pattern), MatchPolicy.ofWire(match)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "[{0}] on {1} {2}: {3}")
    @CsvSource({
        "+prefix com. | -exact com.app.x, prefix, com., false",
        "+prefix com. | -exact com.app.x, prefix, com.app., false",
        "+prefix com. | -exact com.app.x, prefix, com.other., true",
        "+prefix com. | -exact com.app.x, wildcard, com..x, false",
        "+prefix com. | -exact com.app.x, wildcard, com..y, true",
        "+prefix com. | -prefix com.app., prefix, com., false",
        "+prefix com. | -prefix com.app., prefix, com.app.x, false",
        "+prefix com. | -prefix com.app., prefix, com.apple, true",
        "+prefix com. | -prefix com.app., wildcard, com..x, false",
        "+prefix com. | -prefix com.app., wildcard, com.other., true",
        "+wildcard com.. | -wildcard com.app., wildcard, com.., false",
        "+wildcard com.. | -wildcard com.app., wildcard, com..x, false",
        "+wildcard com.. | -wildcard com.app., wildcard, com.other., true",
        "+prefix com. | -wildcard com..x, wildcard, com.., false",
        "+prefix com. | -wildcard com..x, prefix, com.app., false",
        "+prefix com. | -wildcard com..x, wildcard, com..y, true",
        "+prefix com. | -prefix '', prefix, com., true",
        "+wildcard com.. | -wildcard ..x, wildcard, com..y, true",
        "+wildcard com..x | -wildcard ..x, wildcard, com..x, true",
    })
    void patternIsRefusedWhereARuleDeniesAPart(String rules, String match, String pattern, boolean allowed) {
        assertThat(permissions(rules).allows(Action.CALL, new Uri(pattern), MatchPolicy.ofWire(match)))
                .isEqualTo(allowed);
    }

    /** Whether it is allowed (+), denied (-) or left to the authorizer, which then remembers for so many seconds (?3), or as it does. */
    @ParameterizedTest(name = "[{0}] on {1} {2}: {3}")
    @CsvSource({
        "+prefix com. | ?prefix com.app., exact, com.app.x, ?",
        "+prefix com. | ?3prefix com.app., exact, com.app.x, ?3",
        "?prefix com. | +prefix com.app., exact, com.app.x, +",
        "?prefix com. | -prefix com.app., exact, com.app.x, -",
        "+exact com.app | ?exact com.app, exact, com.app, ?",
        "-exact com.app | ?exact com.app, exact, com.app, -",
        "+prefix com. | ?3exact com.app.x, prefix, com., ?3",
        "+prefix com. | ?3exact com.app.x, prefix, com.other., +",
        "?3prefix com. | ?exact com.app.x, prefix, com., ?3",
        "?3prefix com. | ?2exact com.app.x, prefix, com., ?2",
        "?2prefix com. | ?3exact com.app.x, prefix, com., ?2",
        "?prefix com. | -exact com.app.x, prefix, com., -",
        "-prefix com. | ?prefix com.app., prefix, com., -",
        "-prefix com. | ?prefix com.app., prefix, com.app., ?",
        "+prefix com. | +prefix com.app., exact, other, ?",
        "+prefix com. | ?prefix com.app., exact, wamp.session.kill, -",
        "+prefix com. | ?prefix wamp., exact, wamp.session.kill, ?",
    })
    void aRuleMayLeaveItToTheAuthorizer(String rules, String match, String uri, String effect) {
        for (String either : List.of(rules, reversed(rules))) {
            RoleConfig role = new RoleConfig(
                    Stream.of(either.split(" \\| ", -1))
                            .map(PermissionsTest::rule)
                            .toList(),
                    AuthorizerConfig.procedure("com.example.authorize"));
            assertThat(new Permissions(role).effect(Action.CALL, new Uri(uri), MatchPolicy.ofWire(match)))
                    .isEqualTo(effect(effect));
        }
    }

    /** The rule of precedence in its own words, over every URI of up to three parts out of three words. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20261128, 424242})
    void effectIsThatOfTheStrictestRuleThatNoNarrowerOneBeats(long seed) {
        System.out.println("PermissionsTest seed " + seed);
        Random random = new Random(seed);
        List<String> uris = uris();
        for (int round = 0; round < 500; round++) {
            List<Rule> rules = IntStream.rangeClosed(0, random.nextInt(6))
                    .mapToObj(i -> randomRule(random))
                    .toList();
            Permissions permissions =
                    new Permissions(new RoleConfig(rules, AuthorizerConfig.procedure("com.example.authorize")));
            for (String uri : uris) {
                List<Rule> fitting =
                        rules.stream().filter(rule -> fits(rule, uri)).toList();
                int laxity = fitting.stream()
                        .filter(rule -> fitting.stream().noneMatch(other -> beats(other, rule, uris)))
                        .mapToInt(rule -> rule.effect().laxity())
                        .min()
                        .orElse(RuleEffect.Ask.PLAIN.laxity());
                assertThat(permissions.effect(Action.CALL, new Uri(uri), EXACT).laxity())
                        .as("%s on %s", rules, uri)
                        .isEqualTo(laxity);
            }
        }
    }

    /** A pattern is never allowed where a URI that it matches is not. */
    @ParameterizedTest
    @ValueSource(longs = {1, 20261128, 424242})
    void patternIsAllowedOnlyIfAllThatItMatchesIs(long seed) {
        Random random = new Random(seed);
        List<String> uris = uris();
        for (int round = 0; round < 5_000; round++) {
            List<Rule> rules = IntStream.rangeClosed(0, random.nextInt(6))
                    .mapToObj(i -> randomRule(random))
                    .toList();
            Permissions permissions =
                    new Permissions(new RoleConfig(rules, AuthorizerConfig.procedure("com.example.authorize")));
            Rule pattern = randomRule(random);
            int laxity = permissions
                    .effect(Action.CALL, pattern.uri(), pattern.match())
                    .laxity();
            uris.stream()
                    .filter(uri -> fits(pattern, uri))
                    .forEach(uri -> assertThat(permissions
                                    .effect(Action.CALL, new Uri(uri), EXACT)
                                    .laxity())
                            .as("%s: %s of %s", rules, uri, pattern)
                            .isGreaterThanOrEqualTo(laxity));
        }
    }

    @Test
    void anExplanationNamesTheRuleThatDecidesAndWhyOthersDoNot() {
        Rule all = rule("+prefix com.");
        Rule secret = rule("-wildcard com..secret");
        Rule own = rule("+exact com.own.secret");
        Permissions permissions = new Permissions(new RoleConfig(List.of(all, secret, own)));

        assertThat(permissions.explain(Action.CALL, new Uri("com.app.secret"), EXACT))
                .isEqualTo(new RuleExplanation(
                        RuleEffect.Deny.DENY,
                        secret,
                        List.of(new RuleExplanation.OverruledRule(all, RuleExplanation.Reason.STRICTER, secret)),
                        false));
        assertThat(permissions.explain(Action.CALL, new Uri("com.own.secret"), EXACT))
                .isEqualTo(new RuleExplanation(
                        RuleEffect.Allow.PLAIN,
                        own,
                        List.of(
                                new RuleExplanation.OverruledRule(secret, RuleExplanation.Reason.NARROWER, own),
                                new RuleExplanation.OverruledRule(all, RuleExplanation.Reason.MORE_SPECIFIC, own)),
                        false));
        assertThat(permissions
                        .explain(Action.SUBSCRIBE, new Uri("com.app."), MatchPolicy.PREFIX)
                        .decisive())
                .isEqualTo(secret);
        assertThat(permissions.explain(Action.CALL, new Uri("org.app"), EXACT).decisive())
                .isNull();
    }

    private static List<String> uris() {
        List<String> words = List.of("a", "b", "ab");
        Stream<String> two = words.stream().flatMap(one -> words.stream().map(other -> one + "." + other));
        Stream<String> three = words.stream()
                .flatMap(one ->
                        words.stream().flatMap(other -> words.stream().map(last -> one + "." + other + "." + last)));
        return Stream.of(words.stream(), two, three).flatMap(each -> each).toList();
    }

    private static Rule randomRule(Random random) {
        MatchPolicy match = MatchPolicy.values()[random.nextInt(3)];
        List<String> words = match == MatchPolicy.WILDCARD ? List.of("a", "b", "ab", "", "") : List.of("a", "b", "ab");
        String text = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> words.get(random.nextInt(words.size())))
                .collect(Collectors.joining("."));
        String end = match == MatchPolicy.PREFIX && random.nextBoolean() ? "." : "";
        RuleEffect effect = List.of(RuleEffect.Deny.DENY, RuleEffect.Ask.PLAIN, RuleEffect.Allow.PLAIN)
                .get(random.nextInt(3));
        return new Rule(new Uri(text + end), match, EnumSet.of(Action.CALL), effect);
    }

    private static boolean fits(Rule rule, String uri) {
        return Patterns.matches(rule.uri(), rule.match(), new Uri(uri));
    }

    /** As the sets of URIs that they fit say it; prefixes also fit URIs with more characters or parts. */
    private static boolean beats(Rule other, Rule rule, List<String> uris) {
        if (other.effect().laxity() <= rule.effect().laxity()) {
            return false;
        }
        List<String> more = uris.stream()
                .flatMap(uri -> Stream.of(uri, uri + "x", uri + ".x", uri + ".x.x"))
                .toList();
        return more.stream().allMatch(uri -> !fits(other, uri) || fits(rule, uri))
                && more.stream().anyMatch(uri -> fits(rule, uri) && !fits(other, uri));
    }

    private static String reversed(String rules) {
        String[] both = rules.split(" \\| ", -1);
        return both[1] + " | " + both[0];
    }

    private static Permissions permissions(String rules) {
        return new Permissions(new RoleConfig(
                Stream.of(rules.split(" \\| ", -1)).map(PermissionsTest::rule).toList()));
    }

    private static Rule rule(String text) {
        String[] words = text.split(" ", -1);
        String match = words[0].replaceFirst("^[^a-z]+", "");
        String effect = words[0].substring(0, words[0].length() - match.length());
        return new Rule(
                new Uri(words[1].replace("''", "")),
                MatchPolicy.ofWire(match),
                EnumSet.allOf(Action.class),
                effect(effect));
    }

    private static RuleEffect effect(String text) {
        return switch (text) {
            case "+" -> RuleEffect.Allow.PLAIN;
            case "-" -> RuleEffect.Deny.DENY;
            case "?" -> RuleEffect.Ask.PLAIN;
            default -> new RuleEffect.Ask(Duration.ofSeconds(Long.parseLong(text.substring(1))));
        };
    }
}
