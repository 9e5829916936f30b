package io.junctor.cluster.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.cluster.SharedEvent.Receivers;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Events come as they went, with and without details. */
class EventItemsTest {
    private static final Uri ONE = new Uri("com.one");
    private static final Uri OTHER = new Uri("com.other");

    @Test
    void eventsComeAsTheyWent() throws UnrepresentableException {
        EventDetails trusted = new EventDetails(null, null, 3L, false, null, List.of(), 0, EventDetails.NONE.extra());
        List<SharedEvent> events = List.of(
                event(1, ONE, EventDetails.NONE, Receivers.ALL, 0),
                event(2, ONE, EventDetails.NONE, new Receivers(7, Audience.ALL, null), 0),
                event(3, ONE, trusted, new Receivers(7, Audience.ALL, null), 0),
                event(4, ONE, EventDetails.NONE, Receivers.ALL, 9),
                event(5, OTHER, EventDetails.NONE, Receivers.ALL, 0));
        BodyWriter body = new BodyWriter();
        Uri before = null;
        for (SharedEvent event : events) {
            EventItems.write(body, event, before);
            before = event.topic();
        }
        BodyReader reader = new BodyReader(body.toBytes());
        before = null;
        for (SharedEvent sent : events) {
            SharedEvent read = EventItems.read(reader, before);
            before = read.topic();
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFields("payload")
                    .isEqualTo(sent);
            assertThat(text(read.payload())).isEqualTo(text(sent.payload()));
            assertThat(read.payload().argumentKinds()).isEqualTo(sent.payload().argumentKinds());
        }
        assertThat(reader.isAtEnd()).isTrue();
    }

    @Test
    void anEventWithoutArgumentsHasNone() throws UnrepresentableException {
        BodyWriter body = new BodyWriter();
        EventItems.write(body, new SharedEvent(1, ONE, Payload.NONE, EventDetails.NONE, Receivers.ALL, 0), null);
        assertThat(EventItems.read(new BodyReader(body.toBytes()), null).payload())
                .isSameAs(Payload.NONE);
    }

    @Test
    void whatIsNoEventIsRefused() throws UnrepresentableException {
        BodyWriter body = new BodyWriter();
        EventItems.write(body, event(1, ONE, EventDetails.NONE, Receivers.ALL, 0), null);
        byte[] whole = body.toBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EventItems.read(new BodyReader(cut), null))
                    .isInstanceOf(InvalidBodyException.class);
        }
        for (byte[] wrong : List.of(new byte[] {0}, new byte[] {2}, new byte[] {9})) {
            assertThatThrownBy(() -> EventItems.read(new BodyReader(wrong), null))
                    .isInstanceOf(InvalidBodyException.class);
        }
    }

    private static SharedEvent event(
            long publication, Uri topic, EventDetails details, Receivers receivers, long retention) {
        byte[] bytes = "xx[1,2]".getBytes(UTF_8);
        Payload payload = Payload.of(Serializer.JSON, ArgumentKinds.POSITIONAL, bytes, 2, 5);
        return new SharedEvent(publication, topic, payload, details, receivers, retention);
    }

    private static String text(Payload payload) {
        return new String(payload.bytes(), payload.offset(), payload.length(), UTF_8);
    }
}
