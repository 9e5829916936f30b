package io.junctor.server.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compares the shipped schema with the tables of keys; {@code -Dschema.write} writes it anew. */
class JsonSchemaTest {
    private static final Path FILE = Path.of("..", "docs", "realms.schema.json");

    @Test
    void shippedSchemaIsWhatTheReaderReads() throws IOException {
        String schema = new JsonSchemaOfFile(ConfigurationPage.read()).text();
        if (System.getProperty("schema.write") != null) {
            Files.writeString(FILE, schema);
        }

        assertThat(FILE).hasContent(schema);
    }
}
