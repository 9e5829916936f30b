package io.junctor.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class JsonLogEncoderTest {
    private final LoggerContext context = new LoggerContext();

    @Test
    void anEntryIsOneObjectWithItsPairs() {
        LoggingEvent entry = entry("session {} left\r\n{\"x\":1}", new IllegalStateException("stop"), 7L);
        entry.setKeyValuePairs(List.of(
                new KeyValuePair("session", 7L),
                new KeyValuePair("authid", "a\"\u00e9"),
                new KeyValuePair("none", null)));
        String line = text(JsonLogEncoder.Content.LOG, entry);
        assertThat(line)
                .hasLineCount(1)
                .startsWith("{\"time\":\"1970-01-01T00:00:01.234Z\",\"level\":\"WARN\",\"logger\":\"io.junctor.test\","
                        + "\"message\":\"session 7 left\\u000d\\u000a{\\u0022x\\u0022:1}\","
                        + "\"session\":7,\"authid\":\"a\\u0022\\u00e9\","
                        + "\"stack_trace\":\"java.lang.IllegalStateException: stop\\u000a")
                .endsWith("\"}\n");
    }

    @Test
    void linesOfTheAuditLogAreObjectsWithATime() {
        assertThat(text(JsonLogEncoder.Content.AUDIT, entry("{\"event\":\"join\",\"session\":7}", null)))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:01.234Z\",\"event\":\"join\",\"session\":7}\n");
        assertThat(text(JsonLogEncoder.Content.AUDIT, entry("3 lines were dropped", null)))
                .isEqualTo("{\"time\":\"1970-01-01T00:00:01.234Z\",\"level\":\"WARN\",\"logger\":\"io.junctor.test\","
                        + "\"message\":\"3 lines were dropped\"}\n");
    }

    private static String text(JsonLogEncoder.Content content, LoggingEvent entry) {
        return new String(new JsonLogEncoder(content).encode(entry), StandardCharsets.US_ASCII);
    }

    private LoggingEvent entry(String text, Throwable fault, Object... arguments) {
        LoggingEvent entry = new LoggingEvent(
                JsonLogEncoderTest.class.getName(),
                context.getLogger("io.junctor.test"),
                Level.WARN,
                text,
                fault,
                arguments);
        entry.setTimeStamp(1_234);
        return entry;
    }
}
