package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.options.InvokePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Options and details with the real router. */
@Timeout(60)
class OptionsTest {
    private final Pair pair = new Pair();

    @AfterEach
    void stop() {
        pair.close();
    }

    // PSX-BW-01, PSX-BW-05
    @Test
    void receiversAreChosenBySessionAuthidAndRole() throws Exception {
        pair.bob.subscribe("shop.price", event -> pair.got(event.argument(0, String.class)));
        List<PublishOptions> notForBob = List.of(
                PublishOptions.DEFAULT.exclude(pair.bob.id()),
                PublishOptions.DEFAULT.exclude(1, pair.bob.id()),
                PublishOptions.DEFAULT.excludeAuthid(pair.bob.authid()),
                PublishOptions.DEFAULT.excludeAuthrole("guest", "anonymous"),
                PublishOptions.DEFAULT.excludeAuthrole("anonymous"),
                PublishOptions.DEFAULT.eligible(pair.ann.id()),
                PublishOptions.DEFAULT.eligible(),
                PublishOptions.DEFAULT.eligibleAuthid("nobody"),
                PublishOptions.DEFAULT.eligibleAuthrole("guest"));
        notForBob.forEach(options -> pair.ann.publish("shop.price", Args.of("no"), options));
        List<PublishOptions> forBob = List.of(
                PublishOptions.DEFAULT.exclude(),
                PublishOptions.DEFAULT.eligible(pair.bob.id(), pair.ann.id()),
                PublishOptions.DEFAULT.eligible(pair.bob.id()),
                PublishOptions.DEFAULT.eligibleAuthid(pair.bob.authid()),
                PublishOptions.DEFAULT.eligibleAuthrole("anonymous"),
                PublishOptions.DEFAULT.excludeAuthid("nobody").eligibleAuthrole("anonymous"));
        forBob.forEach(options -> pair.ann.publish("shop.price", Args.of("yes"), options));
        for (int i = 0; i < forBob.size(); i++) {
            assertThat(pair.next()).isEqualTo("yes");
        }
    }

    @Test
    void invalidSessionIdsAreRefusedAtOnce() {
        assertThatThrownBy(() -> PublishOptions.DEFAULT.exclude(0)).hasMessageContaining("0 is not a session id");
    }

    // PSX-IDENT-01, PSX-PAT-04
    @Test
    void subscribersOfPatternsLearnTopicAndPublisher() throws Exception {
        pair.bob.subscribe("plant..door", SubscribeOptions.DEFAULT.wildcard(), pair::got);
        pair.bob.subscribe("plant.line1", SubscribeOptions.DEFAULT.prefix(), pair::got);
        pair.ann.publish("plant.line1.door", Args.of("open"), PublishOptions.DEFAULT.discloseMe());
        for (int i = 0; i < 2; i++) {
            Event event = (Event) pair.next();
            assertThat(event.topic()).isEqualTo("plant.line1.door");
            assertThat(event.publisher())
                    .contains(new PeerIdentity(pair.ann.id(), pair.ann.authid(), pair.ann.authrole()));
            assertThat(event.isRetained()).isFalse();
            assertThat(event.dropped()).isZero();
            assertThat(event.trustLevel()).isEmpty();
        }
    }

    // PSX-RET-02
    @Test
    void aRetainedEventReachesWhoSubscribesLater() throws Exception {
        pair.ann.publish(
                "plant.state",
                Args.of("running"),
                PublishOptions.DEFAULT.retained().acknowledged());
        pair.bob.subscribe("plant.state", SubscribeOptions.DEFAULT.withRetained(), pair::got);
        Event event = (Event) pair.next();
        assertThat(event.isRetained()).isTrue();
        assertThat(event.argument(0, String.class)).isEqualTo("running");
        assertThat(event.publisher()).isEmpty();
    }

    // RPC-PAT-05, RPC-IDENT-01, RPC-IDENT-03
    @Test
    void calleesOfPatternsLearnProcedureAndCaller() {
        pair.bob.register(
                "shop",
                RegisterOptions.DEFAULT.prefix(),
                call -> call.procedure() + " " + call.caller().isPresent());
        pair.bob.register(
                "mill..run",
                RegisterOptions.DEFAULT.wildcard().discloseCaller(),
                call -> call.caller().orElseThrow().session());
        assertThat(pair.ann.call("shop.price").as(String.class)).isEqualTo("shop.price false");
        assertThat(pair.ann
                        .call("shop.price", Args.NONE, CallOptions.DEFAULT.discloseMe())
                        .as(String.class))
                .isEqualTo("shop.price true");
        assertThat(pair.ann.call("mill.two.run").as(Long.class)).isEqualTo(pair.ann.id());
    }

    // RPC-SHARE-04
    @Test
    void sharedProceduresAreServedInTurn() {
        RegisterOptions inTurn = RegisterOptions.DEFAULT.shared(InvokePolicy.ROUND_ROBIN);
        pair.ann.register("shop.price", inTurn, call -> "ann");
        pair.bob.register("shop.price", inTurn, call -> "bob");
        assertThat(List.of(
                        pair.ann.call("shop.price").as(String.class),
                        pair.ann.call("shop.price").as(String.class),
                        pair.ann.call("shop.price").as(String.class)))
                .containsExactly("ann", "bob", "ann");
        assertThatThrownBy(() -> pair.bob.register("shop.price", call -> "again"))
                .hasMessageContaining("wamp.error.procedure_already_exists");
    }

    // EXT-01
    @Test
    void noMoreCallsRunThanAskedFor() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        pair.bob.register("shop.bake", RegisterOptions.DEFAULT.concurrency(2), call -> {
            pair.got(running.incrementAndGet());
            released.await();
            return running.decrementAndGet() < 2;
        });
        List<CompletableFuture<Result>> calls = IntStream.range(0, 5)
                .mapToObj(call -> pair.ann.async().call("shop.bake"))
                .toList();
        assertThat(List.of(pair.next(), pair.next())).containsExactlyInAnyOrder(1, 2);
        assertThat(pair.ann.call("wamp.session.count").as(Integer.class)).isEqualTo(2);
        assertThat(pair.gotNothingMore()).isTrue();
        released.countDown();
        calls.forEach(call ->
                assertThat(ScriptedSession.value(call).as(Boolean.class)).isTrue());
    }

    // EXT-02, REGREV-03
    @Test
    void aForcedRegistrationTakesTheProcedure() throws Exception {
        Registration old = pair.bob.register("shop.price", call -> "bob");
        old.onRevoked(pair::got);
        pair.ann.register("shop.price", RegisterOptions.DEFAULT.replacing(), call -> "ann");
        assertThat(pair.next()).isEqualTo("junctor.revoked.replaced");
        assertThat(pair.bob.call("shop.price").as(String.class)).isEqualTo("ann");
        old.close();
        assertThat(pair.bob.call("shop.price").as(String.class)).isEqualTo("ann");
    }

    // EXT-03
    @Test
    void theCalleeWithTheFewestCallsGetsTheNext() throws Exception {
        RegisterOptions balanced =
                RegisterOptions.DEFAULT.shared(InvokePolicy.ROUND_ROBIN).leastPending();
        CountDownLatch released = new CountDownLatch(1);
        pair.ann.register("shop.price", balanced, call -> {
            pair.got("ann");
            released.await();
            return "ann";
        });
        pair.bob.register("shop.price", balanced, call -> "bob");
        CompletableFuture<Result> held = pair.ann.async().call("shop.price");
        assertThat(pair.next()).isEqualTo("ann");
        for (int i = 0; i < 5; i++) {
            assertThat(pair.bob.call("shop.price").as(String.class)).isEqualTo("bob");
        }
        released.countDown();
        assertThat(ScriptedSession.value(held).as(String.class)).isEqualTo("ann");
    }

    // RPC-REROUTE-01
    @Test
    void aCalleeThatIsUnavailableHandsTheCallOn() {
        RegisterOptions first = RegisterOptions.DEFAULT.shared(InvokePolicy.FIRST);
        pair.ann.register("shop.price", first, call -> {
            throw new WampException("wamp.error.unavailable", "closed for lunch");
        });
        pair.bob.register("shop.price", first, call -> "bob");
        assertThat(pair.ann.call("shop.price").as(String.class)).isEqualTo("bob");
    }

    // RPC-TIMEOUT-02
    @Test
    void theTimeoutOfACallInterruptsItsHandler() throws Exception {
        pair.bob.register("shop.slow", call -> {
            assertThat(call.timeout()).isEmpty();
            return sleepUntilInterrupted();
        });
        assertThatThrownBy(
                        () -> pair.ann.call("shop.slow", Args.NONE, CallOptions.DEFAULT.timeout(Duration.ofMillis(50))))
                .hasMessageContaining("wamp.error.timeout");
        assertThat(pair.next()).isEqualTo("interrupted");
    }

    // RPC-TIMEOUT-03, RPC-TIMEOUT-06
    @Test
    void aCalleeMayKeepTheTimeItself() throws Exception {
        pair.bob.register("shop.slow", RegisterOptions.DEFAULT.forwardTimeout(), call -> {
            pair.got(call.timeout().orElseThrow());
            return sleepUntilInterrupted();
        });
        CompletableFuture<Result> calling =
                pair.ann.async().call("shop.slow", Args.NONE, CallOptions.DEFAULT.timeout(Duration.ofMillis(200)));
        assertThat(pair.next()).isEqualTo(Duration.ofMillis(200));
        assertThat(pair.next()).isEqualTo("interrupted");
        assertThat(ScriptedSession.failure(calling).uri()).isEqualTo("wamp.error.timeout");
    }

    private String sleepUntilInterrupted() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            return "never";
        } catch (InterruptedException interrupted) {
            pair.got("interrupted");
            throw interrupted;
        }
    }
}
