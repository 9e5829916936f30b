package io.junctor.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.junctor.websocket.FrameReader.ReadResult;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FrameReaderTest {
    private static final int LIMIT = 1 << 20;
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int FIRST_BINARY = 0x02;
    private static final int CONTINUATION = 0x00;
    private static final int LAST_CONTINUATION = 0x80;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;

    private final FrameReader reader = FrameReader.ofClientFrames(false);

    @Test
    void aMessageInOneFrameComesUnmaskedAndInItsSize() throws Exception {
        byte[] message = random(1, 1_000);
        assertThat(next(MaskedFrame.of(BINARY, message))).isEqualTo(ReadResult.MESSAGE);
        assertThat(reader.takeMessage()).isEqualTo(message);
    }

    @Test
    void aCompressedMessageIsMarkedByItsFirstFrame() throws Exception {
        reader.acceptCompressed();
        assertThat(next(MaskedFrame.of(FIRST_BINARY | FrameHeader.COMPRESSED, new byte[] {1})))
                .isEqualTo(ReadResult.NOTHING);
        assertThat(next(MaskedFrame.of(LAST_CONTINUATION, new byte[] {2}))).isEqualTo(ReadResult.MESSAGE);
        assertThat(reader.isCompressed()).isTrue();
        assertThat(reader.takeMessage()).containsExactly(1, 2);
        assertThat(next(MaskedFrame.of(BINARY, new byte[] {3}))).isEqualTo(ReadResult.MESSAGE);
        assertThat(reader.isCompressed()).isFalse();
    }

    @Test
    void onlyTheFirstFrameOfAMessageMayBeMarkedAsCompressed() throws Exception {
        for (int first : new int[] {PING | 0x40, CLOSE | 0x40, BINARY | 0x20, BINARY | 0x10, BINARY | 0x60}) {
            FrameReader strict = FrameReader.ofClientFrames(false);
            strict.acceptCompressed();
            assertThatThrownBy(() -> strict.next(buffer(MaskedFrame.of(first, new byte[] {1})), LIMIT))
                    .as("first byte %x", first)
                    .isInstanceOf(FrameException.class)
                    .hasMessageContaining("reserved bit");
        }
        reader.acceptCompressed();
        assertThat(next(MaskedFrame.of(FIRST_BINARY, new byte[] {1}))).isEqualTo(ReadResult.NOTHING);
        assertThatThrownBy(() -> next(MaskedFrame.of(LAST_CONTINUATION | 0x40, new byte[] {2})))
                .hasMessageContaining("reserved bit");
    }

    @Test
    void anEmptyMessageIsAMessage() throws Exception {
        assertThat(next(MaskedFrame.of(BINARY, new byte[0]))).isEqualTo(ReadResult.MESSAGE);
        assertThat(reader.takeMessage()).isEmpty();
    }

    @Test
    void fragmentsArePutTogetherAroundControlFrames() throws Exception {
        ByteBuffer in = buffer(
                MaskedFrame.of(FIRST_BINARY, new byte[] {1, 2}),
                MaskedFrame.of(PING, new byte[] {9}),
                MaskedFrame.of(CONTINUATION, new byte[0]),
                MaskedFrame.of(PONG, new byte[0]),
                MaskedFrame.of(LAST_CONTINUATION, new byte[] {3, 4, 5}));
        assertThat(reader.next(in, LIMIT)).isEqualTo(ReadResult.PING);
        assertThat(reader.controlPayload()).containsExactly(9);
        assertThat(reader.next(in, LIMIT)).isEqualTo(ReadResult.PONG);
        assertThat(reader.next(in, LIMIT)).isEqualTo(ReadResult.MESSAGE);
        assertThat(reader.takeMessage()).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void whereTheBytesAreCutDoesNotMatter() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            List<byte[]> sent = writeMessages(random, stream);
            assertThat(readInPieces(random, stream.toByteArray()))
                    .as("seed " + seed)
                    .usingElementComparator(Arrays::compare)
                    .containsExactlyElementsOf(sent);
        }
    }

    private static List<byte[]> writeMessages(Random random, ByteArrayOutputStream stream) {
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            byte[] message = random(random.nextLong(), random.nextInt(random.nextInt(4) == 0 ? 70_000 : 300));
            int cut = random.nextInt(message.length + 1);
            byte[] head = Arrays.copyOf(message, cut);
            byte[] tail = Arrays.copyOfRange(message, cut, message.length);
            stream.writeBytes(MaskedFrame.of(FIRST_BINARY, head));
            stream.writeBytes(MaskedFrame.of(PING, random(i, random.nextInt(126))));
            stream.writeBytes(MaskedFrame.of(LAST_CONTINUATION, tail));
            sent.add(message);
        }
        return sent;
    }

    /** Feeds as the edge does: what is left goes in front of what comes next. */
    private static List<byte[]> readInPieces(Random random, byte[] stream) throws FrameException {
        FrameReader reader = FrameReader.ofClientFrames(false);
        List<byte[]> received = new ArrayList<>();
        ByteBuffer in = ByteBuffer.allocate(stream.length).limit(0);
        int most = stream.length / (1 + random.nextInt(300)) + 1;
        int longestWait = 0;
        for (int at = 0; at < stream.length; ) {
            in.compact();
            int piece = Math.min(1 + random.nextInt(most), stream.length - at);
            in.put(stream, at, piece).flip();
            at += piece;
            ReadResult found = reader.next(in, LIMIT);
            while (found != ReadResult.NOTHING) {
                if (found == ReadResult.MESSAGE) {
                    received.add(reader.takeMessage());
                }
                found = reader.next(in, LIMIT);
            }
            longestWait = Math.max(longestWait, in.remaining());
        }
        assertThat(longestWait).isLessThanOrEqualTo(FrameReader.MAX_INCOMPLETE_BYTES);
        return received;
    }

    @Test
    void theLimitHoldsForAFrame() {
        FrameException fault = fault(MaskedFrame.of(BINARY, LIMIT + 1, new byte[0]));
        assertThat(fault.closeCode()).isEqualTo(1009);
        assertThat(fault.reason()).isEqualTo("message of 1048577 bytes or more is over the limit of 1048576 bytes");
    }

    @Test
    void theLimitHoldsForFragmentsTogether() throws Exception {
        next(MaskedFrame.of(FIRST_BINARY, new byte[LIMIT - 1]));
        assertThat(fault(MaskedFrame.of(LAST_CONTINUATION, 2, new byte[0])).closeCode())
                .isEqualTo(1009);
    }

    @Test
    void aMessageOfExactlyTheLimitIsFine() throws Exception {
        assertThat(next(MaskedFrame.of(BINARY, new byte[LIMIT]))).isEqualTo(ReadResult.MESSAGE);
        assertThat(reader.takeMessage()).hasSize(LIMIT);
    }

    @Test
    void anAnnouncedLengthTakesNoMemory() throws Exception {
        next(MaskedFrame.of(BINARY, new byte[] {1}));
        reader.takeMessage();
        ByteBuffer announced = buffer(MaskedFrame.of(BINARY, LIMIT, new byte[0]), new byte[] {1, 2, 3});
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        ReadResult found = reader.next(announced, LIMIT);
        long taken = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(found).isEqualTo(ReadResult.NOTHING);
        assertThat(taken).isLessThan(4_096);
    }

    @Test
    void aMessageInOneByteFragmentsIsCopiedAFewTimesOnly() throws Exception {
        int size = 1 << 16;
        byte[] message = random(7, size);
        ByteBuffer in = oneByteFragments(message);
        long taken = allocatedBytes(() -> assertThat(reader.next(in, LIMIT)).isEqualTo(ReadResult.MESSAGE));
        assertThat(taken).isLessThan(4L * size);
        assertThat(reader.takeMessage()).isEqualTo(message);
    }

    @Test
    void pingsAndEmptyFragmentsInsideAMessageTakeNoMemoryThatGrowsWithIt() throws Exception {
        next(MaskedFrame.of(FIRST_BINARY, new byte[1 << 16]));
        ByteArrayOutputStream flood = new ByteArrayOutputStream();
        for (int i = 0; i < 10_000; i++) {
            flood.writeBytes(MaskedFrame.of(CONTINUATION, new byte[0]));
            flood.writeBytes(MaskedFrame.of(PING, new byte[0]));
        }
        ByteBuffer in = ByteBuffer.wrap(flood.toByteArray());
        long taken = allocatedBytes(() -> {
            while (reader.next(in, LIMIT) == ReadResult.PING) {
                reader.controlPayload();
            }
        });
        assertThat(in.hasRemaining()).isFalse();
        assertThat(taken).isLessThan(1 << 16);
    }

    @Test
    void aLimitThatFallsInsideAFrameDoesNotCutIt() throws Exception {
        ByteBuffer in = buffer(MaskedFrame.of(FIRST_BINARY, new byte[100]), MaskedFrame.of(CONTINUATION, new byte[1]));
        in.limit(50);
        assertThat(reader.next(in, LIMIT)).isEqualTo(ReadResult.NOTHING);
        in.limit(in.capacity());
        FrameException fault = catchThrowableOfType(FrameException.class, () -> reader.next(in, 10));
        assertThat(fault.closeCode()).isEqualTo(1009);
    }

    private interface Reading {
        void run() throws FrameException;
    }

    private static long allocatedBytes(Reading reading) throws FrameException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        reading.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static ByteBuffer oneByteFragments(byte[] message) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < message.length; i++) {
            int opcode = i == 0 ? FIRST_BINARY : i == message.length - 1 ? LAST_CONTINUATION : CONTINUATION;
            stream.writeBytes(MaskedFrame.of(opcode, new byte[] {message[i]}));
        }
        return ByteBuffer.wrap(stream.toByteArray());
    }

    @Test
    void theWrongKindOfFrameIsReported() throws Exception {
        assertThat(next(MaskedFrame.of(TEXT, new byte[] {1}))).isEqualTo(ReadResult.WRONG_OPCODE);
        assertThat(FrameReader.ofClientFrames(true).next(buffer(MaskedFrame.of(BINARY, new byte[1])), LIMIT))
                .isEqualTo(ReadResult.WRONG_OPCODE);
    }

    @Test
    void framesThatBreakTheRulesAreViolations() {
        assertThat(fault(new byte[] {(byte) BINARY, 1, 0}).reason()).contains("masked");
        assertThat(fault(MaskedFrame.of(0xC2, new byte[1])).reason()).contains("reserved bit");
        assertThat(fault(MaskedFrame.of(0x83, new byte[1])).reason()).contains("opcode 3");
        assertThat(fault(MaskedFrame.of(0x8B, new byte[1])).reason()).contains("opcode 11");
        assertThat(fault(MaskedFrame.of(0x09, new byte[1])).reason()).contains("control frame");
        assertThat(fault(MaskedFrame.of(PING, new byte[126])).reason()).contains("125 bytes");
        assertThat(fault(MaskedFrame.of(LAST_CONTINUATION, new byte[1])).reason())
                .contains("continuation");
        assertThat(fault(MaskedFrame.of(BINARY, -1, new byte[0])).reason()).contains("highest bit");
    }

    @Test
    void aMessageInsideAnotherIsAViolation() throws Exception {
        next(MaskedFrame.of(FIRST_BINARY, new byte[1]));
        assertThatThrownBy(() -> next(MaskedFrame.of(BINARY, new byte[1])))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("before the previous one ended");
    }

    @Test
    void skippedMessagesOfAnySizeLeaveTheCloseFrame() throws Exception {
        ByteBuffer in = buffer(
                MaskedFrame.of(TEXT, new byte[2 * LIMIT]),
                MaskedFrame.of(BINARY, new byte[3]),
                MaskedFrame.of(CLOSE, new byte[] {3, (byte) 0xE8}));
        reader.skipMessages();
        assertThat(reader.next(in, 10)).isEqualTo(ReadResult.CLOSE);
        assertThat(reader.controlPayload()).containsExactly(3, 0xE8);
    }

    @Test
    void randomBytesEndInAFaultOrWaitForMore() {
        for (long seed = 0; seed < 20_000; seed++) {
            ByteBuffer in = ByteBuffer.wrap(random(seed, 200));
            FrameReader fresh = FrameReader.ofClientFrames((seed & 1) == 0);
            if ((seed & 2) == 0) {
                in.put(1, (byte) (in.get(1) | 0x80));
            }
            readAll(fresh, in);
        }
    }

    private static void readAll(FrameReader reader, ByteBuffer in) {
        try {
            ReadResult found = reader.next(in, 100);
            while (found == ReadResult.MESSAGE || found == ReadResult.PING || found == ReadResult.PONG) {
                found = reader.next(in, 100);
            }
        } catch (FrameException fault) {
            assertThat(fault.closeCode()).isIn(1002, 1007, 1009);
        }
    }

    private ReadResult next(byte[] bytes) throws FrameException {
        return reader.next(ByteBuffer.wrap(bytes), LIMIT);
    }

    private FrameException fault(byte[] bytes) {
        return catchThrowableOfType(FrameException.class, () -> next(bytes));
    }

    private static ByteBuffer buffer(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return ByteBuffer.wrap(all.toByteArray());
    }

    private static byte[] random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
