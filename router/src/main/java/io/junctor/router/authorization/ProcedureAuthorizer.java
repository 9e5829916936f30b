package io.junctor.router.authorization;

import io.junctor.router.reply.ProcedureCaller;
import io.junctor.router.spi.Authorizer;
import io.junctor.router.spi.Disclose;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Uri;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a WAMP procedure to authorize a message (section "Dynamic Authorization"). Thread-safe; blocks a worker.
 *
 * <p>The arguments of the procedure are the session's details, the URI, the action and a dictionary with {@code match}. The procedure
 * returns a boolean, or a dictionary of {@code allow}, {@code disclose} and {@code cache}.
 */
public final class ProcedureAuthorizer implements Authorizer {
    /** The longest wait in real time: the realm may end before the procedure answers. */
    private static final long PATIENCE_SECONDS = 30;

    private static final String INVALID_ANSWER =
            "its answer is neither a boolean nor a dictionary of the booleans allow, disclose and cache";

    private final Uri procedure;
    private final @Nullable ProcedureCaller caller;
    private final Duration timeout;

    /** Creates an authorizer that calls {@code procedure} by {@code caller}, which is null if the realm of the procedure does not exist. */
    public ProcedureAuthorizer(Uri procedure, @Nullable ProcedureCaller caller, Duration timeout) {
        this.procedure = procedure;
        this.caller = caller;
        this.timeout = timeout;
    }

    @Override
    public Decision authorize(Request request) {
        if (caller == null) {
            throw new AuthorizerException("its realm does not exist");
        }
        return switch (await(caller.call(procedure, arguments(request), timeout))) {
            case ProcedureCaller.Returned returned -> read(returned.arguments());
            case ProcedureCaller.Failed failed ->
                throw new AuthorizerException(failed.error().text());
        };
    }

    private static ProcedureCaller.Answer await(CompletableFuture<ProcedureCaller.Answer> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AuthorizerException("it does not answer");
        }
    }

    private static Arguments arguments(Request request) {
        Dict details = new Dict.Builder()
                .put("realm", request.realm())
                .put("session", request.session())
                .put("authid", request.identity().authid())
                .put("authrole", request.identity().authrole())
                .put("authmethod", request.identity().authmethod())
                .put("authprovider", request.identity().authprovider())
                .build();
        return Arguments.of(
                details.entries(),
                request.uri().text(),
                request.action().name().toLowerCase(Locale.ROOT),
                Map.of("match", request.match().wire()));
    }

    private static Decision read(Arguments answer) {
        Object first = answer.positional().isEmpty()
                ? answer.keywords()
                : answer.positional().getFirst();
        if (first instanceof Boolean allow) {
            return allow ? Decision.ALLOWED : Decision.DENIED;
        }
        if (first instanceof Map<?, ?> map && map.get("allow") instanceof Boolean allow) {
            Boolean disclose = flag(map, "disclose");
            Boolean cache = flag(map, "cache");
            return new Decision(allow, named(disclose), cache == null || cache);
        }
        throw new AuthorizerException(INVALID_ANSWER);
    }

    private static Disclose named(@Nullable Boolean disclose) {
        if (disclose == null) {
            return Disclose.ON_REQUEST;
        }
        return disclose ? Disclose.ALWAYS : Disclose.NEVER;
    }

    private static @Nullable Boolean flag(Map<?, ?> answer, String key) {
        Object value = answer.get(key);
        if (value != null && !(value instanceof Boolean)) {
            throw new AuthorizerException(INVALID_ANSWER);
        }
        return (Boolean) value;
    }
}
