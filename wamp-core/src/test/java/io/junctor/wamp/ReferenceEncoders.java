package io.junctor.wamp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** Reference encoders: Jackson for JSON and CBOR, msgpack-core for MessagePack. */
final class ReferenceEncoders {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper CBOR = new CBORMapper();

    private ReferenceEncoders() {}

    static byte[] encode(JsonNode value, Serializer serializer) {
        try {
            return switch (serializer) {
                case JSON -> JSON.writeValueAsBytes(value);
                case CBOR -> CBOR.writeValueAsBytes(value);
                case MSGPACK -> msgpack(value);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] msgpack(JsonNode value) throws IOException {
        try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
            pack(value, packer);
            return packer.toByteArray();
        }
    }

    private static void pack(JsonNode value, MessageBufferPacker packer) throws IOException {
        switch (value.getNodeType()) {
            case ARRAY -> {
                packer.packArrayHeader(value.size());
                for (JsonNode element : value) {
                    pack(element, packer);
                }
            }
            case OBJECT -> {
                packer.packMapHeader(value.size());
                for (var entry : value.properties()) {
                    packer.packString(entry.getKey());
                    pack(entry.getValue(), packer);
                }
            }
            case BOOLEAN -> packer.packBoolean(value.booleanValue());
            case NUMBER -> number(value, packer);
            case STRING -> packer.packString(value.textValue());
            case NULL -> packer.packNil();
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("no JSON value");
        }
    }

    private static void number(JsonNode value, MessageBufferPacker packer) throws IOException {
        if (value.isFloatingPointNumber()) {
            packer.packDouble(value.doubleValue());
        } else {
            packer.packBigInteger(new BigInteger(value.asText()));
        }
    }
}
