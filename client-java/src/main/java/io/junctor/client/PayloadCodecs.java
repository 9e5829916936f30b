package io.junctor.client;

import io.junctor.client.internal.PassthruCodec;
import io.junctor.client.internal.RequestException;
import io.junctor.wamp.options.PassthruOptions;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Optional;

/** The payload codecs of a client. Thread-safe. */
final class PayloadCodecs implements PassthruCodec {
    private final List<PayloadCodec> codecs;
    private final ValueConverter converter;

    PayloadCodecs(List<PayloadCodec> codecs, ValueConverter converter) {
        this.codecs = codecs;
        this.converter = converter;
    }

    boolean isEmpty() {
        return codecs.isEmpty();
    }

    @Override
    public Arguments open(PassthruOptions passthru, byte[] bytes) {
        String label = "a payload of scheme '" + passthru.scheme() + "'";
        PayloadCodec codec = codec(passthru.scheme())
                .orElseThrow(() -> new ProtocolViolationException(label + " cannot be opened: no codec for it"));
        try {
            SealedPayload payload =
                    new SealedPayload(bytes, passthru.serializer(), passthru.cipher(), passthru.keyId());
            return converter.write(codec.open(payload));
        } catch (WampException problem) {
            throw new ProtocolViolationException(label + " cannot be opened: " + problem.getMessage());
        } catch (Exception problem) {
            throw new ProtocolViolationException(
                    label + " cannot be opened: " + problem.getClass().getSimpleName());
        }
    }

    @Override
    public SealedArguments seal(String scheme, Arguments arguments) {
        PayloadCodec codec = codec(scheme)
                .orElseThrow(() -> RequestException.of(
                        WampError.INVALID_PAYLOAD,
                        "the client has no payload codec" + (scheme.isEmpty() ? "" : " for scheme '" + scheme + "'")));
        try {
            SealedPayload sealed = codec.seal(Args.received(arguments));
            PassthruOptions passthru =
                    new PassthruOptions(codec.scheme(), sealed.serializer(), sealed.cipher(), sealed.keyId());
            return new SealedArguments(passthru, Arguments.of((Object) sealed.bytes()));
        } catch (Exception problem) {
            throw RequestException.of(
                    WampError.INVALID_PAYLOAD, "the payload codec could not encode the arguments", problem);
        }
    }

    /** Returns the codec of a scheme, or the first codec if {@code scheme} is empty. */
    private Optional<PayloadCodec> codec(String scheme) {
        return codecs.stream()
                .filter(codec -> scheme.isEmpty() || codec.scheme().equals(scheme))
                .findFirst();
    }
}
