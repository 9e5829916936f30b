package io.junctor.client.engine;

import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. The payloads of one session, plain or sealed. */
final class Contents {
    private final Codec codec;
    private final Sealer sealer;

    /** A payload to send, and what is said about it. */
    record Written(Payload payload, @Nullable Passthru passthru) {}

    Contents(Codec codec, Sealer sealer) {
        this.codec = codec;
        this.sealer = sealer;
    }

    /**
     * The arguments of a payload that came with {@code passthru}, or without.
     *
     * @throws ProtocolViolation if they cannot be read
     */
    Arguments read(Payload payload, @Nullable Passthru passthru) {
        Arguments arguments = codec.arguments(payload);
        if (passthru == null) {
            return arguments;
        }
        boolean single =
                arguments.positional().size() == 1 && arguments.keywords().isEmpty();
        if (!single || !(arguments.positional().getFirst() instanceof byte[] bytes)) {
            throw new ProtocolViolation("a payload with ppt_scheme must be one binary argument");
        }
        return sealer.open(passthru, bytes);
    }

    /** The payload of plain arguments. */
    Payload write(Arguments arguments) throws Unrepresentable {
        return codec.payload(arguments);
    }

    /**
     * The payload of arguments sealed by the codec of {@code scheme}; plain where that is null.
     *
     * @throws Failure if it cannot be made; {@code label} names what it is for
     */
    Written write(String label, Arguments arguments, @Nullable String scheme) {
        Sealer.Sealed sealed = scheme == null ? null : sealer.seal(scheme, arguments);
        try {
            return sealed == null
                    ? new Written(codec.payload(arguments), null)
                    : new Written(codec.payload(sealed.arguments()), sealed.passthru());
        } catch (Unrepresentable problem) {
            throw Failure.of(WampError.INVALID_PAYLOAD, label + ": " + problem.getMessage(), problem);
        }
    }
}
