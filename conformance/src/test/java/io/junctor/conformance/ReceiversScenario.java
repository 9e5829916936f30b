package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.testkit.Peer;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Published;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Section 9.1: the lists that choose who receives a publication. All peers of a realm have the role anonymous. */
class ReceiversScenario {
    private static final String ROLE = "anonymous";

    @Scenario("PSX-BW-01")
    void aListOverTheLimitIsRefused(Testbed testbed) {
        testbed.requireOwnRouter();
        List<Peer> peers = subscribers(testbed, 1);
        Peer publisher = testbed.join();
        List<Long> ids = LongStream.rangeClosed(1, 1_000).boxed().toList();
        List<String> names = ids.stream().map(id -> "name" + id).toList();
        publish(publisher, Map.of("exclude", ids, "exclude_authid", names, "exclude_authrole", names));
        expectOnly(peers, 0);
        for (String key : List.of("exclude", "eligible")) {
            List<Long> longer = LongStream.rangeClosed(1, 1_001).boxed().toList();
            expectListRefused(publisher, Map.of("acknowledge", true, key, longer));
            List<String> texts = Collections.nCopies(1_001, "a");
            expectListRefused(publisher, Map.of("acknowledge", true, key + "_authid", texts));
            expectListRefused(publisher, Map.of("acknowledge", true, key + "_authrole", texts));
        }
        publisher.sendList(
                Publish.CODE,
                publisher.nextRequest(),
                Map.of("exclude_authid", Collections.nCopies(1_001, "a")),
                "topic");
        publisher.expectNothing();
        expectOnly(peers);
    }

    @Scenario("PSX-BW-01")
    void listsInArgumentsOfTheRoutersProceduresHaveTheSameLimit(Testbed testbed) {
        testbed.requireOwnRouter();
        Peer peer = testbed.join();
        List<String> names = Collections.nCopies(1_001, "a");
        for (String key : List.of("exclude_authid", "eligible_authrole")) {
            long testament = peer.nextRequest();
            List<?> event = List.of("topic", List.of(), Map.of());
            Map<String, ?> options = Map.of("publish_options", Map.of(key, names));
            peer.sendList(Call.CODE, testament, Map.of(), "wamp.session.add_testament", event, options);
            expectListRefused(peer, Call.CODE, testament);
        }
        for (String procedure : List.of("wamp.session.count", "wamp.session.list")) {
            expectListRefused(peer, Call.CODE, peer.call(procedure, names));
        }
    }

    private static void expectListRefused(Peer publisher, Map<String, Object> options) {
        long request = publisher.nextRequest();
        publisher.sendList(Publish.CODE, request, options, "topic");
        expectListRefused(publisher, Publish.CODE, request);
    }

    private static void expectListRefused(Peer peer, int requestType, long request) {
        ErrorMessage error = peer.expectError(requestType, request, WampError.INVALID_ARGUMENT);
        assertThat(String.valueOf(peer.arguments(error.payload()).positional())).contains("list_entries", "1000");
    }

    @Scenario("PSX-BW-01")
    void sessionsAreExcludedOrChosen(Testbed testbed) {
        List<Peer> peers = subscribers(testbed, 3);
        Peer publisher = testbed.join();
        List<Long> firstTwo = List.of(peers.get(0).session(), peers.get(1).session());
        publish(publisher, Map.of("exclude", firstTwo));
        expectOnly(peers, 2);
        publish(publisher, Map.of("eligible", firstTwo));
        expectOnly(peers, 0, 1);
    }

    @Scenario("PSX-BW-01")
    void authidsAreExcludedOrChosen(Testbed testbed) {
        List<String> authids = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Peer peer = testbed.connect();
            authids.add(peer.join(Testbed.REALM).details().identity().authid());
            peer.subscribe("topic");
            peers.add(peer);
        }
        Peer publisher = testbed.join();
        publish(publisher, Map.of("exclude_authid", List.of(authids.get(1))));
        expectOnly(peers, 0, 2);
        publish(publisher, Map.of("eligible_authid", List.of(authids.get(1), "nobody")));
        expectOnly(peers, 1);
    }

    @Scenario("PSX-BW-01")
    void rolesAreExcludedOrChosen(Testbed testbed) {
        List<Peer> peers = subscribers(testbed, 2);
        Peer publisher = testbed.join();
        publish(publisher, Map.of("exclude_authrole", List.of("x", ROLE)));
        expectOnly(peers);
        publish(publisher, Map.of("exclude_authrole", List.of("x")));
        expectOnly(peers, 0, 1);
        publish(publisher, Map.of("eligible_authrole", List.of("x", ROLE)));
        expectOnly(peers, 0, 1);
        publish(publisher, Map.of("eligible_authrole", List.of("x")));
        expectOnly(peers);
    }

    @Scenario("PSX-BW-01")
    void allConditionsMustHoldAndExclusionWins(Testbed testbed) {
        List<Peer> peers = subscribers(testbed, 3);
        Peer publisher = testbed.join();
        List<Long> firstTwo = List.of(peers.get(0).session(), peers.get(1).session());
        publish(
                publisher,
                Map.of(
                        "eligible", firstTwo,
                        "exclude", List.of(peers.get(0).session()),
                        "eligible_authrole", List.of(ROLE)));
        expectOnly(peers, 1);
        publish(publisher, Map.of("eligible", firstTwo, "eligible_authid", List.of("nobody")));
        expectOnly(peers);
    }

    @Scenario({"PSX-BW-02", "PSX-EXCL-01"})
    void listsReachNeitherOtherSessionsNorThePublisher(Testbed testbed) {
        List<Peer> peers = subscribers(testbed, 1);
        Peer bystander = testbed.join();
        Peer publisher = testbed.join();
        publisher.subscribe("topic");
        List<Long> chosen = List.of(peers.get(0).session(), bystander.session(), publisher.session(), 1L);
        publish(publisher, Map.of("eligible", chosen));
        expectOnly(peers, 0);
        bystander.expectNothing();
        publisher.expectNothing();
        publish(publisher, Map.of("eligible", chosen, "exclude_me", false));
        expectOnly(peers, 0);
        publisher.expect(Event.class);
    }

    @Scenario("PSX-BW-03")
    void anEmptyEligibleListMeansNoReceiver(Testbed testbed) {
        List<Peer> peers = subscribers(testbed, 2);
        Peer publisher = testbed.join();
        for (String key : List.of("eligible", "eligible_authid", "eligible_authrole")) {
            publish(publisher, Map.of(key, List.of()));
            expectOnly(peers);
            publish(publisher, Map.of(key.replace("eligible", "exclude"), List.of()));
            expectOnly(peers, 0, 1);
        }
    }

    @Scenario({"PSX-BW-04", "PV-13"})
    void aListOfAnotherTypeIsAViolation(Testbed testbed) {
        for (Map<String, Object> options : List.<Map<String, Object>>of(
                Map.of("exclude", 1L),
                Map.of("exclude", List.of("1")),
                Map.of("eligible", List.of(0L)),
                Map.of("eligible_authid", "a"),
                Map.of("exclude_authid", List.of(1L)),
                Map.of("eligible_authrole", Map.of()),
                Map.of("exclude_authrole", List.of(true)))) {
            Peer peer = testbed.join();
            peer.sendList(16, peer.nextRequest(), options, "topic");
            peer.expectViolation();
        }
    }

    private static List<Peer> subscribers(Testbed testbed, int count) {
        List<Peer> peers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer peer = testbed.join();
            peer.subscribe("topic");
            peers.add(peer);
        }
        return peers;
    }

    private static void publish(Peer publisher, Map<String, Object> lists) {
        Map<String, Object> options = new java.util.HashMap<>(lists);
        options.put("acknowledge", true);
        publisher.sendList(16, publisher.nextRequest(), options, "topic");
        publisher.expect(Published.class);
    }

    private static void expectOnly(List<Peer> peers, Integer... receivers) {
        for (int i = 0; i < peers.size(); i++) {
            if (List.of(receivers).contains(i)) {
                assertThat(peers.get(i).expect(Event.class).details().topic()).isNull();
            }
            peers.get(i).expectNothing();
        }
    }
}
