package io.junctor.conformance.websocket;

import static io.junctor.conformance.websocket.Expectation.ABORTED;
import static io.junctor.conformance.websocket.Expectation.ANSWERED;
import static io.junctor.conformance.websocket.Expectation.PROTOCOL_ERROR;
import static io.junctor.conformance.websocket.Script.FIN;

import io.junctor.wamp.value.Serializer;
import io.junctor.websocket.Opcode;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Cases about messages in several frames. */
final class FragmentationCases {
    private static final byte[] NOTHING = {};
    private static final int SIZE = 140;

    private FragmentationCases() {}

    static CaseGroup fragmentation() {
        CaseGroup group = new CaseGroup("Messages in several frames", "frag");
        for (Serializer serializer : Serializer.values()) {
            group.in(serializer);
            right(group, serializer + " message");
            sequences(group, serializer + " message");
        }
        group.in(Serializer.JSON);
        wrong(group);
        within(group);
        return group;
    }

    private static void right(CaseGroup group, String message) {
        String section = "6455-5.4";
        for (int end : new int[] {1, SIZE / 2, SIZE - 1}) {
            group.add(
                    section,
                    "a " + message + " in two frames, the first with " + end + " octets",
                    ANSWERED,
                    s -> s.fragments(s.message(SIZE), end));
        }
        group.add(section, "a " + message + " in three frames", ANSWERED, s -> s.fragments(s.message(SIZE), 33, 99));
        group.add(
                section,
                "a " + message + " with one octet in each frame",
                ANSWERED,
                s -> s.fragments(s.message(SIZE), each()));
        group.add(
                section,
                "a " + message + " with one octet in each frame and in each write",
                ANSWERED,
                s -> s.pieces(1).fragments(s.message(SIZE), each()));
        group.add(
                section,
                "a " + message + " whose first frame is empty",
                ANSWERED,
                s -> s.fragments(s.message(SIZE), 0));
        group.add(
                section,
                "a " + message + " whose last frame is empty",
                ANSWERED,
                s -> s.fragments(s.message(SIZE), SIZE));
    }

    private static void sequences(CaseGroup group, String message) {
        String section = "6455-5.4";
        group.add(
                section,
                "a " + message + " with empty frames in the middle",
                ANSWERED,
                s -> s.fragments(s.message(SIZE), 70, 70, 70));
        group.add(
                section,
                "a " + message + " of 65,536 octets in frames of 1,000",
                ANSWERED,
                s -> s.fragments(
                        s.message(65_536),
                        IntStream.range(1, 66).map(i -> 1_000 * i).toArray()));
        group.add(
                section,
                "two messages in frames one after the other (" + message + ")",
                ANSWERED,
                s -> s.fragments(s.message(SIZE), 50).fragments(s.message(SIZE + 1), 90));
        group.add(
                section,
                "a " + message + " in two frames, then one in one frame",
                ANSWERED,
                s -> s.fragments(s.message(SIZE), 50).whole(s.message()));
        group.add(section, "a " + message + " in two frames, the second after a ping and its answer", ANSWERED, s -> {
            byte[] all = s.message(SIZE);
            s.first(Arrays.copyOf(all, 50)).ping("between").awaitPong().last(Arrays.copyOfRange(all, 50, SIZE));
        });
    }

    private static int[] each() {
        return IntStream.range(1, SIZE).toArray();
    }

    private static void wrong(CaseGroup group) {
        String section = "6455-5.4";
        group.add(
                section,
                "a message of empty frames only",
                ABORTED,
                s -> s.first(NOTHING).middle(NOTHING).last(NOTHING));
        group.add(section, "a last frame without a first one", PROTOCOL_ERROR, s -> s.last(s.message()));
        group.add(section, "a middle frame without a first one", PROTOCOL_ERROR, s -> s.middle(s.message()));
        group.add(section, "an empty last frame without a first one", PROTOCOL_ERROR, s -> s.last(NOTHING));
        group.add(
                section,
                "a last frame without a first one, in writes of one octet",
                PROTOCOL_ERROR,
                s -> s.pieces(1).last(NOTHING));
        group.add(
                section,
                "a last frame after a message in one frame",
                PROTOCOL_ERROR,
                s -> s.whole(s.message()).awaitEchoes().last(s.message()));
        group.add(
                section,
                "a middle frame after a message in one frame",
                PROTOCOL_ERROR,
                s -> s.whole(s.message()).awaitEchoes().middle(s.message()));
        group.add(
                section,
                "a second last frame after a message in frames",
                PROTOCOL_ERROR,
                s -> s.fragments(s.message(SIZE), 50).awaitEchoes().last(NOTHING));
        group.add(
                section,
                "a last frame without a first one after a ping",
                PROTOCOL_ERROR,
                s -> s.ping("x").awaitPong().last(s.message()));
    }

    private static void within(CaseGroup group) {
        String section = "6455-5.4";
        group.add(
                section,
                "a message in one frame within a message in frames",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).whole(s.message()));
        group.add(
                section,
                "a first frame after a first frame",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).first(s.message()));
        group.add(
                section,
                "a first frame after a middle frame",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).middle(NOTHING).first(s.message()));
        group.add(
                section,
                "a message of the other opcode within a message in frames",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).frame(FIN | Opcode.BINARY, NOTHING));
        group.add(
                section,
                "a message within a message, after a ping and its answer",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).ping("x").awaitPong().whole(s.message()));
        group.add(
                section,
                "a first frame of the other opcode within a message in frames",
                PROTOCOL_ERROR,
                s -> s.first(s.message()).frame(Opcode.BINARY, NOTHING));
    }
}
