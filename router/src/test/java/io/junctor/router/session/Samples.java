package io.junctor.router.session;

import io.junctor.wamp.message.Event;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.EventDetails;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.nio.charset.StandardCharsets;

/** Messages for the tests. */
public final class Samples {
    /** An integer that MessagePack has no form for. */
    public static final Payload BEYOND_MESSAGEPACK = json("[123456789012345678901234567890]");

    private Samples() {}

    /** Arguments written as JSON. */
    public static Payload json(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Payload.of(Serializer.JSON, Payload.ArgumentKinds.POSITIONAL, bytes, 0, bytes.length);
    }

    /** Arguments of exactly so many bytes in JSON. */
    public static Payload ofBytes(int bytes) {
        return json("[\"" + "x".repeat(bytes - 4) + "\"]");
    }

    /** The arguments as they stand in JSON. */
    public static String text(Payload payload) {
        return new String(payload.bytes(), payload.offset(), payload.length(), StandardCharsets.UTF_8);
    }

    public static Result result(long request, Payload payload) {
        return new Result(request, ResultDetails.FINAL, payload);
    }

    public static Event event(long publication, Payload payload) {
        return new Event(1, publication, EventDetails.NONE, payload);
    }
}
