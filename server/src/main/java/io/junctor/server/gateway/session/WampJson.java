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
    /** What the router sends has passed its limits; each list around the arguments is one level more. */
    private static final JsonMapper FROM_ROUTER = mapper(StreamReadConstraints.builder()
            .maxNestingDepth(1_010)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build());

    private final JsonMapper mapper;

    /** Refuses values that are nested deeper than {@code depth}, and numbers of more than 1,000 digits. */
    public WampJson(int depth) {
        this.mapper = mapper(StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(MOST_DIGITS)
                .maxStringLength(Integer.MAX_VALUE)
                .build());
    }

    /** Whether bodies of a media type, in lower case and without parameters, are JSON (RFC 6839). */
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

    /** A new list. */
    public static ArrayNode array() {
        return JsonNodeFactory.instance.arrayNode();
    }

    /** A new map. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A binary value, as the JSON of WAMP has it. */
    public static JsonNode binary(byte[] octets) {
        return JsonNodeFactory.instance.textNode("\0" + Base64.getEncoder().encodeToString(octets));
    }

    /** A map of options or details. */
    public static ObjectNode object(Dict dict) {
        return FROM_ROUTER.valueToTree(dict.entries());
    }

    /** The value of a text; null if it is no JSON value, or nested too deep. The text of the failure is not kept: it may be secret. */
    public @Nullable JsonNode read(byte[] utf8) {
        try {
            JsonNode node = mapper.readTree(utf8);
            return node.isMissingNode() ? null : node;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** The text of a value; null if a string in it cannot be written in UTF-8. */
    public byte @Nullable [] write(JsonNode node) {
        try {
            return mapper.writeValueAsBytes(node);
        } catch (JsonProcessingException loneSurrogate) {
            return null;
        }
    }

    /** Arguments and ArgumentsKw of a JSON payload, as far as there are any, as one list. */
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
