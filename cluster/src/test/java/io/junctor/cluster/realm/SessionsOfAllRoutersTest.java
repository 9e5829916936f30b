package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsOfAllRoutersTest {
    private final RouterGroup routers = RouterGroup.of(3, realm());

    @AfterEach
    void closeRouters() {
        routers.close();
    }

    @Test
    void sessionsAreCountedListedAndDescribedOnWhicheverRouterTheyAre() {
        Peer asking = routers.join(0);
        Peer second = routers.join(1);
        Peer third = routers.join(2);
        routers.join(2, "realm2", Peer.PLAIN);
        assertThat(call(asking, "count")).isEqualTo(Arguments.of(3L));
        assertThat((List<?>) call(asking, "list").positional().getFirst())
                .map(Object.class::cast)
                .containsExactlyInAnyOrder(asking.session(), second.session(), third.session());
        assertThat((Map<?, ?>) call(second, "get", third.session()).positional().getFirst())
                .extracting("session")
                .isEqualTo(third.session());
    }

    @Test
    void aSessionOfAnotherRouterIsKilledOnceAndItsLeavingIsToldEverywhere() {
        Peer killer = routers.join(0);
        Peer target = routers.join(1);
        Peer watcher = routers.join(2);
        long left = watcher.subscribe("wamp.session.on_leave");
        long killed = target.session();
        assertThat(call(killer, "kill", killed)).isEqualTo(Arguments.NONE);
        assertThat(target.expect(Goodbye.class).reason()).isEqualTo(WampError.KILLED.uri());
        assertThat(watcher.expectEvent(left)).startsWith(killed);
        target.answerGoodbye();
        long again = killer.call("wamp.session.kill", killed);
        killer.expectError(48, again, WampError.NO_SUCH_SESSION);
        // It would be told that the others leave.
        watcher.leave();
    }

    @Test
    void killingAllCountsTheSessionsOfAllRoutersButNotTheCaller() {
        Peer killer = routers.join(0);
        List<Peer> targets = List.of(routers.join(0), routers.join(1), routers.join(2));
        assertThat(call(killer, "kill_all")).isEqualTo(Arguments.of(3L));
        for (Peer target : targets) {
            target.expect(Goodbye.class);
            target.answerGoodbye();
        }
        assertThat(call(killer, "count")).isEqualTo(Arguments.of(1L));
    }

    @Test
    void anAnswerWithoutThatOfARouterSaysThatItIsIncomplete() {
        Peer asking = routers.join(0);
        routers.join(1);
        routers.join(2);
        routers.network().cutOff(routers.id(2));
        long request = asking.call("wamp.session.count");
        routers.settle();
        assertThat(asking.transport().receive(0)).isNull();
        routers.clock().advance(Duration.ofSeconds(2));
        assertThat(asking.arguments(asking.expectResult(request).payload()))
                .isEqualTo(new Arguments(List.of(2L), Map.of("incomplete", true)));
    }

    @Test
    void aSessionThatNoRouterHasIsAnErrorAlsoWhereARouterDoesNotAnswer() {
        Peer asking = routers.join(0);
        routers.network().cutOff(routers.id(0));
        long request = asking.call("wamp.session.get", 1L);
        assertThat(asking.expect(ErrorMessage.class).error()).isEqualTo(new Uri("wamp.error.no_such_session"));
        assertThat(request).isPositive();
    }

    /** A realm whose clients may kill each other. */
    private static RealmConfig realm() {
        Set<Action> all = Set.of(Action.values());
        Rule plain = new Rule(new Uri(""), MatchPolicy.PREFIX, all, true);
        Rule meta = new Rule(new Uri("wamp.session."), MatchPolicy.PREFIX, all, true);
        return RealmConfig.open(RouterGroup.REALM).toBuilder()
                .role("anonymous", new RoleConfig(List.of(plain, meta)))
                .build();
    }

    private static Arguments call(Peer peer, String procedure, Object... arguments) {
        long request = peer.call("wamp.session." + procedure, arguments);
        return peer.arguments(peer.expectResult(request).payload());
    }
}
