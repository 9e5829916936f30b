package io.junctor.conformance;

import static io.junctor.conformance.ErrorTexts.expectViolation;

import io.junctor.router.config.RequestIdCheck;
import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Subscribed;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.Map;

/** The texts of ABORT after messages that the state of a session does not allow. */
class ViolationTextScenario {
    private static final Map<String, Object> NONE = Map.of();

    @Scenario(
            value = {"PV-01", "PV-03"},
            on = Scenario.Where.IN_MEMORY)
    void aMessageThatTheSessionDoesNotAllowIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer hello = testbed.join();
        hello.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", NONE)));
        expectViolation(hello, "HELLO in a session that is open");
        Peer authenticate = testbed.join();
        authenticate.sendList(5, "x", NONE);
        expectViolation(authenticate, "AUTHENTICATE without a challenge");
        Peer error = testbed.join();
        error.sendList(8, 48, 1, NONE, "some.error");
        expectViolation(error, "ERROR from a client must answer an INVOCATION (68), not 48");
        Peer forwarded = testbed.join();
        forwarded.sendList(48, 1, Map.of("forward_for", List.of(Map.of("authid", "anna"))), "plant.door");
        expectViolation(
                forwarded, "CALL: 'forward_for' must be a list of dictionaries with session, authid and authrole");
        Peer sealed = testbed.join();
        sealed.sendList(48, 1, Map.of("ppt_scheme", "x_scheme"), "plant.door", List.of("x"));
        expectViolation(sealed, "ppt_scheme from a caller that did not announce payload_passthru_mode");
    }

    @Scenario(
            value = {"PV-08", "PV-12"},
            on = Scenario.Where.IN_MEMORY)
    void anIdThatIsNotExpectedIsNamedWithTheOneThatIs(Testbed testbed) {
        testbed.realms(ViolationScenario.checking(RequestIdCheck.STRICT));
        Peer strict = testbed.join();
        strict.sendList(32, 5, NONE, "plant.door");
        expectViolation(strict, "request id is 5 where 1 was expected (request_ids: strict)");
        Peer yield = testbed.join();
        yield.sendList(70, 1, NONE);
        expectViolation(yield, "YIELD or ERROR answers an invocation that was never sent");
    }

    @Scenario(value = "PV-12", on = Scenario.Where.IN_MEMORY)
    void anIdThatIsNotAboveTheLastIsNamedWithIt(Testbed testbed) {
        testbed.realms(ViolationScenario.checking(RequestIdCheck.MONOTONIC));
        Peer peer = testbed.join();
        peer.sendList(32, 17, NONE, "plant.door");
        peer.expect(Subscribed.class);
        peer.sendList(32, 17, NONE, "plant.door");
        expectViolation(peer, "request id 17 is not above 17 (request_ids: monotonic)");
    }

    @Scenario("PV-05")
    void aFrameOfTheWrongKindIsNamed(Testbed testbed) {
        testbed.requireOwnRouter();
        testbed.requireTextFrames();
        testbed.requirePlainHttp();
        Peer peer = testbed.join(Serializer.JSON);
        if (testbed.protocol().equals("websocket") && !testbed.isInContainer()) {
            peer.transport().sendInWrongFrame(new byte[] {1});
            expectViolation(peer, "a binary frame on subprotocol wamp.2.json, which uses text frames");
        }
    }
}
