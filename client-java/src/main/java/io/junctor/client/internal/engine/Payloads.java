package io.junctor.client.internal.engine;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.RequestFailure;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.Unrepresentable;
import io.junctor.wamp.options.Passthru;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. The payloads of one session, plain or sealed. */
final class Payloads {
    private final Codec codec;
    private final PassthruCodec sealer;

    /** A payload to send, and what is said about it. */
    record Written(Payload payload, @Nullable Passthru passthru) {}

    Payloads(Codec codec, PassthruCodec sealer) {
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
     * @throws RequestFailure if it cannot be made; {@code label} names what it is for
     */
    Written write(String label, Arguments arguments, @Nullable String scheme) {
        PassthruCodec.Sealed sealed = scheme == null ? null : sealer.seal(scheme, arguments);
        try {
            return sealed == null
                    ? new Written(codec.payload(arguments), null)
                    : new Written(codec.payload(sealed.arguments()), sealed.passthru());
        } catch (Unrepresentable problem) {
            throw RequestFailure.of(WampError.INVALID_PAYLOAD, label + ": " + problem.getMessage(), problem);
        }
    }
}
