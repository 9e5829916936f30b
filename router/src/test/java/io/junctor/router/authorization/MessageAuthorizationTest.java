package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RoleConfig;
import io.junctor.router.config.Rule;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.ManualTimers;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageAuthorizationTest {
    private final Counters counters = new Counters();
    private final List<PermissionQuery> denied = new ArrayList<>();

    private MessageAuthorization authorization(Rule... rules) {
        SessionPermissions permissions =
                new SessionPermissions(RealmConfig.open("test"), new Permissions(new RoleConfig(List.of(rules))));
        CachedAuthorizerDecisions decisions = new CachedAuthorizerDecisions(new ManualTimers(), () -> 0);
        return new MessageAuthorization(permissions, decisions, new ArgumentsCodec(), counters, denied::add);
    }

    private static FromClient subscribe(String topic) {
        return new Subscribe(1, SubscribeMessageOptions.DEFAULT, new Uri(topic));
    }

    private static Rule allow(String topic) {
        return new Rule(new Uri(topic), MatchPolicy.EXACT, Set.of(Action.SUBSCRIBE), true);
    }

    @Test
    void aRequestThatARuleAllowsIsAllowed() {
        assertThat(authorization(allow("plant.line1")).check(subscribe("plant.line1")))
                .isInstanceOf(Verdict.Allowed.class);
        assertThat(denied).isEmpty();
    }

    @Test
    void aRequestWithoutARuleIsDeniedCountedAndReportedOnce() {
        MessageAuthorization authorization = authorization(allow("plant.line1"));

        assertThat(authorization.check(subscribe("plant.line2"))).isEqualTo(SessionPermissions.DENIED);
        assertThat(authorization.check(subscribe("plant.line2"))).isEqualTo(SessionPermissions.DENIED);
        assertThat(counters.value(Counter.REQUESTS_NOT_AUTHORIZED)).isEqualTo(2);
        assertThat(denied)
                .containsExactly(new PermissionQuery(Action.SUBSCRIBE, new Uri("plant.line2"), MatchPolicy.EXACT));
    }

    @Test
    void anInvalidUriIsRefusedBeforeTheRulesAreAsked() {
        Verdict verdict = authorization(allow("plant.line1")).check(subscribe("plant..line1"));

        assertThat(((Verdict.Refused) verdict).refusal().error()).isEqualTo(WampError.INVALID_URI);
        assertThat(((Verdict.Refused) verdict).isDenied()).isFalse();
        assertThat(counters.value(Counter.REQUESTS_WITH_INVALID_URI)).isEqualTo(1);
        assertThat(denied).isEmpty();
    }

    @Test
    void whatNeedsNoPermissionIsAllowed() {
        assertThat(authorization().check(new Unsubscribe(1, 2))).isEqualTo(Verdict.Allowed.PLAIN);
    }
}
