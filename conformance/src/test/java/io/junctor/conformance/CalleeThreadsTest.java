package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Threads call, cancel, re-route, register, unregister and vanish in one realm at the same time. Each call has exactly one final answer, parts
 * come before it, and at the end no state is left.
 */
class CalleeThreadsTest {
    private static final List<String> PROCEDURES = List.of("one", "two");
    private static final Map<String, Object> NONE = Map.of();
    private static final Roles ROLES =
            new Roles(Map.of(Role.CALLER, Set.of(), Role.CALLEE, Set.of(Feature.CALL_CANCELING, Feature.CALL_REROUTE)));

    @Test
    @Row({"RPC-08", "RPC-14", "RPC-REROUTE-02", "EXT-01"})
    void exactlyOneAnswerHoldsWhileCalleesComeAndGo() throws Exception {
        ConcurrentClients.play("CalleeThreadsTest", (router, number, random) -> new Client(router, random));
    }

    /** Used by one thread at a time. */
    private static final class Client implements ConcurrentClients.Client {
        private final TestRouter router;
        private final Random random;
        private final Set<Long> waiting = new HashSet<>();
        private Peer peer;
        private long lastRequest;
        private long lastRegistration;

        Client(TestRouter router, Random random) {
            this.router = router;
            this.random = random;
            this.peer = join();
        }

        @Override
        public void act() {
            String procedure = PROCEDURES.get(random.nextInt(PROCEDURES.size()));
            switch (random.nextInt(16)) {
                case 0, 1 ->
                    request(64, Map.of("invoke", "roundrobin", "concurrency", 1 + random.nextInt(2)), procedure);
                case 2 -> request(66, lastRegistration == 0 ? 4_711 : lastRegistration);
                case 3, 4 -> cancel();
                case 5 -> vanish();
                default -> request(48, Map.of("receive_progress", true), procedure);
            }
        }

        @Override
        public boolean isWaiting() {
            return !waiting.isEmpty();
        }

        @Override
        public void hear() {
            while (((MemoryTransport) peer.transport()).unreadMessages() > 0) {
                List<?> message = peer.expectList();
                switch (((Long) message.getFirst()).intValue()) {
                    case 8 -> answered((Long) message.get(2));
                    case 50 -> result((Long) message.get(1), (Map<?, ?>) message.get(2));
                    case 65 -> {
                        answered((Long) message.get(1));
                        lastRegistration = (Long) message.get(2);
                    }
                    case 67 -> answered((Long) message.get(1));
                    case 68 -> invoked((Long) message.get(1));
                    case 69 -> {}
                    default -> throw new AssertionError("unexpected " + message);
                }
            }
        }

        @Override
        public void leave() {
            hear();
            peer.close();
        }

        private Peer join() {
            Serializer serializer = Serializer.values()[random.nextInt(3)];
            Peer joined = new Peer(MemoryTransport.open(router.acceptor(), serializer, ListenerLimits.DEFAULT));
            joined.join(Testbed.REALM, ROLES);
            return joined;
        }

        private void vanish() {
            peer.cut();
            waiting.clear();
            lastRequest = 0;
            lastRegistration = 0;
            peer = join();
        }

        private void cancel() {
            String mode = List.of("skip", "kill", "killnowait").get(random.nextInt(3));
            waiting.stream().findAny().ifPresent(any -> peer.sendList(49, any, Map.of("mode", mode)));
        }

        private void invoked(long invocation) {
            if (random.nextInt(4) == 0) {
                peer.sendList(70, invocation, Map.of("progress", true));
            }
            if (random.nextInt(4) == 0) {
                peer.sendList(8, 68, invocation, NONE, "wamp.error.unavailable");
            } else {
                peer.sendList(70, invocation, NONE);
            }
        }

        private void request(int type, Object... rest) {
            waiting.add(++lastRequest);
            List<Object> message = new ArrayList<>(List.of(type, lastRequest));
            message.addAll(List.of(rest));
            peer.sendList(message.toArray());
        }

        private void result(long request, Map<?, ?> details) {
            if (details.get("progress") == null) {
                answered(request);
            } else {
                assertThat(waiting).as("a part of an open call").contains(request);
            }
        }

        private void answered(long request) {
            assertThat(waiting.remove(request))
                    .as("the only answer to " + request)
                    .isTrue();
        }
    }
}
