package io.junctor.router.realm;

import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.Refusal;
import io.junctor.router.spi.OperatorProcedure;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.WampError;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The procedures that the program around the router offers in all realms, by their URIs. Thread-safe. */
final class OperatorProcedureTable {
    private final Map<String, OperatorProcedure> byUri = new ConcurrentHashMap<>();

    void offer(String uri, OperatorProcedure procedure) {
        if (!uri.startsWith("junctor.")) {
            throw new IllegalArgumentException("the URI must begin with junctor., not " + uri);
        }
        byUri.put(uri, procedure);
    }

    /** The procedure with this URI, or null. */
    @Nullable
    MetaProcedure find(String uri) {
        OperatorProcedure procedure = byUri.get(uri);
        return procedure == null
                ? null
                : (caller, arguments) -> new MetaAnswer.Later(
                        CompletableFuture.completedFuture(() -> answer(uri, procedure, arguments.values())));
    }

    private static MetaAnswer.Ready answer(String uri, OperatorProcedure procedure, Arguments arguments) {
        try {
            return MetaAnswer.of(procedure.call(arguments));
        } catch (IllegalArgumentException wrong) {
            String text = uri + ": " + wrong.getMessage();
            return new MetaAnswer.Refused(Refusal.of(WampError.INVALID_ARGUMENT, text));
        }
    }
}
