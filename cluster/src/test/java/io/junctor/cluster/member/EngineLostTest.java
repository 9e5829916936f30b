package io.junctor.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.RealmSharing.EngineLost;
import io.junctor.router.config.RealmSharing.SubscribeAck;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Unregistered;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What realms do while their routers have lost what connects them. {@code suspend} is tested where exclusive requests are. */
class EngineLostTest {
    private static final Roles REVOCABLE =
            new Roles(Map.of(Role.CALLEE, Set.of(Feature.REGISTRATION_REVOCATION), Role.CALLER, Set.of()));

    private final Members members = new Members();
    private Members.Started first;
    private Members.Started second;

    @AfterEach
    void stopRouters() {
        members.close();
    }

    @Test
    void aRouterServesARealmAloneAndTheOlderRegistrationStays() {
        start(EngineLost.SERVE);
        Peer older = second.join();
        older.register("com.held");
        Peer leaving = first.join();
        leaving.register("com.left");
        Peer younger = join(first);
        Peer caller = first.join();
        call(caller, older, "com.held");

        lose();
        long lost = caller.call("com.held");
        caller.expectError(Call.CODE, lost, WampError.NO_SUCH_PROCEDURE);
        long registration = younger.register("com.held");
        call(caller, younger, "com.held");
        long firstOfBoth = younger.register("com.both");
        members.advance(Duration.ofSeconds(1));
        Peer late = join(second);
        long lastOfBoth = late.register("com.both");
        assertThat(lastOfBoth).isNotEqualTo(firstOfBoth);
        leaving.leave();

        find();
        members.advance(Duration.ofSeconds(2));
        expectRevocation(younger, registration);
        expectRevocation(late, lastOfBoth);
        Peer other = second.join();
        call(caller, older, "com.held");
        call(other, older, "com.held");
        call(caller, younger, "com.both");
        call(other, younger, "com.both");
        other.register("com.left");
        call(caller, other, "com.left");
    }

    @Test
    void sessionsEndAfterThirtySecondsWhereClientsHaveOtherRouters() {
        start(EngineLost.LEAVE);
        Peer client = first.join();
        lose();
        members.advance(Duration.ofSeconds(26));
        client.expectNothing();
        members.advance(Duration.ofSeconds(4));
        Goodbye goodbye = client.expect(Goodbye.class);
        assertThat(goodbye.reason()).isEqualTo(WampError.NETWORK_FAILURE.uri());
        assertThat(goodbye.details().message())
                .isEqualTo("the router has lost the other routers of its cluster: join another router, or try again"
                        + " later");
        Peer early = first.connect();
        early.sendList(Hello.CODE, Members.REALM, Map.of("roles", Map.of("caller", Map.of())));
        early.expectAbort(WampError.NETWORK_FAILURE);

        find();
        members.advance(Duration.ofSeconds(2));
        first.join().register("com.procedure");
    }

    @Test
    void noSessionEndsIfTheConnectionIsBackSooner() {
        start(EngineLost.LEAVE);
        Peer client = first.join();
        for (int i = 0; i < 2; i++) {
            lose();
            members.advance(Duration.ofSeconds(20));
            find();
        }
        members.advance(Duration.ofSeconds(30));
        client.expectNothing();
    }

    private void start(EngineLost policy) {
        RealmConfig realm = RealmConfig.open(Members.REALM).toBuilder()
                .sharing(new RealmSharing(true, SubscribeAck.CLUSTER, policy))
                .build();
        first = members.begin(1, members.network, realm);
        second = members.begin(2, members.network, realm);
        members.advanceUntil(
                () -> first.member().admitsSessions() && second.member().admitsSessions());
        members.advance(Duration.ofSeconds(1));
    }

    /** Cuts both routers off, and waits until they have noticed. */
    private void lose() {
        List.of(first, second).forEach(router -> members.network.cutOff(router.id()));
        members.advance(Duration.ofSeconds(2));
    }

    private void find() {
        List.of(first, second).forEach(router -> members.network.reconnect(router.id()));
        members.advanceUntil(
                () -> first.member().problem() == null && second.member().problem() == null);
    }

    private static Peer join(Members.Started router) {
        Peer peer = router.connect();
        peer.join(Members.REALM, REVOCABLE);
        return peer;
    }

    private static void expectRevocation(Peer callee, long registration) {
        Unregistered revoked = callee.expect(Unregistered.class);
        assertThat(revoked.revocation()).isNotNull();
        assertThat(revoked.revocation().id()).isEqualTo(registration);
    }

    private static void call(Peer caller, Peer callee, String procedure) {
        long request = caller.call(procedure);
        callee.answer(callee.expect(Invocation.class));
        caller.expectResult(request);
    }
}
