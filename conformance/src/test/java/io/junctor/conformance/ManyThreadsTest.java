package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.config.listener.ListenerLimits;
import io.junctor.testkit.MemoryTransport;
import io.junctor.testkit.Peer;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Threads run random operations in one realm at the same time. Always true: the events of a publisher arrive in order, each
 * call and each acknowledged publication has exactly one answer, and at the end no state is left.
 */
class ManyThreadsTest {
    private static final List<String> URIS = List.of("one", "two", "three");
    private static final Map<String, Object> NONE = Map.of();

    @Test
    @Row({"RPC-08", "RPC-14", "ORD-01", "ORD-04", "PS-10"})
    void orderAndExactlyOneAnswerHoldWithManyThreads() throws Exception {
        ConcurrentClients.play("ManyThreadsTest", Client::new);
    }

    /** For one thread at a time. */
    private static final class Client implements ConcurrentClients.Client {
        private final Peer peer;
        private final long number;
        private final Random random;
        private final Set<Long> waiting = new HashSet<>();
        private final Map<Long, Long> lastEventByPublisher = new HashMap<>();
        private final Map<Long, Long> lastCallByCaller = new HashMap<>();
        private long lastRequest;
        private long said;

        Client(TestRouter router, int number, Random random) {
            Serializer serializer = Serializer.values()[random.nextInt(3)];
            this.peer = new Peer(MemoryTransport.open(router.acceptor(), serializer, ListenerLimits.DEFAULT));
            this.number = number;
            this.random = random;
            peer.join(Testbed.REALM);
        }

        @Override
        public void act() {
            String uri = URIS.get(random.nextInt(URIS.size()));
            switch (random.nextInt(10)) {
                case 0 -> request(32, NONE, uri);
                case 1 -> request(64, NONE, uri);
                case 2, 3, 4, 5 -> request(16, Map.of("acknowledge", true), uri, List.of(number, ++said));
                default -> request(48, NONE, uri, List.of(number, ++said));
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
                    case 17, 33, 50, 65 -> answered((Long) message.get(1));
                    case 36 -> inOrder(lastEventByPublisher, (List<?>) message.getLast());
                    case 68 -> {
                        inOrder(lastCallByCaller, (List<?>) message.getLast());
                        peer.sendList(70, message.get(1), NONE);
                    }
                    default -> throw new AssertionError("unexpected " + message);
                }
            }
        }

        @Override
        public void leave() {
            hear();
            peer.close();
        }

        private void request(int type, Object... rest) {
            waiting.add(++lastRequest);
            List<Object> message = new ArrayList<>(List.of(type, lastRequest));
            message.addAll(List.of(rest));
            peer.sendList(message.toArray());
        }

        private void answered(long request) {
            assertThat(waiting.remove(request))
                    .as("the only answer to " + request)
                    .isTrue();
        }

        private static void inOrder(Map<Long, Long> last, List<?> senderAndCount) {
            Long count = (Long) senderAndCount.get(1);
            Long before = last.put((Long) senderAndCount.get(0), count);
            assertThat(before == null || before < count)
                    .as("order of one sender")
                    .isTrue();
        }
    }
}
