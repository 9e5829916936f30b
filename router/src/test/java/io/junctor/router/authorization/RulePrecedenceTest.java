package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RulePrecedenceTest {
    private static Rule rule(String uri, MatchPolicy match, boolean allow) {
        return new Rule(new Uri(uri), match, Set.of(Action.CALL), allow);
    }

    private final Rule allowAll = rule("", MatchPolicy.PREFIX, true);
    private final Rule denyPrefix = rule("plant.", MatchPolicy.PREFIX, false);
    private final Rule allowOne = rule("plant.line1", MatchPolicy.EXACT, true);

    @Test
    void withoutRulesNoneDecides() {
        assertThat(RulePrecedence.decisive(List.of())).isNull();
    }

    @Test
    void aDenialBeatsAPermissionThatIsNotNarrower() {
        assertThat(RulePrecedence.decisive(List.of(allowAll, denyPrefix))).isEqualTo(denyPrefix);
        assertThat(RulePrecedence.decisive(List.of(denyPrefix, allowAll))).isEqualTo(denyPrefix);
        assertThat(RulePrecedence.isNarrower(denyPrefix, denyPrefix)).isFalse();
    }

    @Test
    void aNarrowerPermissionBeatsADenial() {
        assertThat(RulePrecedence.decisive(List.of(allowAll, denyPrefix, allowOne)))
                .isEqualTo(allowOne);
    }

    @Test
    void aDenialWinsWhereNeitherRuleIsNarrower() {
        Rule denyWildcard = rule(".line1", MatchPolicy.WILDCARD, false);
        Rule allowPrefix = rule("plant.", MatchPolicy.PREFIX, true);

        assertThat(RulePrecedence.decisive(List.of(allowPrefix, denyWildcard))).isEqualTo(denyWildcard);
    }
}
