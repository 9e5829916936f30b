package io.junctor.client;

import static io.junctor.client.ScriptedSession.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.Transport;
import io.junctor.client.internal.engine.ManualTimers;
import io.junctor.client.internal.engine.ScriptedRouter;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** SES-16: each session has a transport of its own, here to a scripted router of its own. */
class MembershipTest {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final LinkedBlockingQueue<ScriptedRouter> routers = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Session> joined = new LinkedBlockingQueue<>();
    private final ManualTimers timers = new ManualTimers();
    private volatile boolean refusing;

    /** The membership uses the first clock; the clocks of the sessions stand still. */
    private Membership stayJoined(JoinHandler handler) {
        Connector connector = () -> {
            if (refusing) {
                routers.add(new ScriptedRouter(Serializer.MSGPACK));
                return CompletableFuture.failedFuture(
                        RequestException.of(WampError.NETWORK_FAILURE, "connection refused"));
            }
            ScriptedRouter router = new ScriptedRouter(Serializer.MSGPACK);
            routers.add(router);
            return CompletableFuture.<Transport>completedFuture(router);
        };
        LinkedBlockingQueue<ManualTimers> clocks = new LinkedBlockingQueue<>(Set.of(timers));
        return Client.builder("ws://scripted/")
                .requestTimeout(Duration.ofHours(1))
                .over(connector, () -> {
                    ManualTimers first = clocks.poll();
                    return first == null ? new ManualTimers() : first;
                })
                .stayJoined(handler);
    }

    private ScriptedRouter attempted() throws InterruptedException {
        ScriptedRouter router = routers.poll(5, TimeUnit.SECONDS);
        assertThat(router).as("an attempt within 5 s").isNotNull();
        return router;
    }

    private ScriptedRouter welcomed() throws InterruptedException {
        ScriptedRouter router = attempted();
        router.expect(Hello.class);
        router.send(ScriptedSession.welcome(Set.of()));
        return router;
    }

    /** Advances the clock by the longest pause until the client connects. */
    private void awaitPause() {
        await().until(() -> {
            timers.advance(LONGEST_PAUSE);
            return !routers.isEmpty();
        });
    }

    @Test
    void aLostSessionIsFollowedByAnotherThatSubscribesAgain() throws Exception {
        Membership membership = stayJoined(session -> {
            session.subscribe("a.b", event -> {});
            joined.add(session);
        });
        ScriptedRouter first = welcomed();
        first.send(new Subscribed(first.expect(Subscribe.class).request(), 20));
        Session lost = joined.poll(5, TimeUnit.SECONDS);
        await().until(() -> membership.session().isPresent());
        first.lose("connection reset");
        await().until(() -> membership.session().isEmpty());

        awaitPause();
        ScriptedRouter second = welcomed();
        Subscribe again = second.expect(Subscribe.class);
        assertThat(again.request()).isEqualTo(1);
        second.send(new Subscribed(again.request(), 21));
        assertThat(joined.poll(5, TimeUnit.SECONDS)).isNotSameAs(lost);
        await().until(() -> membership.session().isPresent());
        assertEnds(membership, second);
    }

    @Test
    void aRouterThatIsNotThereYetIsWaitedFor() throws Exception {
        refusing = true;
        Membership membership = stayJoined(joined::add);
        for (int i = 0; i < 5; i++) {
            attempted();
            awaitPause();
        }
        refusing = false;
        routers.clear();
        awaitPause();
        ScriptedRouter router = welcomed();
        await().until(() -> membership.session().isPresent());
        assertEnds(membership, router);
    }

    @Test
    void aRefusalThatStaysIsNotTriedAgain() throws Exception {
        Membership membership = stayJoined(joined::add);
        ScriptedRouter router = attempted();
        router.expect(Hello.class);
        router.send(new Abort(CloseDetails.message("no such realm"), WampError.NO_SUCH_REALM.uri(), Payload.NONE));
        assertThat(membership.awaitEnd()).contains("no such realm");
        await().until(timers::isClosed);
    }

    @Test
    void aSessionThatCannotBeSetUpIsClosedAndAnotherJoined() throws Exception {
        Membership membership = stayJoined(session -> {
            if (joined.isEmpty()) {
                joined.add(session);
                throw new IllegalStateException("not this time");
            }
        });
        ScriptedRouter first = welcomed();
        first.expect(Goodbye.class);
        first.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        awaitPause();
        ScriptedRouter second = welcomed();
        await().until(() -> membership.session().isPresent());
        assertEnds(membership, second);
    }

    @Test
    void closingTheSessionEndsIt() throws Exception {
        Membership membership = stayJoined(joined::add);
        ScriptedRouter router = welcomed();
        await().until(() -> membership.session().isPresent());
        CompletableFuture<Void> closing =
                CompletableFuture.runAsync(() -> joined.remove().close());
        router.expect(Goodbye.class);
        router.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        value(closing);
        assertThat(membership.awaitEnd()).isEqualTo("the session was closed");
    }

    @Test
    void publishingWaitsForTheNextSession() throws Exception {
        refusing = true;
        Membership membership = stayJoined(joined::add);
        attempted();
        assertThat(membership.session()).isEmpty();
        CompletableFuture<Void> publishing = CompletableFuture.runAsync(() -> membership.publish("a.b", 1));
        refusing = false;
        awaitPause();
        ScriptedRouter router = welcomed();
        assertThat(router.expect(Publish.class).topic().text()).isEqualTo("a.b");
        value(publishing);
        assertEnds(membership, router);
    }

    @Test
    void aCallThatWasSentIsNotRepeated() throws Exception {
        Membership membership = stayJoined(joined::add);
        ScriptedRouter router = welcomed();
        await().until(() -> membership.session().isPresent());
        CompletableFuture<Result> calling = CompletableFuture.supplyAsync(() -> membership.call("a.b"));
        router.expect(Call.class);
        router.lose("connection reset");
        assertThat(calling)
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(SessionClosedException.class)
                .satisfies(failed -> assertThat(((SessionClosedException) failed.getCause()).requestWasSent())
                        .isTrue());
        membership.close();
    }

    @Test
    void waitingForASessionEndsWithItsTimeoutOrWithTheMembership() throws Exception {
        refusing = true;
        Membership membership = stayJoined(joined::add);
        attempted();
        CompletableFuture<Session> late =
                CompletableFuture.supplyAsync(() -> membership.awaitSession(Duration.ofSeconds(5)));
        await().until(() -> {
            timers.advance(Duration.ofSeconds(1));
            return late.isDone();
        });
        assertThat(ScriptedSession.failure(late)).hasMessage("wamp.error.timeout: no session within 5000 ms");
        CompletableFuture<Session> waiting =
                CompletableFuture.supplyAsync(() -> membership.awaitSession(Duration.ofDays(1)));
        membership.close();
        assertThat(ScriptedSession.failure(waiting)).hasMessageContaining("the membership has ended: closed");
        assertThat(membership.awaitEnd()).isEqualTo("closed");
    }

    /** One thread closes each of many memberships while another thread asks for its session. */
    @Test
    void askingForTheSessionNeverFailsWhileTheMembershipEnds() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            Membership membership =
                    new Membership(CompletableFuture::new, joined::add, new ManualTimers(), Duration.ofHours(1));
            CountDownLatch asked = new CountDownLatch(1);
            AtomicBoolean closed = new AtomicBoolean();
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
                while (!closed.get() && membership.session().isEmpty()) {
                    asked.countDown();
                }
            });
            assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
            membership.close();
            closed.set(true);
            value(asking);
        }
    }

    private void assertEnds(Membership membership, ScriptedRouter router) {
        CompletableFuture<Void> closing = CompletableFuture.runAsync(membership::close);
        router.expect(Goodbye.class);
        router.send(new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri()));
        value(closing);
        assertThat(membership.awaitEnd()).isEqualTo("closed");
        assertThat(membership.session()).isEmpty();
        await().until(timers::isClosed);
        assertThat(routers).isEmpty();
    }
}
