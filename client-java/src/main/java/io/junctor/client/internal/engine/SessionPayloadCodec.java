package io.junctor.client.internal.engine;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.RequestException;
import io.junctor.wamp.codec.Codec;
import io.junctor.wamp.codec.UnrepresentableException;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import org.jspecify.annotations.Nullable;

/** Reads and writes the payloads of one session, plain or by a passthru codec. Thread-safe. */
final class SessionPayloadCodec {
    private final Codec codec;
    private final PassthruCodec sealer;

    /** A payload to send, and its {@code ppt_*} options. */
    record EncodedPayload(Payload payload, @Nullable PassthruOptions passthru) {}

    SessionPayloadCodec(Codec codec, PassthruCodec sealer) {
        this.codec = codec;
        this.sealer = sealer;
    }

    /**
     * Returns the arguments of a received payload.
     *
     * @param passthru the {@code ppt_*} options of the message, or null
     * @throws ProtocolViolationException if the payload cannot be read
     */
    Arguments read(Payload payload, @Nullable PassthruOptions passthru) {
        Arguments arguments = codec.arguments(payload);
        if (passthru == null) {
            return arguments;
        }
        boolean single =
                arguments.positional().size() == 1 && arguments.keywords().isEmpty();
        if (!single || !(arguments.positional().getFirst() instanceof byte[] bytes)) {
            throw new ProtocolViolationException("a payload with ppt_scheme must be one binary argument");
        }
        return sealer.open(passthru, bytes);
    }

    /** Returns the payload of plain arguments. */
    Payload write(Arguments arguments) throws UnrepresentableException {
        return codec.payload(arguments);
    }

    /**
     * Returns the payload of arguments, encoded by the codec of {@code scheme}, or plain if {@code scheme} is null.
     *
     * @param label the name of the request in the failure
     * @throws RequestException if the arguments cannot be encoded
     */
    EncodedPayload write(String label, Arguments arguments, @Nullable String scheme) {
        PassthruCodec.SealedArguments sealed = scheme == null ? null : sealer.seal(scheme, arguments);
        try {
            return sealed == null
                    ? new EncodedPayload(codec.payload(arguments), null)
                    : new EncodedPayload(codec.payload(sealed.arguments()), sealed.passthru());
        } catch (UnrepresentableException problem) {
            throw RequestException.of(WampError.INVALID_PAYLOAD, label + ": " + problem.getMessage(), problem);
        }
    }
}
