package io.junctor.client.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.junctor.client.internal.TransportListener;
import io.junctor.wamp.codec.batch.BatchFormat;
import io.junctor.wamp.value.Serializer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class InboundMessageQueueTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final InboundMessageQueue arrived = new InboundMessageQueue(() -> seen.add("more"));

    private final class Seen implements TransportListener {
        private final boolean fails;

        Seen(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void onMessage(byte[] message) {
            seen.add("message " + message.length);
            if (fails) {
                throw new StackOverflowError();
            }
        }

        @Override
        public void onPong() {
            seen.add("pong");
        }

        @Override
        public void onFault(String problem) {
            seen.add("fault: " + problem);
        }

        @Override
        public void onClosed(String cause) {
            seen.add("end: " + cause);
        }
    }

    /** So a batch of very many empty messages takes no more memory than its bytes. */
    @Test
    void aMessageIsTakenOutOfItsBatchWhenItIsDemanded() throws Exception {
        byte[] endsWithinTheSecond = {0, 0, 0, 1, 7, 0, 0, 0, 9, 7};
        arrived.start(new Seen(false));
        arrived.demand();
        arrived.add(new BatchFormat(Serializer.MSGPACK).read(endsWithinTheSecond), true);
        assertThat(seen).containsExactly("more", "message 1");
        arrived.demand();
        await().until(() -> seen.getLast().equals("fault: a batch that ends within a message of 9 bytes"));
    }

    @Test
    void anErrorOfTheSessionEndsTheConnection() throws Exception {
        arrived.start(new Seen(true));
        arrived.demand();
        arrived.demand();
        arrived.add(new BatchFormat(Serializer.JSON).read(new byte[] {'1', 0x1E, '2', 0x1E}), true);
        assertThat(seen).contains("message 1").endsWith("end: internal error of the client");
    }
}
