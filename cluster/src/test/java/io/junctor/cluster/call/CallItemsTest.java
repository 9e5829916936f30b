package io.junctor.cluster.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.cluster.protocol.BodyReader;
import io.junctor.cluster.protocol.BodyWriter;
import io.junctor.cluster.protocol.InvalidBodyException;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Items come as they went; what has another form is refused, whatever has sent it. */
class CallItemsTest {
    private static final Codecs CODECS = new Codecs(new CodecLimits(1 << 20, 1_000, 1 << 20));

    @Test
    void itemsComeAsTheyWent() throws UnrepresentableException {
        for (CallItem sent : items()) {
            CallItem read = read(written(sent));
            assertThat(read)
                    .usingRecursiveComparison()
                    .ignoringFieldsOfTypes(Payload.class)
                    .isEqualTo(sent);
            assertThat(read.bytes()).isEqualTo(sent.bytes());
        }
    }

    @Test
    void itemsThatAreCutAreRefused() throws UnrepresentableException {
        for (CallItem sent : items()) {
            byte[] whole = written(sent);
            for (int length = 0; length < whole.length; length++) {
                byte[] cut = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> read(cut)).isInstanceOf(InvalidBodyException.class);
            }
        }
    }

    @Test
    void idsOutOfRangeAreRefused() {
        Invocation invocation = new Invocation(1, 1, InvocationDetails.NONE, Payload.NONE);
        for (long wrong : new long[] {0, -1, (1L << 53) + 1}) {
            Invocation request = new Invocation(wrong, 1, InvocationDetails.NONE, Payload.NONE);
            Invocation registration = new Invocation(1, wrong, InvocationDetails.NONE, Payload.NONE);
            List<CallItem> items = List.of(
                    new CallItem.ToCallee(wrong, invocation, false),
                    new CallItem.ToCallee(1, request, false),
                    new CallItem.ToCallee(1, registration, false),
                    new CallItem.FromCallee(wrong, new Yield(1, ResultDetails.FINAL, Payload.NONE)),
                    new CallItem.FromCallee(1, new Yield(wrong, ResultDetails.FINAL, Payload.NONE)));
            for (CallItem item : items) {
                assertThatThrownBy(() -> read(written(item))).isInstanceOf(InvalidBodyException.class);
            }
        }
    }

    @Test
    void whatIsNotRefusedCanBeHandedOn() throws UnrepresentableException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (CallItem item : items()) {
            byte[] whole = written(item);
            for (int round = 0; round < 2_000; round++) {
                byte[] changed = whole.clone();
                for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt();
                }
                assertThatCode(() -> handOn(changed)).as("seed %d", seed).doesNotThrowAnyException();
            }
        }
    }

    /** Reads an item and encodes its message for a client, if it has one. */
    private static void handOn(byte[] body) {
        try {
            Message message = switch (read(body)) {
                case CallItem.ToCallee to -> to.message();
                case CallItem.FromCallee from -> from.message();
                case CallItem.GivenBack back -> back.error();
                case CallItem.Signaled signaled -> new Yield(1, ResultDetails.FINAL, Payload.NONE);
            };
            Payload payload = message.payload();
            CODECS.check(payload);
            CODECS.encode(message, payload.isAbsent() ? Serializer.CBOR : payload.serializer());
        } catch (InvalidBodyException | UnrepresentableException expected) {
            // The router logs the first, and reports the second to the sender.
        }
    }

    private static List<CallItem> items() throws UnrepresentableException {
        InvocationDetails details =
                new InvocationDetails(null, new Uri("com.called"), 3L, 1_000, true, true, null, Dict.of("x", 1L));
        List<CallItem> items = new ArrayList<>();
        for (Serializer serializer : Serializer.values()) {
            for (Arguments arguments : List.of(
                    Arguments.NONE, Arguments.of(1L, "two"), new Arguments(List.of(1L), Map.of("key", List.of(2L))))) {
                Payload payload = CODECS.payload(arguments, serializer);
                items.add(new CallItem.ToCallee(7, new Invocation(1, 2, InvocationDetails.NONE, payload), false));
                items.add(new CallItem.ToCallee(7, new Invocation(1, 2, details, payload), false));
                items.add(new CallItem.FromCallee(7, new Yield(1, ResultDetails.FINAL, payload)));
                items.add(new CallItem.FromCallee(7, error(payload)));
            }
        }
        items.add(new CallItem.GivenBack(7, error(Payload.NONE)));
        items.add(new CallItem.Signaled(0, LivenessSignal.RECONNECTED));
        return items;
    }

    private static ErrorMessage error(Payload payload) {
        return new ErrorMessage(Invocation.CODE, 3, ErrorDetails.NONE, WampError.CANCELED.uri(), payload);
    }

    private static byte[] written(CallItem item) throws UnrepresentableException {
        BodyWriter body = new BodyWriter();
        CallItems.write(body, item);
        return body.toBytes();
    }

    private static CallItem read(byte[] bytes) {
        BodyReader body = new BodyReader(bytes);
        return CallItems.read(body.octet(), body);
    }
}
