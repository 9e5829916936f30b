package io.junctor.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.Router;
import io.junctor.router.config.ConfigDifference;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.router.metrics.Counter;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.options.PublishMessageOptions;
import io.junctor.wamp.options.SubscribeMessageOptions;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a new configuration does to the sessions of a running router. */
class PolicyReloadTest {
    private static final String ALL = "[{ uri: \"\", match: prefix, actions: [call, register, publish, subscribe] }]";

    private Router router = Router.open(config(realm("realm1", "guest", ALL)));

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void aSessionNoticesNothingWhereItsRightsStay() {
        try (Peer peer = join("realm1")) {
            long subscription = peer.subscribe("plant.state");
            peer.register("plant.start");

            ConfigDifference difference = reload(
                    realm("realm1", "guest", "[{ uri: plant., match: prefix, actions: [register, subscribe] }]"));

            assertThat(difference.changes()).containsExactly("realms.realm1.roles");
            assertThat(difference.restart()).isEmpty();
            peer.expectNothing();
            assertThat(subscription).isPositive();
        }
    }

    @Test
    void whatANewRuleDeniesIsRefusedFromThenOn() {
        try (Peer peer = join("realm1")) {
            peer.publish("plant.state");
            peer.publish("plant.state");

            reload(realm("realm1", "guest", "[{ uri: office., match: prefix, actions: [publish] }]"));

            long request = peer.nextRequest();
            peer.send(new Publish(request, PublishMessageOptions.ACKNOWLEDGE, new Uri("plant.state"), Payload.NONE));
            peer.expectError(Publish.CODE, request, WampError.NOT_AUTHORIZED);
            peer.publish("office.lamp");

            reload(realm("realm1", "guest", ALL));

            peer.publish("plant.state");
        }
    }

    @Test
    void aSessionThatHoldsWhatANewRuleDeniesGetsGoodbyeWithTheReason() {
        try (Peer subscriber = join("realm1");
                Peer callee = join("realm1");
                Peer other = join("realm1")) {
            subscriber.subscribe("plant.state");
            callee.register("plant.start");

            reload(realm("realm1", "guest", "[{ uri: plant., match: prefix, actions: [register, call] }]"));

            Goodbye goodbye = subscriber.expect(Goodbye.class);
            assertThat(goodbye.reason()).isEqualTo(WampError.NOT_AUTHORIZED.uri());
            assertThat(goodbye.details().message())
                    .isEqualTo("the configuration no longer allows the role 'guest' to subscribe to plant.state");
            subscriber.answerGoodbye();
            long call = other.call("plant.start");
            callee.answer(callee.expect(Invocation.class), "started");
            assertThat(other.arguments(other.expectResult(call).payload()).positional())
                    .containsExactly("started");
            subscriber.join("realm1");
            long request = subscriber.nextRequest();
            subscriber.send(new Subscribe(request, SubscribeMessageOptions.DEFAULT, new Uri("plant.state")));
            subscriber.expectError(Subscribe.CODE, request, WampError.NOT_AUTHORIZED);
        }
    }

    @Test
    void aSessionWhoseRoleIsGoneGetsGoodbye() {
        try (Peer peer = join("realm1")) {
            reload(realm("realm1", "visitor", ALL));

            Goodbye goodbye = peer.expect(Goodbye.class);
            assertThat(goodbye.reason()).isEqualTo(WampError.NO_SUCH_ROLE.uri());
            assertThat(goodbye.details().message()).isEqualTo("realm 'realm1' no longer has the role 'guest'");
            peer.answerGoodbye();
            assertThat(peer.join("realm1").details().identity().authrole()).isEqualTo("visitor");
        }
    }

    @Test
    void aUserWhoIsTakenOutOfTheFileGetsGoodbyeAndTheOthersStay() {
        RouterConfig both = users("ann: { ticket: a, role: guest }, bob: { ticket: b, role: guest }");
        router.reload(both);
        try (Peer ann = ticket("ann", "a");
                Peer bob = ticket("bob", "b")) {
            router.reload(users("ann: { ticket: changed, role: guest }"));

            Goodbye goodbye = bob.expect(Goodbye.class);
            assertThat(goodbye.reason()).isEqualTo(WampError.NOT_AUTHORIZED.uri());
            assertThat(goodbye.details().message())
                    .isEqualTo(
                            "the configuration no longer admits this client with the method 'ticket' and the role 'guest'");
            bob.answerGoodbye();
            ann.expectNothing();
        }
        try (Peer ann = new Peer(transport())) {
            ann.sendList(
                    1,
                    "realm1",
                    Map.of("roles", Map.of("caller", Map.of()), "authmethods", List.of("ticket"), "authid", "ann"));
            ann.expectList();
            ann.sendList(5, "changed", Map.of());
            ann.expectWelcome();
        }
    }

    @Test
    void aRealmIsAddedAndTheSessionsOfARemovedOneGetGoodbye() {
        try (Peer peer = join("realm1");
                Peer second = new Peer(transport())) {
            reload(realm("realm1", "guest", ALL) + realm("realm2", "guest", ALL));
            second.join("realm2");

            ConfigDifference difference = reload(realm("realm2", "guest", ALL));

            assertThat(difference.changes()).containsExactly("realms.realm1 (removed)");
            assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.NO_SUCH_REALM.uri());
            peer.answerGoodbye();
            peer.sendList(1, "realm1", Map.of("roles", Map.of("caller", Map.of())));
            peer.expectAbort(WampError.NO_SUCH_REALM);
            peer.expectClosed();
            second.expectNothing();
        }
    }

    @Test
    void realmsOfATemplateFollowItAndEndWithIt() {
        reload(realm("home.{name}", "guest", ALL) + realm("realm1", "guest", ALL));
        try (Peer peer = new Peer(transport())) {
            peer.join("home.a");
            reload(realm("home.{name}", "guest", "[{ uri: lamp., match: prefix, actions: [call] }]")
                    + realm("realm1", "guest", ALL));
            long request = peer.call("door.open");
            peer.expectError(Call.CODE, request, WampError.NOT_AUTHORIZED);

            reload(realm("realm1", "guest", ALL));

            assertThat(peer.expect(Goodbye.class).reason()).isEqualTo(WampError.NO_SUCH_REALM.uri());
            peer.answerGoodbye();
        }
        assertThat(router.counters().value(Counter.REALMS_ENDED)).isEqualTo(1);
    }

    @Test
    void limitsOfTheRouterHoldFromThenOn() {
        int open = router.transportContext().limit().open();
        ConfigDifference difference =
                router.reload(config("limits: { sessions: 7, kept_heap_percent: 1 }", realm("realm1", "guest", ALL)));

        assertThat(difference.changes()).containsExactly("limits");
        assertThat(difference.restart()).isEmpty();
        assertThat(router.transportContext().limit().most()).isEqualTo(7);
        for (int more = open; more < 7; more++) {
            assertThat(router.transportContext().limit().isFull()).isFalse();
            router.transportContext().limit().onOpened();
        }
        assertThat(router.transportContext().limit().isFull()).isTrue();

        reload(realm("realm1", "guest", ALL));
        assertThat(router.transportContext().limit().isFull()).isFalse();
    }

    @Test
    void aRouterThatIsShutDownTakesNoConfiguration() {
        router.shutDown();

        assertThatThrownBy(() -> reload(realm("realm1", "guest", ALL)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the router is shut down");
    }

    private Peer join(String realm) {
        Peer peer = new Peer(transport());
        peer.join(realm);
        return peer;
    }

    private Peer ticket(String authid, String ticket) {
        Peer peer = new Peer(transport());
        peer.sendList(
                1,
                "realm1",
                Map.of("roles", Map.of("caller", Map.of()), "authmethods", List.of("ticket"), "authid", authid));
        peer.expectList();
        peer.sendList(5, ticket, Map.of());
        peer.expectWelcome();
        return peer;
    }

    private MemoryTransport transport() {
        return MemoryTransport.open(router, Serializer.JSON, ListenerLimits.DEFAULT);
    }

    private ConfigDifference reload(String realms) {
        return router.reload(config(realms));
    }

    private static RouterConfig config(String realms) {
        return config("", realms);
    }

    private static RouterConfig config(String more, String realms) {
        return ConfigFile.parse("test", more + "\nrealms:\n" + realms, Map.of()).orThrow();
    }

    private static String realm(String name, String role, String allow) {
        return "  \"" + name + "\": { auth: { anonymous: { role: " + role + " } }, roles: { " + role + ": { allow: "
                + allow + " } } }\n";
    }

    private static RouterConfig users(String users) {
        return config("  realm1: { auth: { ticket: { users: { " + users + " } } }, roles: { guest: { allow: " + ALL
                + " } } }\n");
    }
}
