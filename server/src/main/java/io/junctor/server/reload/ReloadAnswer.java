package io.junctor.server.reload;

import io.junctor.server.yaml.Diagnostic;
import java.util.List;
import java.util.Map;

/** The result of a reload in the form in which its caller receives it. */
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

    /** Returns the position of an error. Line and column are 0 if the error concerns the whole file. */
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
