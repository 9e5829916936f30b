package io.junctor.router.dealer;

import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.Page;
import io.junctor.router.turn.InTurn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls to {@code junctor.procedure.list}: all registrations of the realm with what happens on them. */
final class ProcedureListing {
    private ProcedureListing() {}

    @InTurn
    static MetaAnswer list(RegistrationTable table, MetaArguments arguments) {
        Page page = Page.of(arguments);
        return page.answer(table.size(), table.some(page.offset(), page.limit()), ProcedureListing::row);
    }

    @InTurn
    private static Map<String, @Nullable Object> row(Registration registration) {
        Registration.Use use = registration.figures();
        CallStatistics statistics = use.statistics;
        Map<String, @Nullable Object> row = new LinkedHashMap<>(registration.describe());
        row.put("callees", (long) registration.size());
        row.put("calls", statistics.calls);
        row.put("errors", statistics.errors);
        row.put("open", use.open());
        row.put("waiting", (long) use.waiting.size());
        row.put("p50_ms", statistics.quantileMillis(0.5));
        row.put("p99_ms", statistics.quantileMillis(0.99));
        return row;
    }
}
