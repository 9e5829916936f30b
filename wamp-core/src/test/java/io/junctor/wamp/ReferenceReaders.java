package io.junctor.wamp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

/** Reference decoders: Jackson for JSON and CBOR, msgpack-core for MessagePack. */
final class ReferenceReaders {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS);
    private static final ObjectMapper CBOR = CBORMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** The result for a decoder that failed with an undocumented exception. */
    static final String FAULT = "a fault of another reader";

    private static final Pattern LONE_SURROGATE =
            Pattern.compile("(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])");

    private ReferenceReaders() {}

    /** True if a list contains a CBOR value with a tag; the decoders return different values for such a list. */
    static boolean hasTag(byte[] list) throws IOException {
        try (CBORParser parser = new CBORFactory().createParser(list)) {
            while (parser.nextToken() != null) {
                if (parser.getCurrentTag() >= 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Decodes the one value in {@code bytes} to the types of our decoders, with fractions as doubles.
     *
     * @throws IOException if the bytes are not one value
     */
    static @Nullable Object read(byte[] bytes, Serializer serializer) throws IOException {
        try {
            return switch (serializer) {
                case JSON -> plain(JSON.readTree(bytes));
                case CBOR -> plain(CBOR.readTree(bytes));
                case MSGPACK -> msgpack(bytes);
            };
        } catch (RuntimeException e) {
            throw new IOException(FAULT, e);
        }
    }

    /** Converts the fractions of our value to doubles. */
    static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.doubleValue();
            case List<?> list -> {
                List<@Nullable Object> result = new ArrayList<>();
                list.forEach(element -> result.add(plain(element)));
                yield result;
            }
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> result = new LinkedHashMap<>();
                map.forEach((key, element) -> result.put(key, plain(element)));
                yield result;
            }
            case null -> null;
            default -> value;
        };
    }

    private static Object integer(BigInteger value) {
        return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
    }

    /** Returns binary data if a JSON string stands for it. */
    private static Object text(String text) throws IOException {
        if (text.isEmpty() || text.charAt(0) != 0) {
            return LONE_SURROGATE.matcher(text).replaceAll("\uFFFD");
        }
        try {
            return Base64.getDecoder().decode(text.substring(1));
        } catch (IllegalArgumentException e) {
            throw new IOException(e);
        }
    }

    private static @Nullable Object plain(JsonNode node) throws IOException {
        return switch (node.getNodeType()) {
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (JsonNode element : node) {
                    list.add(plain(element));
                }
                yield list;
            }
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    map.put(LONE_SURROGATE.matcher(entry.getKey()).replaceAll("\uFFFD"), plain(entry.getValue()));
                }
                yield map;
            }
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.isIntegralNumber() ? integer(node.bigIntegerValue()) : (Object) node.doubleValue();
            case STRING -> text(node.textValue());
            case BINARY -> node.binaryValue();
            case NULL -> null;
            case MISSING, POJO -> throw new IOException("no value");
        };
    }

    private static @Nullable Object msgpack(byte[] bytes) throws IOException {
        try (MessageUnpacker whole = MessagePack.newDefaultUnpacker(bytes);
                MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
            // Unlike unpackValue, this does not trust announced lengths.
            whole.skipValue();
            if (whole.hasNext()) {
                throw new IOException("more than one value");
            }
            return plain(unpacker.unpackValue());
        }
    }

    private static @Nullable Object plain(Value value) throws IOException {
        return switch (value.getValueType()) {
            case NIL -> null;
            case BOOLEAN -> value.asBooleanValue().getBoolean();
            case INTEGER -> integer(value.asIntegerValue().asBigInteger());
            case FLOAT -> value.asFloatValue().toDouble();
            case STRING -> value.asStringValue().asString();
            case BINARY -> value.asBinaryValue().asByteArray();
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (Value element : value.asArrayValue()) {
                    list.add(plain(element));
                }
                yield list;
            }
            case MAP -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (Map.Entry<Value, Value> entry : value.asMapValue().entrySet()) {
                    map.put(String.valueOf(plain(entry.getKey())), plain(entry.getValue()));
                }
                yield map;
            }
            case EXTENSION -> throw new IOException(FAULT);
        };
    }
}
