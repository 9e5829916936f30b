package io.junctor.server.gateway.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the JSON of HTTP bodies, which is the JSON of WAMP messages (section "JSON"): binary values are strings that
 * begin with U+0000. Numbers keep all their digits. Thread-safe.
 */
public final class WampJson {
    private static final int MOST_DIGITS = 1_000;
    /** Reads messages of the router, which has already applied its limits to them; the enclosing lists add one level of nesting each. */
    private static final JsonMapper FROM_ROUTER = mapper(StreamReadConstraints.builder()
            .maxNestingDepth(1_010)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build());

    private final JsonMapper mapper;

    /** Creates a codec that refuses values nested deeper than {@code depth}, and numbers with more than 1,000 digits. */
    public WampJson(int depth) {
        this.mapper = mapper(StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(MOST_DIGITS)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
    }

    /** Returns whether a media type, in lower case and without parameters, means JSON (RFC 6839). */
    public static boolean isMediaType(String type) {
        return type.equals("application/json") || type.endsWith("+json");
    }

    private static JsonMapper mapper(StreamReadConstraints constraints) {
        JsonFactory factory =
                JsonFactory.builder().streamReadConstraints(constraints).build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }

    /** Returns a new list. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** Returns a new map. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Returns a binary value in the form that the JSON of WAMP defines. */
    public static JsonNode binary(byte[] octets) {
        return JsonNodeFactory.instance.textNode("\0" + Base64.getEncoder().encodeToString(octets));
    }

    /** Returns a map of options or details. */
    public static ObjectNode object(Dict dict) {
        return FROM_ROUTER.valueToTree(dict.entries());
    }

    /** Parses a text; null if it is not JSON or nested too deeply. The parser's message is discarded, because it may contain a secret. */
    public @Nullable JsonNode read(byte[] utf8) {
        try {
            JsonNode node = mapper.readTree(utf8);
            return node.isMissingNode() ? null : node;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** Returns a value as text; null if the value contains a string that UTF-8 cannot represent. */
    public byte @Nullable [] write(JsonNode node) {
        try {
            return mapper.writeValueAsBytes(node);
        } catch (JsonProcessingException loneSurrogate) {
            return null;
        }
    }

    /** Returns the Arguments and ArgumentsKw of a JSON payload, those that it contains, as one list. */
    static ArrayNode arguments(Payload payload) {
        if (payload.isAbsent()) {
            return array();
        }
        String slice = new String(payload.bytes(), payload.offset(), payload.length(), StandardCharsets.UTF_8);
        try {
            return (ArrayNode) FROM_ROUTER.readTree("[" + slice + "]");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the router has checked the arguments", e);
        }
    }
}
