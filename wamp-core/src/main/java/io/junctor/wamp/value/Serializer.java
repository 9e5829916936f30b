package io.junctor.wamp.value;

import java.util.Optional;

/** The serializations of WAMP messages with their WebSocket subprotocols (section "WebSocket Transport"). */
public enum Serializer {
    /** UTF-8 JSON in text frames. */
    JSON("wamp.2.json", true),
    /** MessagePack, version 5 types, in binary frames. */
    MSGPACK("wamp.2.msgpack", false),
    /** CBOR (RFC 8949) in binary frames. */
    CBOR("wamp.2.cbor", false);

    private final String subprotocol;
    private final boolean text;

    Serializer(String subprotocol, boolean text) {
        this.subprotocol = subprotocol;
        this.text = text;
    }

    /** The WebSocket subprotocol, as in {@code Sec-WebSocket-Protocol}. */
    public String subprotocol() {
        return subprotocol;
    }

    /** True if messages are sent in text frames, false if they are sent in binary frames. */
    public boolean isText() {
        return text;
    }

    /** Returns the serializer of a WebSocket subprotocol, or empty if the name is unknown. */
    public static Optional<Serializer> ofSubprotocol(String name) {
        for (Serializer serializer : values()) {
            if (serializer.subprotocol.equals(name)) {
                return Optional.of(serializer);
            }
        }
        return Optional.empty();
    }
}
