package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.meta.IdsByMatchPolicy;
import io.junctor.client.meta.RegistrationDetails;
import io.junctor.client.meta.RegistrationMetaApi;
import io.junctor.client.meta.SessionDetails;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.client.meta.SubscriptionDetails;
import io.junctor.client.meta.SubscriptionMetaApi;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The meta APIs of the client with the real router. */
@Timeout(60)
class RealmTest {
    private final Pair pair = new Pair();

    @AfterEach
    void stop() {
        pair.close();
    }

    // SMETA-03, SMETA-04
    @Test
    void sessionsAreCountedListedAndShown() {
        SessionMetaApi sessions = new SessionMetaApi(pair.ann);
        assertThat(sessions.count()).isEqualTo(2);
        assertThat(sessions.count(List.of("guest"))).isZero();
        assertThat(sessions.list()).containsExactlyInAnyOrder(pair.ann.id(), pair.bob.id());
        assertThat(sessions.list(Set.of("anonymous", "guest"))).hasSize(2);
        SessionDetails bob = sessions.get(pair.bob.id());
        assertThat(bob.session()).isEqualTo(pair.bob.id());
        assertThat(bob.authid()).isEqualTo(pair.bob.authid());
        assertThat(bob.authrole()).isEqualTo("anonymous");
        assertThat(bob.authmethod()).isEqualTo("anonymous");
        assertThatThrownBy(() -> sessions.get(17)).hasMessageContaining("wamp.error.no_such_session");
    }

    // SMETA-02
    @Test
    void listenersGetJoinsAndLeaves() throws Exception {
        new SessionMetaApi(pair.ann).onJoin(pair::got);
        new SessionMetaApi(pair.ann).onLeave(pair::got);
        Session carl = Client.builder(pair.router.uri()).build().join();
        assertThat(((SessionDetails) pair.next()).session()).isEqualTo(carl.id());
        carl.close();
        assertThat(pair.next()).isEqualTo(new PeerIdentity(carl.id(), carl.authid(), carl.authrole()));
    }

    // SMETA-06
    @Test
    void aSessionIsEndedWithAReason() throws Exception {
        pair.bob.onLeave(pair::got);
        new SessionMetaApi(pair.ann).kill(pair.bob.id(), "shop.closed", "see you tomorrow");
        CloseReason leave = (CloseReason) pair.next();
        assertThat(leave.by()).isEqualTo(CloseReason.By.ROUTER);
        assertThat(leave.reason()).isEqualTo("shop.closed");
        assertThat(leave.message()).contains("see you tomorrow");
        assertThatThrownBy(() -> new SessionMetaApi(pair.ann).kill(pair.bob.id()))
                .hasMessageContaining("wamp.error.no_such_session");
    }

    // SMETA-08
    @Test
    void sessionsAreEndedByAuthidByRoleAndAll() {
        SessionMetaApi sessions = new SessionMetaApi(pair.ann);
        assertThat(sessions.killByAuthid("nobody", "shop.closed", "now")).isEmpty();
        assertThat(sessions.killByAuthid(pair.bob.authid(), "shop.closed", "now"))
                .containsExactly(pair.bob.id());
        try (Session carl = Client.builder(pair.router.uri()).build().join()) {
            assertThat(sessions.killByAuthrole("anonymous", "shop.closed", "now"))
                    .isEqualTo(1);
            assertThat(carl.awaitLeave().reason()).isEqualTo("shop.closed");
        }
        assertThat(sessions.killAll("shop.closed", "now")).isZero();
    }

    // SUBMETA-04 to SUBMETA-07
    @Test
    void subscriptionsAreFoundAndShown() {
        SubscriptionMetaApi subscriptions = new SubscriptionMetaApi(pair.ann);
        Subscription price = pair.bob.subscribe("shop.price", event -> {});
        Subscription any = pair.bob.subscribe("shop", SubscribeOptions.DEFAULT.prefix(), event -> {});
        assertThat(subscriptions.list())
                .isEqualTo(new IdsByMatchPolicy(List.of(price.id()), List.of(any.id()), List.of()));
        assertThat(subscriptions.lookup("shop", MatchPolicy.PREFIX)).hasValue(any.id());
        assertThat(subscriptions.lookup("shop", MatchPolicy.EXACT)).isEmpty();
        assertThat(subscriptions.match("shop.price")).containsExactlyInAnyOrder(price.id(), any.id());
        assertThat(subscriptions.match("mill.price")).isEmpty();
        SubscriptionDetails details = subscriptions.get(any.id());
        assertThat(details.topic()).isEqualTo("shop");
        assertThat(details.match()).isEqualTo(MatchPolicy.PREFIX);
        assertThat(details.created()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(subscriptions.subscribers(any.id())).containsExactly(pair.bob.id());
        assertThat(subscriptions.countSubscribers(any.id())).isEqualTo(1);
    }

    // SUBMETA-01, SUBMETA-02
    @Test
    void listenersGetNewAndEndedSubscriptions() throws Exception {
        SubscriptionMetaApi subscriptions = new SubscriptionMetaApi(pair.ann);
        subscriptions.onCreate((session, details) -> pair.got(session + " created " + details.topic()));
        subscriptions.onDelete((session, id) -> pair.got(session + " deleted " + id));
        Subscription price = pair.bob.subscribe("shop.price", event -> {});
        assertThat(pair.next()).isEqualTo(pair.bob.id() + " created shop.price");
        price.close();
        assertThat(pair.next()).isEqualTo(pair.bob.id() + " deleted " + price.id());
    }

    // SUBREV-04
    @Test
    void aRevokedSubscriptionTellsItsListener() throws Exception {
        Subscription price = pair.bob.subscribe("shop.price", pair::got);
        price.onRevoked(reason -> pair.got("revoked: " + reason));
        new SubscriptionMetaApi(pair.ann).removeSubscriber(price.id(), pair.bob.id(), "shop.closed");
        assertThat(pair.next()).isEqualTo("revoked: shop.closed");
        pair.ann.publish("shop.price", 1);
        price.close();
        assertThat(pair.gotNothingMore()).isTrue();
    }

    // REGMETA-03, REGMETA-04
    @Test
    void registrationsAreFoundAndShown() {
        RegistrationMetaApi registrations = new RegistrationMetaApi(pair.ann);
        RegisterOptions shared = RegisterOptions.DEFAULT.wildcard().shared(InvokePolicy.FIRST);
        Registration price = pair.bob.register("shop.price", call -> 1);
        Registration any = pair.bob.register("shop..list", shared, call -> 2);
        pair.ann.register("shop..list", shared, call -> 3);
        assertThat(registrations.list())
                .isEqualTo(new IdsByMatchPolicy(List.of(price.id()), List.of(), List.of(any.id())));
        assertThat(registrations.lookup("shop..list", MatchPolicy.WILDCARD)).hasValue(any.id());
        assertThat(registrations.lookup("shop.price", MatchPolicy.PREFIX)).isEmpty();
        assertThat(registrations.match("shop.order.list")).hasValue(any.id());
        assertThat(registrations.match("mill.order")).isEmpty();
        RegistrationDetails details = registrations.get(any.id());
        assertThat(details.procedure()).isEqualTo("shop..list");
        assertThat(details.match()).isEqualTo(MatchPolicy.WILDCARD);
        assertThat(details.invoke()).isEqualTo(InvokePolicy.FIRST);
        assertThat(details.created()).isAfter(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(registrations.callees(any.id())).containsExactly(pair.bob.id(), pair.ann.id());
        assertThat(registrations.countCallees(any.id())).isEqualTo(2);
        assertThatThrownBy(() -> registrations.get(17)).hasMessageContaining("wamp.error.no_such_registration");
    }

    // REGMETA-01
    @Test
    void listenersGetNewAndEndedRegistrations() throws Exception {
        RegistrationMetaApi registrations = new RegistrationMetaApi(pair.ann);
        registrations.onCreate((session, details) -> pair.got(session + " created " + details.procedure()));
        registrations.onDelete((session, id) -> pair.got(session + " deleted " + id));
        Registration price = pair.bob.register("shop.price", call -> 1);
        assertThat(pair.next()).isEqualTo(pair.bob.id() + " created shop.price");
        price.close();
        assertThat(pair.next()).isEqualTo(pair.bob.id() + " deleted " + price.id());
    }

    // REGREV-03
    @Test
    void aRevokedRegistrationTellsItsListener() throws Exception {
        Registration price = pair.bob.register("shop.price", call -> 1);
        price.onRevoked(reason -> pair.got("revoked: " + reason));
        new RegistrationMetaApi(pair.ann).removeCallee(price.id(), pair.bob.id(), "shop.closed");
        assertThat(pair.next()).isEqualTo("revoked: shop.closed");
        assertThatThrownBy(() -> pair.ann.call("shop.price")).hasMessageContaining("wamp.error.no_such_procedure");
    }

    // SES-16
    @Test
    void aSessionJoinedAgainHasItsOptionsAgain() throws Exception {
        RegisterOptions shared = RegisterOptions.DEFAULT.prefix().shared(InvokePolicy.ROUND_ROBIN);
        try (Membership membership = Client.builder(pair.router.uri()).build().stayJoined(session -> {
            session.subscribe("plant..door", SubscribeOptions.DEFAULT.wildcard(), event -> pair.got(event.topic()));
            session.register("shop", shared, Invocation::procedure);
            pair.got(session.id());
        })) {
            Object first = pair.next();
            new SessionMetaApi(pair.ann).kill((Long) first);
            assertThat(pair.next()).isNotEqualTo(first);
            pair.ann.publish("plant.line1.door");
            assertThat(pair.next()).isEqualTo("plant.line1.door");
            assertThat(pair.ann.call("shop.price").as(String.class)).isEqualTo("shop.price");
            assertThat(membership.session()).isPresent();
        }
    }

    // TST-01 to TST-04
    @Test
    void aTestamentIsPublishedWhenTheSessionEnds() throws Exception {
        pair.bob.subscribe("plant.state", event -> pair.got(event.argument(0, String.class)));
        pair.bob.subscribe("plant.other", event -> pair.got("other"));
        Session carl = Client.builder(pair.router.uri()).build().join();
        carl.testaments().add("plant.other", Args.NONE);
        carl.testaments().clear(Testaments.Scope.DESTROYED);
        carl.testaments().add("plant.state", Args.of("first").with("by", "carl"));
        carl.testaments().add("plant.state", Args.of("lost"), PublishOptions.DEFAULT.retained());
        carl.testaments().add("plant.state", Args.of("before"), PublishOptions.DEFAULT, Testaments.Scope.DETACHED);
        carl.close();
        assertThat(List.of(pair.next(), pair.next(), pair.next())).containsExactly("before", "first", "lost");
        pair.ann.subscribe("plant.state", SubscribeOptions.DEFAULT.withRetained(), pair::got);
        assertThat(((Event) pair.next()).isRetained()).isTrue();
        assertThat(pair.gotNothingMore()).isTrue();
    }
}
