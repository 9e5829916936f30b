package io.junctor.conformance.websocket;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes WAMP messages that come back with the text that they carried, and recognizes what comes back. Confined to one thread.
 *
 * <p>A router gets PUBLISH and answers by PUBLISHED and, as the peer has subscribed, by EVENT; before the session is open it gets
 * HELLO and answers by WELCOME. A client gets INVOCATION and answers by YIELD.
 */
final class EchoMessages {
    /** The topic and the procedure of the cases. */
    static final String URI = "websocket.case";

    /** Which messages are exchanged. */
    enum Form {
        HELLO,
        PUBLISH,
        INVOCATION
    }

    /** What a received message is. */
    enum Reply {
        /** The next message came back. */
        ECHO,
        /** A message that belongs to an echo. */
        ACKNOWLEDGED,
        ABORT
    }

    private static final Codecs CODECS = new Codecs(new CodecLimits(64 << 20, 64, 1 << 16));
    private static final int ABORT = 3;
    private static final int PUBLISHED = 17;
    private static final Map<Form, Integer> ECHOES = Map.of(Form.HELLO, 2, Form.PUBLISH, 36, Form.INVOCATION, 70);
    /** Stands for the octets while the message is encoded. */
    private static final char PLACE = '\u007F';

    private final Codec codec;
    private final Form form;
    private final List<String> texts = new ArrayList<>();
    private long registration;
    private int requests;
    private int echoes;
    private int octetsAt;

    EchoMessages(Serializer serializer, Form form) {
        this.codec = CODECS.of(serializer);
        this.form = form;
    }

    /** The id under which the client registered the procedure. */
    void registration(long id) {
        registration = id;
    }

    Serializer serializer() {
        return codec.serializer();
    }

    /** How many messages were made. */
    int count() {
        return texts.size();
    }

    /** How many messages came back. */
    int echoes() {
        return echoes;
    }

    boolean hasAllEchoes() {
        return echoes == texts.size();
    }

    int octetsAt() {
        return octetsAt;
    }

    /** A message of exactly so many octets. */
    byte[] ofSize(int bytes) {
        requests++;
        int room = bytes - encode(message("")).length;
        for (int length = room; length >= Math.max(0, room - 8); length--) {
            String text = text(length);
            byte[] message = encode(message(text));
            if (message.length == bytes) {
                texts.add(text);
                return message;
            }
        }
        throw new IllegalArgumentException("no message has " + bytes + " octets; the shortest has " + (bytes - room));
    }

    /** A text in which each part differs from the others, so that no octet can move unnoticed. */
    private static String text(int length) {
        StringBuilder text = new StringBuilder(length + 8);
        while (text.length() < length) {
            text.append(text.length()).append(' ');
        }
        return text.substring(0, length);
    }

    /** A message with a string of these octets. */
    byte[] of(byte[] octets) {
        requests++;
        byte[] message = encode(message(String.valueOf(PLACE).repeat(octets.length)));
        octetsAt = 0;
        while (message[octetsAt] != PLACE) {
            octetsAt++;
        }
        System.arraycopy(octets, 0, message, octetsAt, octets.length);
        texts.add(new String(octets, StandardCharsets.UTF_8));
        return message;
    }

    private List<Object> message(String text) {
        return switch (form) {
            case HELLO -> List.of(1, "realm1", Map.of("roles", Map.of("caller", Map.of()), "agent", text));
            case PUBLISH -> List.of(16, requests, Map.of("acknowledge", true, "exclude_me", false), URI, List.of(text));
            case INVOCATION -> List.of(68, requests, registration, Map.of(), List.of(text));
        };
    }

    /** Says what a received message is, and checks that it is the right one. */
    Reply read(byte[] message) {
        List<@Nullable Object> elements = decode(message);
        int type = ((Number) elements.getFirst()).intValue();
        if (type == ABORT) {
            return Reply.ABORT;
        }
        if (type == PUBLISHED) {
            return Reply.ACKNOWLEDGED;
        }
        if (type != ECHOES.get(form)) {
            throw new AssertionError("received a message of type " + type);
        }
        // A client may answer invocations in any order.
        int number = form == Form.INVOCATION ? ((Number) elements.get(1)).intValue() : echoes + 1;
        echoes++;
        if (form != Form.HELLO && !List.of(texts.get(number - 1)).equals(elements.getLast())) {
            throw new AssertionError("message " + number + " came back with another text");
        }
        return Reply.ECHO;
    }

    /** Encodes any list. It is encoded as positional arguments, which have the form of a message. */
    byte[] encode(List<Object> elements) {
        try {
            Payload payload = codec.payload(Arguments.of(elements.toArray()));
            return Arrays.copyOfRange(payload.bytes(), payload.offset(), payload.offset() + payload.length());
        } catch (UnrepresentableException e) {
            throw new AssertionError(e);
        }
    }

    List<@Nullable Object> decode(byte[] message) {
        return codec.arguments(
                        Payload.of(codec.serializer(), Payload.ArgumentKinds.POSITIONAL, message, 0, message.length))
                .positional();
    }
}
