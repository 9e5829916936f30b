package io.junctor.wamp.codec;

import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Message;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Payload.ArgumentKinds;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Serializer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes and decodes WAMP messages in any {@link WireFormat}. Thread-safe. */
public final class MessageCodec implements Codec {
    /** The initial capacity of the buffer for a message; sufficient for most envelopes. */
    private static final int ENVELOPE_BYTES = 96;
    /** The initial capacity of the buffer for a message that announces all roles and features. */
    private static final int WELCOME_BYTES = 1 << 11;

    /** The initial capacity of the buffer for a payload; sufficient for most payloads. */
    private static final int PAYLOAD_BYTES = 160;

    /**
     * A codec calls itself for each level. Whether the levels that the limit allows fit onto the stack of a thread depends on the thread, and on
     * how the JVM has compiled the codec.
     */
    private static final String TOO_DEEP = "nesting deeper than the stack of the thread allows";

    private final WireFormat format;
    private final CodecLimits limits;
    private final OptionsCache optionsCache = new OptionsCache();
    private final UriCache uriCache = new UriCache();
    private final EncodedRoles announced;

    /** Creates a codec that refuses messages over {@code limits}. */
    public MessageCodec(WireFormat format, CodecLimits limits) {
        this.format = format;
        this.limits = limits;
        this.announced = new EncodedRoles(format, limits);
    }

    @Override
    public Serializer serializer() {
        return format.serializer();
    }

    @Override
    public FromClient decodeFromClient(byte[] message) {
        try {
            return new MessageReader(reader(message), format, optionsCache, uriCache).fromClient();
        } catch (StackOverflowError deep) {
            throw tooDeep();
        }
    }

    @Override
    public FromRouter decodeFromRouter(byte[] message) {
        try {
            return new MessageReader(reader(message), format, optionsCache, uriCache).fromRouter();
        } catch (StackOverflowError deep) {
            throw tooDeep();
        }
    }

    @Override
    public byte[] encode(Message message) throws UnrepresentableException {
        return encode(message, message.payload());
    }

    /**
     * Encodes a message with another payload instead of its own.
     *
     * @throws UnrepresentableException if this serialization cannot express a value in its options or details
     * @throws IllegalArgumentException if {@code payload} is of another serialization
     */
    public byte[] encode(Message message, Payload payload) throws UnrepresentableException {
        requireFitting(payload);
        int capacity = message instanceof Welcome ? WELCOME_BYTES : ENVELOPE_BYTES;
        return new MessageWriter(format.writer(capacity, limits), payload, announced).write(message);
    }

    @Override
    public Payload payload(Arguments arguments) throws UnrepresentableException {
        return payload(arguments.positional(), arguments.keywords());
    }

    @Override
    public Arguments arguments(Payload payload) {
        if (payload.isAbsent()) {
            return Arguments.NONE;
        }
        try {
            return presentArguments(payload);
        } catch (StackOverflowError deep) {
            throw tooDeep();
        }
    }

    private Arguments presentArguments(Payload payload) {
        WireReader in = reader(payload);
        Arguments arguments = new Arguments(in.list("Arguments"), keywords(in, payload));
        if (in.unsupported() != null) {
            throw new ProtocolViolationException(
                    ArgumentLocator.unsupported(arguments) + ": " + in.unsupported() + " cannot be decoded");
        }
        return arguments;
    }

    /**
     * Transcodes a payload of another serialization to this one.
     *
     * @throws UnrepresentableException if this serialization cannot express one of its values, or they are nested more deeply than the stack of
     *     the thread allows
     */
    public Payload transcode(Payload payload, MessageCodec source) throws UnrepresentableException {
        if (payload.fits(serializer())) {
            return payload;
        }
        try {
            return transcodePresent(payload, source.reader(payload));
        } catch (StackOverflowError deep) {
            throw new UnrepresentableException(TOO_DEEP);
        }
    }

    private Payload transcodePresent(Payload payload, WireReader in) throws UnrepresentableException {
        if (serializer() != Serializer.JSON) {
            in.preserveKeyTypes();
        }
        List<@Nullable Object> positional = in.list("Arguments");
        Map<String, @Nullable Object> keywords = keywords(in, payload);
        int capacity = payload.length() + ENVELOPE_BYTES;
        boolean hasKeywords = payload.argumentKinds() == ArgumentKinds.KEYWORDS;
        byte[] bytes = format.writer(capacity, limits).payload(positional, keywords, hasKeywords);
        return Payload.of(serializer(), payload.argumentKinds(), bytes, 0, bytes.length);
    }

    /**
     * Returns Arguments and ArgumentsKw of a payload of this serialization, if the payload contains them, each as one encoded element.
     *
     * @throws UnrepresentableException if they are nested more deeply than the stack of the thread allows
     * @throws IllegalArgumentException if {@code payload} is of another serialization
     */
    public List<EncodedElement> elements(Payload payload) throws UnrepresentableException {
        if (payload.isAbsent()) {
            return List.of();
        }
        try {
            return elements(payload, reader(payload));
        } catch (StackOverflowError deep) {
            throw new UnrepresentableException(TOO_DEEP);
        }
    }

    private List<EncodedElement> elements(Payload payload, WireReader in) {
        int from = in.position();
        in.skipList("Arguments");
        EncodedElement positional = new EncodedElement(serializer(), payload.bytes(), from, in.position());
        if (payload.argumentKinds() != ArgumentKinds.KEYWORDS) {
            return List.of(positional);
        }
        in.separator();
        int fromKeywords = in.position();
        in.skipDict("ArgumentsKw");
        return List.of(positional, new EncodedElement(serializer(), payload.bytes(), fromKeywords, in.position()));
    }

    /**
     * Checks the bytes of a payload of this serialization, as decoding a message checks its arguments.
     *
     * @throws ProtocolViolationException if the bytes are not such arguments
     * @throws IllegalArgumentException if {@code payload} is of another serialization
     */
    public void check(Payload payload) {
        if (payload.isAbsent()) {
            return;
        }
        WireReader in = reader(payload);
        try {
            in.skipArguments();
            if (payload.argumentKinds() == ArgumentKinds.KEYWORDS) {
                in.separator();
                in.skipKeywords();
            }
            in.end();
        } catch (StackOverflowError deep) {
            throw tooDeep();
        }
        if (in.invalidValue() != null) {
            throw new ProtocolViolationException(in.invalidValue() + " at byte " + in.invalidAt());
        }
    }

    private static ProtocolViolationException tooDeep() {
        return new ProtocolViolationException(TOO_DEEP);
    }

    private Payload payload(Collection<?> positional, Map<?, ?> keywords) throws UnrepresentableException {
        if (positional.isEmpty() && keywords.isEmpty()) {
            return Payload.NONE;
        }
        boolean hasKeywords = !keywords.isEmpty();
        byte[] bytes = format.writer(PAYLOAD_BYTES, limits).payload(positional, keywords, hasKeywords);
        ArgumentKinds shape = hasKeywords ? ArgumentKinds.KEYWORDS : ArgumentKinds.POSITIONAL;
        return Payload.of(serializer(), shape, bytes, 0, bytes.length);
    }

    private WireReader reader(byte[] message) {
        if (message.length > limits.messageBytes()) {
            throw new ProtocolViolationException("a message of " + message.length + " bytes exceeds the limit of "
                    + limits.messageBytes() + " bytes");
        }
        return format.reader(message, 0, message.length, limits);
    }

    private WireReader reader(Payload payload) {
        requireFitting(payload);
        int from = payload.offset();
        return format.reader(payload.bytes(), from, from + payload.length(), limits);
    }

    private static Map<String, @Nullable Object> keywords(WireReader in, Payload payload) {
        if (payload.argumentKinds() != ArgumentKinds.KEYWORDS) {
            return Map.of();
        }
        in.separator();
        return in.map("ArgumentsKw");
    }

    private void requireFitting(Payload payload) {
        if (!payload.fits(serializer())) {
            throw new IllegalArgumentException(payload + " cannot be put into a message in " + serializer());
        }
    }
}
