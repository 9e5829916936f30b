package io.junctor.server.reload;

import io.junctor.server.yaml.Diagnostic;
import java.util.List;
import java.util.Map;

/** What a client is told that let the configuration be read again. */
final class ReloadAnswer {
    private ReloadAnswer() {}

    static Map<String, Object> of(ReloadResult result) {
        return switch (result) {
            case ReloadResult.Applied applied ->
                Map.of(
                        "applied",
                        true,
                        "changes",
                        applied.changes(),
                        "restart",
                        applied.restart(),
                        "warnings",
                        places(applied.warnings()));
            case ReloadResult.Refused refused -> Map.of("applied", false, "errors", places(refused.errors()));
        };
    }

    private static List<Map<String, Object>> places(List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(ReloadAnswer::place).toList();
    }

    /** Line and column are 0 where the whole file is meant. */
    private static Map<String, Object> place(Diagnostic diagnostic) {
        return Map.of(
                "file",
                diagnostic.file(),
                "line",
                (long) diagnostic.line(),
                "column",
                (long) diagnostic.column(),
                "problem",
                diagnostic.text());
    }
}
