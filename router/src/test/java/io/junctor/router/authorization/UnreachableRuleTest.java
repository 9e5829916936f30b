package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreachableRuleTest {
    /** Rules: {@code +} allows, {@code -} denies; then the match, the action and the URI. The first one is asked about. */
    @ParameterizedTest(name = "[{0}]: {1}")
    @CsvSource(
            nullValues = "none",
            quoteCharacter = '"',
            value = {
                "+prefix call com., none",
                "-wildcard call ..secret | +prefix call com., none",
                "-wildcard call ..secret | +prefix subscribe com., nothing allows what it denies",
                "-prefix call com. | +exact call org.app, nothing allows what it denies",
                "-exact call com.{authid}.x | +wildcard call com.., none",
                "-prefix call com.{authid}. | +exact call com.app.x, none",
                "+wildcard call com.app | -exact call com.app, a stricter rule fits the same URIs",
                "+exact publish wamp.x, no client may publish or register URIs that begin with 'wamp.' or 'junctor.'",
                "+exact call wamp.session.kill, none",
                "+exact replace com.app | +exact register com.app, none",
                "+exact replace com.app | +exact register com.other, 'replace' needs 'register' for the same URIs as well",
            })
    void aRuleThatMakesNoDifferenceIsFound(String rules, String reason) {
        List<Rule> all = Stream.of(rules.split(" \\| ", -1))
                .map(UnreachableRuleTest::rule)
                .toList();
        assertThat(UnreachableRule.of(new RoleConfig(all)).stream()
                        .filter(idle -> idle.rule() == all.getFirst())
                        .map(UnreachableRule::reason))
                .isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    private static Rule rule(String text) {
        String[] words = text.split(" ", -1);
        return new Rule(
                new Uri(words[2]),
                MatchPolicy.ofWire(words[0].substring(1)),
                EnumSet.of(Action.valueOf(words[1].toUpperCase(Locale.ROOT))),
                text.startsWith("+"));
    }
}
