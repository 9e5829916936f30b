package io.junctor.router.realm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.Router;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.connection.transport.MessageReceiver;
import io.junctor.router.session.ScriptedConnection;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A transport may bring each message by another thread, even while the one that brought the last is still in the router. */
class HandedOnReadingTest {
    private static final int PUBLICATIONS = 5;

    @Test
    void messagesAreRoutedInOrderWhicheverThreadBringsThem() {
        RouterConfig config =
                RouterConfig.builder().realm(RealmConfig.open("realm1")).build();
        try (Router router = Router.open(config)) {
            HandingOn connection = new HandingOn();
            connection.open(router.accept(connection));

            assertThat(connection.events())
                    .containsExactlyElementsOf(IntStream.range(0, PUBLICATIONS)
                            .mapToObj(String::valueOf)
                            .toList());
            connection.receiver.onClosed("the test is over");
        }
    }

    /** Each demand brings the next message by a new thread, and waits until that is through. */
    private static final class HandingOn extends ScriptedConnection {
        private final Deque<String> toSend = new ArrayDeque<>();
        private MessageReceiver receiver;
        private boolean demandedBefore;

        HandingOn() {
            super(Serializer.JSON);
            toSend.add("[1,\"realm1\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]");
            toSend.add("[32,1,{},\"topic\"]");
            for (int i = 0; i < PUBLICATIONS; i++) {
                toSend.add("[16," + (2 + i) + ",{\"exclude_me\":false},\"topic\",[\"" + i + "\"]]");
            }
        }

        void open(MessageReceiver opened) {
            receiver = opened;
            if (demandedBefore) {
                demand();
            }
        }

        List<String> events() {
            return received().stream()
                    .filter(Event.class::isInstance)
                    .map(event -> CODECS.arguments(((Event) event).payload())
                            .positional()
                            .getFirst())
                    .map(String::valueOf)
                    .toList();
        }

        @Override
        public void demand() {
            String next = receiver == null ? null : toSend.poll();
            demandedBefore = receiver == null;
            if (next != null) {
                Thread thread = new Thread(() -> receiver.onMessage(next.getBytes(UTF_8)));
                thread.start();
                joined(thread);
            }
        }

        private static void joined(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
