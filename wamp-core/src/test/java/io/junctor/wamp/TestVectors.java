package io.junctor.wamp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.junctor.wamp.value.Serializer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * Test vectors: messages with their encodings by Python's json, msgpack and cbor2, from {@code vectors.json} and from
 * the file that the property {@code wamp.vectors} names.
 */
final class TestVectors {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Samples that do not apply, each with the reason. */
    private static final Map<String, String> SKIPPED = Map.ofEntries(
            Map.entry("event#1", "octets in place of Arguments are a violation"),
            Map.entry("event#3", "octets in place of Arguments are a violation"),
            Map.entry("publish#1", "octets in place of Arguments are a violation"),
            Map.entry("publish#3", "octets in place of Arguments are a violation"),
            Map.entry("event#22", "octets in place of Arguments are a violation"),
            Map.entry("event#23", "octets in place of Arguments are a violation"),
            Map.entry("event#24", "octets in place of Arguments are a violation"),
            Map.entry("publish#39", "octets in place of Arguments are a violation"),
            Map.entry("publish#40", "octets in place of Arguments are a violation"),
            Map.entry("publish#41", "octets in place of Arguments are a violation"),
            Map.entry("eventreceived#0", "no such message is announced"),
            Map.entry("event#16", "transaction_hash is an unknown key"),
            Map.entry("publish#35", "transaction_hash is an unknown key"),
            Map.entry("event#18", "x_acknowledged_delivery is an unknown key"));

    private TestVectors() {}

    /** Returns the samples of {@code kind} by name. */
    static Stream<Named<JsonNode>> of(String kind) {
        return all().stream()
                .filter(sample -> sample.path("kind").asText().equals(kind))
                .filter(sample -> !SKIPPED.containsKey(sample.path("id").asText()))
                .map(sample -> Named.of(sample.path("id").asText(), sample));
    }

    /** Returns every encoding of a sample in {@code serializer}. */
    static List<byte[]> variants(JsonNode sample, Serializer serializer) {
        List<byte[]> result = new ArrayList<>();
        sample.path(serializer.name().toLowerCase(Locale.ROOT))
                .forEach(hex -> result.add(HexFormat.of().parseHex(hex.asText())));
        return result;
    }

    private static List<JsonNode> all() {
        List<JsonNode> result = new ArrayList<>();
        try (InputStream own = Objects.requireNonNull(TestVectors.class.getResourceAsStream("/vectors.json"))) {
            MAPPER.readTree(own).forEach(result::add);
            String further = System.getProperty("wamp.vectors", "");
            if (!further.isEmpty()) {
                MAPPER.readTree(Files.readAllBytes(Path.of(further))).forEach(result::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result;
    }
}
