package io.junctor.router.dealer;

import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.Page;
import io.junctor.router.turn.InTurn;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers calls to {@code junctor.procedure.list}: lists the registrations of the realm with the figures of their calls. */
final class ProcedureListing {
    private ProcedureListing() {}

    @InTurn
    static MetaAnswer list(RegistrationTable table, MetaArguments arguments) {
        Page page = Page.of(arguments);
        return page.answer(table.size(), table.some(page.offset(), page.limit()), ProcedureListing::row);
    }

    @InTurn
    private static Map<String, @Nullable Object> row(Registration registration) {
        RegistrationCalls calls = registration.figures();
        Map<String, @Nullable Object> row = new LinkedHashMap<>(registration.describe());
        row.put("callees", (long) registration.size());
        row.put("calls", calls.begun);
        row.put("errors", calls.errors);
        row.put("open", calls.open);
        row.put("waiting", (long) calls.waitingCount());
        row.put("p50_ms", calls.quantileMillis(0.5));
        row.put("p99_ms", calls.quantileMillis(0.99));
        return row;
    }
}
