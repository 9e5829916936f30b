package io.junctor.wamp.value;

import java.util.Optional;

/**
 * Immutable. The serializations a WAMP message can have, each with its WebSocket subprotocol (section "WebSocket
 * Transport").
 */
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

    /** The WebSocket subprotocol, as it stands in {@code Sec-WebSocket-Protocol}. */
    public String subprotocol() {
        return subprotocol;
    }

    /** Whether messages travel in text frames; binary frames otherwise. */
    public boolean isText() {
        return text;
    }

    /** The serializer of a WebSocket subprotocol, empty where none has that name. */
    public static Optional<Serializer> ofSubprotocol(String name) {
        for (Serializer serializer : values()) {
            if (serializer.subprotocol.equals(name)) {
                return Optional.of(serializer);
            }
        }
        return Optional.empty();
    }
}
