package io.junctor.conformance;

import static io.junctor.conformance.ErrorTexts.expectAbort;

import io.junctor.router.config.ShutdownNotice;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.JoinRefused;
import io.junctor.testkit.Peer;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The texts of ABORT that refuse to let a client join. */
class JoinErrorTextScenario {
    /** How many authentication steps of one address run and wait. */
    private static final int RUNNING_OF_ADDRESS = 256;

    private static final int WAITING_OF_ADDRESS = 4_000;
    private static final Map<String, Object> DETAILS = Map.of("roles", Map.of("caller", Map.of()));

    @Scenario(
            value = {"SES-04", "URI-01"},
            on = Scenario.Where.IN_MEMORY)
    void aRealmThatIsNoUriIsTold(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.connect();
        peer.sendList(1, "plant line", DETAILS);
        expectAbort(
                peer,
                WampError.INVALID_URI,
                "the realm: not a valid URI: parts must not be empty and hold no white space, # or .");
    }

    @Scenario(
            value = {"AUTH-04", "SEC-02"},
            on = Scenario.Where.IN_MEMORY)
    void aNameThatIsMissingOrTooLongIsTold(Testbed testbed) {
        testbed.realms(UserRealms.realm(AuthMethod.WAMPCRA, new Credential.Secret(UserRealms.SECRET)));
        expectAbort(
                UserRealms.hello(testbed.connect(), "wampcra", "a".repeat(1_001)),
                WampError.AUTHENTICATION_FAILED,
                "'authid' of HELLO has 1001 characters; the most are 1000");
        expectAbort(
                UserRealms.hello(testbed.connect(), List.of("wampcra"), Map.of()),
                WampError.AUTHENTICATION_DENIED,
                "this method needs an 'authid' in the details of HELLO");
    }

    @Scenario(value = "SES-13", on = Scenario.Where.IN_MEMORY)
    void aRouterThatShutsDownSaysSo(Testbed testbed) {
        testbed.shutdown(ShutdownNotice.GOODBYE);
        Peer peer = testbed.connect();
        testbed.router().beginShutdown();
        expectAbort(peer, WampError.SYSTEM_SHUTDOWN, "the router shuts down");
    }

    @Scenario(value = "AUTH-05", on = Scenario.Where.IN_MEMORY)
    void anAddressWithTooManyAttemptsAtOnceIsTold(Testbed testbed) throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(RUNNING_OF_ADDRESS);
        CountDownLatch end = new CountDownLatch(1);
        AuthSource slow = new AuthSource.Program(request -> {
            asked.countDown();
            await(end);
            return JoinRefused.DENIED;
        });
        testbed.requireOneSerializer();
        testbed.realms(UserRealms.realm(new AuthMethodConfig(AuthMethod.WAMPCRA, slow, true, null)));
        List<Peer> waiting = new ArrayList<>();
        for (int i = 0; i < RUNNING_OF_ADDRESS + WAITING_OF_ADDRESS; i++) {
            waiting.add(UserRealms.hello(testbed.connect(), "wampcra", "anna"));
        }
        asked.await();
        expectAbort(
                UserRealms.hello(testbed.connect(), "wampcra", "anna"),
                WampError.AUTHENTICATION_FAILED,
                "too many attempts to join are under way: try again later");
        waiting.forEach(Peer::cut);
        end.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
