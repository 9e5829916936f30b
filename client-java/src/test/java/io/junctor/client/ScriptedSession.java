package io.junctor.client;

import io.junctor.client.internal.engine.ManualTimers;
import io.junctor.client.internal.engine.ScriptedRouter;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Registered;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.options.WelcomeDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A session with a scripted router and a clock that the test advances. For one thread. */
final class ScriptedSession implements AutoCloseable {
    static final long ID = 4711;

    final ScriptedRouter router;
    final ManualTimers timers = new ManualTimers();
    final Client client;
    private Session session;

    private ScriptedSession(Serializer serializer, UnaryOperator<Client.Builder> setUp) {
        router = new ScriptedRouter(serializer);
        client = with(setUp);
    }

    /** A client of the scripted router with these settings. */
    Client with(UnaryOperator<Client.Builder> setUp) {
        return setUp.apply(Client.builder("ws://scripted/")).over(router, () -> timers);
    }

    /** A client that has not joined. */
    static ScriptedSession unjoined() {
        return new ScriptedSession(Serializer.MSGPACK, client -> client);
    }

    static ScriptedSession open() {
        return open(Serializer.MSGPACK);
    }

    static ScriptedSession open(Serializer serializer) {
        return new ScriptedSession(serializer, client -> client).joined(Set.of(Feature.CALL_CANCELING));
    }

    static ScriptedSession open(UnaryOperator<Client.Builder> setUp) {
        return new ScriptedSession(Serializer.MSGPACK, setUp).joined(Set.of(Feature.CALL_CANCELING));
    }

    /** A session with a dealer that announces only these features. */
    static ScriptedSession openWithDealer(Set<Feature> features) {
        return new ScriptedSession(Serializer.MSGPACK, client -> client).joined(features);
    }

    /** A session with a router that announces payload passthru mode. */
    static ScriptedSession openWithPassthru(Serializer serializer, UnaryOperator<Client.Builder> setUp) {
        return new ScriptedSession(serializer, setUp)
                .joined(Set.of(Feature.CALL_CANCELING, Feature.PAYLOAD_PASSTHRU_MODE));
    }

    private ScriptedSession joined(Set<Feature> dealerFeatures) {
        CompletableFuture<Session> joining = client.joinAsync();
        router.expect(Hello.class);
        router.send(welcome(dealerFeatures));
        session = value(joining);
        return this;
    }

    static Welcome welcome(Set<Feature> dealerFeatures) {
        Roles roles = new Roles(Map.of(Role.BROKER, Set.of(), Role.DEALER, dealerFeatures));
        Identity identity = new Identity("ann", "anonymous", "anonymous", "static");
        return new Welcome(ID, new WelcomeDetails(roles, "realm1", identity, Dict.EMPTY, "scripted", Dict.EMPTY));
    }

    Session session() {
        return session;
    }

    AsyncSession async() {
        return session.async();
    }

    /** Subscribes; the router answers with this id. */
    Subscription subscribe(String topic, long id, EventHandler handler) {
        CompletableFuture<Subscription> subscribing = async().subscribe(topic, handler);
        Subscribe subscribe = router.expect(Subscribe.class);
        router.send(new Subscribed(subscribe.request(), id));
        return value(subscribing);
    }

    /** Registers; the router answers with this id. */
    Registration register(String procedure, long id, InvocationHandler handler) {
        CompletableFuture<Registration> registering = async().register(procedure, handler);
        Register register = router.expect(Register.class);
        router.send(new Registered(register.request(), id));
        return value(registering);
    }

    /** Calls; the router has read it, and its id is returned. */
    long call(CompletableFuture<?> call) {
        assert !call.isDone();
        return router.expect(Call.class).request();
    }

    static <T> T value(CompletableFuture<T> future) {
        try {
            return future.get(5, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError("expected a value", failed);
        }
    }

    /** Returns the exception with which a future failed. */
    static WampException failure(CompletableFuture<?> future) {
        try {
            throw new AssertionError("expected a failure, not " + future.get(5, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            return (WampException) failed.getCause();
        } catch (Exception other) {
            throw new AssertionError("expected a failure", other);
        }
    }

    /** Leaves the realm, and fails if a message of the client was not read. */
    @Override
    public void close() {
        router.assertNothingMore();
        if (session.isOpen()) {
            CompletableFuture<CloseReason> left = async().close();
            router.expect(Goodbye.class);
            router.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
            value(left);
        }
        session.close();
        router.assertNothingMore();
    }
}
