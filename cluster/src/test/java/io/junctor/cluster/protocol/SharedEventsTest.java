package io.junctor.cluster.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.cluster.SharedEvent.Permission;
import io.junctor.router.cluster.SharedEvent.Receivers;
import io.junctor.router.spi.Action;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.Audience;
import io.junctor.wamp.options.DisclosedIdentity;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SharedEventsTest {
    private static final Codecs CODECS = new Codecs(CodecLimits.DEFAULT);
    private static final Uri TOPIC = new Uri("com.topic");

    @ParameterizedTest
    @EnumSource
    void anEventIsReadAsItWasWritten(Serializer serializer) throws UnrepresentableException {
        Payload payload = CODECS.payload(Arguments.of(1L, "two", List.of(3.5)), serializer);
        SharedEvent event = new SharedEvent(
                7,
                TOPIC,
                payload,
                new EventDetails(
                        new DisclosedIdentity(9L, "ann", "user"),
                        null,
                        3L,
                        true,
                        null,
                        List.of(),
                        0,
                        Dict.of("_x", "y")),
                new Receivers(
                        9,
                        new Audience(List.of(4L), List.of("bob"), null, List.of(), null, List.of("user")),
                        new Permission(Action.CALL, new Uri("com.secret."), MatchPolicy.PREFIX)),
                11);
        SharedEvent read = SharedEvents.read(new BodyReader(written(event)));
        assertThat(read).usingRecursiveComparison().ignoringFields("payload").isEqualTo(event);
        assertThat(read.payload().serializer()).isEqualTo(serializer);
        assertThat(bytes(read.payload())).isEqualTo(bytes(payload));
    }

    @Test
    void anEventForAllWithoutArgumentsHasNoDetails() throws UnrepresentableException {
        SharedEvent event = new SharedEvent(7, TOPIC, Payload.NONE, EventDetails.NONE, Receivers.ALL, 0);
        SharedEvent read = SharedEvents.read(new BodyReader(written(event)));
        assertThat(read.details()).isSameAs(EventDetails.NONE);
        assertThat(read.receivers()).isSameAs(Receivers.ALL);
        assertThat(read.payload().isAbsent()).isTrue();
    }

    @Test
    void bytesThatAreCutShortOrAreNoEventAreRefusedAtEachPosition() throws UnrepresentableException {
        Payload payload = CODECS.payload(Arguments.of("text"), Serializer.CBOR);
        byte[] written = written(new SharedEvent(7, TOPIC, payload, EventDetails.NONE, Receivers.ALL, 0));
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> SharedEvents.read(new BodyReader(cut))).isInstanceOf(InvalidBodyException.class);
        }
        assertThatThrownBy(() -> SharedEvents.read(new BodyReader(new byte[] {9, 0, 0, 0, 0})))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageContaining("serialization 9");
    }

    private static byte[] written(SharedEvent event) throws UnrepresentableException {
        BodyWriter body = new BodyWriter();
        SharedEvents.write(body, event);
        return body.toBytes();
    }

    private static byte[] bytes(Payload payload) {
        return Arrays.copyOfRange(payload.bytes(), payload.offset(), payload.offset() + payload.length());
    }
}
