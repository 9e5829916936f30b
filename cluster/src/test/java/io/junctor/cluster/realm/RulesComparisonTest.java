package io.junctor.cluster.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.cluster.engine.Engine;
import io.junctor.cluster.engine.RouterId;
import io.junctor.cluster.memory.MemoryNetwork;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.spi.Action;
import io.junctor.router.turn.ManualTimers;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RulesComparisonTest {
    private final ManualTimers clock = new ManualTimers();
    private final MemoryNetwork network = new MemoryNetwork(clock, Thread::startVirtualThread);
    private final Engine here = network.open(new RouterId(1));
    private final Engine there = network.open(new RouterId(2));
    private final List<String> linesHere = new CopyOnWriteArrayList<>();
    private final List<String> linesThere = new CopyOnWriteArrayList<>();
    private final RulesComparison first = new RulesComparison(here, clock, "a", linesHere::add);
    private final RulesComparison second = new RulesComparison(there, clock, "b", linesThere::add);

    @AfterEach
    void closeEngines() {
        here.close();
        there.close();
    }

    @Test
    void bothRoutersNameBothAndTheDifferencesOnce() {
        RealmConfig plain = RealmConfig.open("realm1");
        RealmConfig other = plain.toBuilder()
                .uris(UriRules.STRICT)
                .role("anonymous", role("com.", Action.CALL))
                .role("guest", role("com.", Action.CALL))
                .build();
        first.put(RealmRules.of(plain));
        second.put(RealmRules.of(other));
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            // A router may not know yet that the other one listens.
            first.tellAll();
            second.tellAll();
            return !linesHere.isEmpty() && !linesThere.isEmpty();
        });
        for (int i = 0; i < 3; i++) {
            first.tellAll();
            second.tellAll();
        }
        // What is told of another realm comes after all that was told before.
        first.put(RealmRules.of(RealmConfig.open("realm2")));
        second.put(RealmRules.of(
                RealmConfig.open("realm2").toBuilder().uris(UriRules.STRICT).build()));
        await().atMost(Duration.ofSeconds(30)).until(() -> linesHere.size() > 1 && linesThere.size() > 1);

        assertThat(linesHere)
                .containsExactly(
                        "realm realm1: the routers 0000000000000002 (b) and 0000000000000001 (a, this one) have"
                                + " different rules: roles.anonymous, roles.guest, uris. Give both the same configuration"
                                + " of the realm",
                        "realm realm2: the routers 0000000000000002 (b) and 0000000000000001 (a, this one) have"
                                + " different rules: uris. Give both the same configuration of the realm");
        assertThat(linesThere)
                .hasSize(2)
                .allMatch(line -> line.contains("0000000000000001 (a) and 0000000000000002 (b,"));
    }

    @Test
    void theOrderAndThePlaceOfRulesMakeNoDifference() {
        Rule one = new Rule(new Uri("com.one"), MatchPolicy.EXACT, Set.of(Action.CALL, Action.PUBLISH), true);
        Rule two = new Rule(new Uri("com.two"), MatchPolicy.EXACT, Set.of(Action.CALL), false);
        Rule elsewhere = new Rule(one.uri(), one.match(), one.actions(), one.effect(), 17);
        RealmConfig realm = RealmConfig.open("realm1");
        assertThat(RealmRules.of(realm.toBuilder()
                                .role("anonymous", new RoleConfig(List.of(one, two)))
                                .build())
                        .differences(RealmRules.of(realm.toBuilder()
                                .role("anonymous", new RoleConfig(List.of(two, elsewhere)))
                                .build())))
                .isEmpty();
    }

    private static RoleConfig role(String prefix, Action action) {
        return new RoleConfig(List.of(new Rule(new Uri(prefix), MatchPolicy.PREFIX, Set.of(action), true)));
    }
}
