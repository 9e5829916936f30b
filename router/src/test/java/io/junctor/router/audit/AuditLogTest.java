package io.junctor.router.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    @Test
    void lineIsJsonInTheOrderGiven() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("session", 7L);
        values.put("authid", "anna");
        values.put("peer", null);
        assertThat(AuditLog.line("join", values)).isEqualTo("{\"event\":\"join\",\"session\":7,\"authid\":\"anna\"}");
    }

    @Test
    void nothingAClientChoseEndsTheLineOrTheText() {
        String hostile = "x\"}\n{\"event\":\"join\\\r\u001b[2J\u2028\u202e\u0000\u00e5";
        assertThat(AuditLog.line("denied", Map.of("uri", hostile)))
                .isEqualTo(
                        "{\"event\":\"denied\",\"uri\":\"x\\u0022}\\u000a{\\u0022event\\u0022:\\u0022join\\u005c\\u000d"
                                + "\\u001b[2J\\u2028\\u202e\\u0000\\u00e5\"}");
    }

    @Test
    void longTextsAreCut() {
        assertThat(AuditLog.line("denied", Map.of("uri", "x".repeat(5_000))))
                .hasSizeLessThan(400)
                .endsWith("...\"}");
    }
}
