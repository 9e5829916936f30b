package io.junctor.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.client.encryption.AesGcmCodec;
import io.junctor.client.meta.RegistrationMetaApi;
import io.junctor.client.meta.SessionMetaApi;
import io.junctor.client.meta.SubscriptionMetaApi;
import io.junctor.wamp.options.InvokePolicy;
import io.junctor.wamp.value.MatchPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Java code of docs/advanced.md, compiled and run. */
@Timeout(60)
class AdvancedGuideTest {
    private final LiveRouter router = LiveRouter.keeping();
    private Session session;

    @BeforeEach
    void join() {
        session = Client.builder(router.uri()).build().join();
    }

    @AfterEach
    void stop() {
        session.close();
        router.close();
    }

    @Test
    void everyBlockOfTheGuideStandsHere() throws IOException {
        ClientGuideTest.assertBlocksStandIn("docs/advanced.md", AdvancedGuideTest.class);
    }

    @Test
    void patternsAndSharing() {
        session.subscribe(
                "plant..door", SubscribeOptions.DEFAULT.wildcard(), event -> System.out.println(event.topic()));
        session.register("shop.order", RegisterOptions.DEFAULT.prefix(), invocation -> invocation.procedure());

        assertThat(session.call("shop.order.list").as(String.class)).isEqualTo("shop.order.list");

        session.register("shop.price", RegisterOptions.DEFAULT.shared(InvokePolicy.ROUND_ROBIN), invocation -> {
            throw new WampException("wamp.error.unavailable", "closed for lunch");
        });

        assertThatThrownBy(() -> session.call("shop.price")).hasMessageContaining("wamp.error.no_available_callee");
    }

    @Test
    void busyAndReplacedCallees() {
        session.register(
                "shop.report",
                RegisterOptions.DEFAULT
                        .shared(InvokePolicy.ROUND_ROBIN)
                        .concurrency(4)
                        .leastPending(),
                invocation -> 1);

        assertThat(session.call("shop.report").as(Integer.class)).isEqualTo(1);

        session.register("shop.report", RegisterOptions.DEFAULT.replacing(), invocation -> 2);

        assertThat(session.call("shop.report").as(Integer.class)).isEqualTo(2);
    }

    @Test
    void callsInTimeAndInParts() {
        session.register("shop.stock", invocation -> 3);

        session.call("shop.stock", Args.of(17), CallOptions.DEFAULT.timeout(Duration.ofMillis(2500)));

        session.register("shop.search", invocation -> {
            invocation.progress().orElseThrow().send("lamp A");
            return null;
        });
        session.register("shop.upload", RegisterOptions.DEFAULT.inParts(), invocation -> {
            StringBuilder whole = new StringBuilder();
            invocation.parts().forEach(part -> whole.append(part.argument(0, String.class)));
            return whole.toString();
        });

        try (ResultStream results = session.stream("shop.search", "lamp")) {
            results.forEach(item -> System.out.println(item.as(String.class)));
        }

        try (ProgressiveCall upload = session.callInParts("shop.upload", "first half")) {
            System.out.println(upload.finish("second half").as(String.class));
        }
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void receiversAndNames() {
        PublishOptions forClerks =
                PublishOptions.DEFAULT.excludeAuthrole("guest").eligibleAuthid("ann", "bob");
        session.publish("shop.price", Args.of(250), forClerks);

        session.publish("shop.order", Args.of(17), PublishOptions.DEFAULT.discloseMe());
        session.register("shop.refund", RegisterOptions.DEFAULT.discloseCaller(), invocation -> {
            return invocation.caller().map(PeerIdentity::authid).orElse("nobody");
        });

        assertThat(session.call("shop.refund").as(String.class)).isEqualTo(session.authid());
    }

    @Test
    void keptAndLostEvents() {
        session.publish("plant.line1.state", Args.of("running"), PublishOptions.DEFAULT.retained());
        session.subscribe(
                "plant.line1.state",
                SubscribeOptions.DEFAULT.withRetained(),
                event -> System.out.println(event.arguments() + (event.isRetained() ? " from before" : "")));

        session.testaments().add("plant.line1.state", Args.of("lost"), PublishOptions.DEFAULT.retained());

        session.subscribe("plant.line1.temperature", event -> {
            if (event.dropped() > 0) {
                System.out.println(event.dropped() + " temperatures were lost");
            }
        });
        assertThat(session.isOpen()).isTrue();
    }

    @Test
    void whatWasPublishedBefore() {
        session.publish("plant.line1.state", Args.of("running"), PublishOptions.DEFAULT.acknowledged());

        long all = new SubscriptionMetaApi(session)
                .lookup("plant.", MatchPolicy.PREFIX)
                .orElseThrow();
        HistoryOptions lastHour = HistoryOptions.DEFAULT
                .newestFirst()
                .topic("plant.line1.state")
                .after(Instant.now().minus(Duration.ofHours(1)));
        for (PastEvent past : session.history(all, "plant.", lastHour)) {
            System.out.println(past.time() + " " + past.event().arguments());
        }

        PastEvent past = session.history(all, "plant.", lastHour).getFirst();
        assertThat(past.event().topic()).isEqualTo("plant.line1.state");
        assertThat(past.event().argument(0, String.class)).isEqualTo("running");
    }

    @Test
    void theRouterItself() {
        byte[] key = new byte[32];

        Client client = Client.builder(router.uri())
                .payloadCodecs(AesGcmCodec.withKey("k1", key))
                .build();

        try (Session sealing = client.join()) {
            assertThat(sealing.isOpen()).isTrue();
        }
        assertThatThrownBy(this::ask).hasMessageContaining("wamp.error.no_such_session");
    }

    private void ask() {
        new SessionMetaApi(session).kill(3321, "shop.closed", "see you tomorrow");
        new SubscriptionMetaApi(session)
                .onSubscribe((who, subscription) -> System.out.println(who + " has " + subscription));
        new RegistrationMetaApi(session)
                .match("shop.report")
                .ifPresent(id -> System.out.println(new RegistrationMetaApi(session).callees(id)));
    }
}
