package io.junctor.router.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.ManualTimers;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void whatATestamentPublishesIsEncodedBeforeTheTurn() {
        Uri procedure = new Uri("wamp.session.add_testament");
        ArgumentsCodec codec = new ArgumentsCodec();
        Arguments published = new Arguments(List.of("x".repeat(1_000)), Map.of("by", 7L));
        Payload payload = codec.encode(new Arguments(
                List.of("topic", published.positional(), published.keywords()), Map.of("scope", "detached")));
        Rule rule = new Rule(procedure, MatchPolicy.EXACT, Set.of(Action.CALL), true);

        Verdict verdict = authorization(rule).check(new Call(1, CallMessageOptions.DEFAULT, procedure, payload));

        Arguments arguments = ((Verdict.Allowed) verdict).arguments();
        assertThat(arguments.positional()).hasSize(2).first().isEqualTo("topic");
        assertThat(codec.decode((Payload) arguments.positional().get(1))).isEqualTo(published);
        assertThat(arguments.keywords()).isEqualTo(Map.of("scope", "detached"));
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
