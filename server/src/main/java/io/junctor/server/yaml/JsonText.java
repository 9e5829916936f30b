package io.junctor.server.yaml;

import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.CodecLimits;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;

/** Tells whether a text of the file is JSON. */
final class JsonText {
    private JsonText() {}

    static boolean isJson(String text) {
        byte[] bytes = ("[" + text + "]").getBytes(StandardCharsets.UTF_8);
        try {
            return new Codecs(CodecLimits.DEFAULT)
                            .arguments(Payload.of(
                                    Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, bytes, 0, bytes.length))
                            .positional()
                            .size()
                    == 1;
        } catch (ProtocolViolation notJson) {
            return false;
        }
    }
}
