package io.junctor.wamp.codec.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The formats of the batched subprotocols, with the rulings TR-BATCH-02 to TR-BATCH-04. */
class BatchFormatTest {
    private final BatchFormat json = new BatchFormat(Serializer.JSON);
    private final BatchFormat msgpack = new BatchFormat(Serializer.MSGPACK);

    @ParameterizedTest
    @EnumSource(Serializer.class)
    void whatIsJoinedIsReadAgain(Serializer serializer) throws Exception {
        BatchFormat format = new BatchFormat(serializer);
        List<byte[]> messages = List.of(bytes("[1]"), bytes("[22,{}]"), bytes("[333]"));
        assertThat(all(format.read(format.join(messages)))).containsExactlyElementsOf(messages);
    }

    @Test
    void aSeparatorFollowsEachJsonMessage() {
        assertThat(json.join(List.of(bytes("[1]"), bytes("[2]")))).isEqualTo(bytes("[1]\u001e[2]\u001e"));
    }

    @Test
    void aPeerThatSendsTheOctalSeparatorGetsIt() throws Exception {
        assertThat(all(json.read(bytes("[1]\u0018[2]\u0018")))).containsExactly(bytes("[1]"), bytes("[2]"));
        assertThat(json.join(List.of(bytes("[3]")))).isEqualTo(bytes("[3]\u0018"));
        assertThat(all(json.read(bytes("[1]\u001e")))).containsExactly(bytes("[1]"));
        assertThat(json.join(List.of(bytes("[3]")))).isEqualTo(bytes("[3]\u001e"));
    }

    @Test
    void theLengthPrecedesEachBinaryMessage() {
        assertThat(msgpack.join(List.of(new byte[] {7, 8}, new byte[] {9})))
                .containsExactly(0, 0, 0, 2, 7, 8, 0, 0, 0, 1, 9);
    }

    @Test
    void anEmptyBatchIsInvalid() {
        assertThatThrownBy(() -> json.read(new byte[0])).isInstanceOf(InvalidBatchException.class);
        assertThatThrownBy(() -> msgpack.read(new byte[0])).isInstanceOf(InvalidBatchException.class);
    }

    @Test
    void aBatchThatEndsWithinAMessageIsInvalid() {
        assertThatThrownBy(() -> json.read(bytes("[1]\u001e[2"))).hasMessageContaining("0x1E");
        assertThatThrownBy(() -> all(msgpack.read(new byte[] {0, 0, 0, 1, 9, 0, 0})))
                .hasMessageContaining("length of a message");
        assertThatThrownBy(() -> all(msgpack.read(new byte[] {0, 0, 0, 2, 9}))).hasMessageContaining("2 bytes");
        assertThatThrownBy(() -> all(msgpack.read(new byte[] {-1, -1, -1, -1, 9})))
                .hasMessageContaining("4294967295 bytes");
    }

    private static List<byte[]> all(BatchReader reader) throws InvalidBatchException {
        List<byte[]> messages = new ArrayList<>();
        while (reader.hasNext()) {
            messages.add(reader.next());
        }
        return messages;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
