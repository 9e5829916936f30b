package io.junctor.router.realm;

import io.junctor.router.spi.Authorizer;
import io.junctor.router.spi.Disclose;
import io.junctor.router.turn.Pass;
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
 * Safe for use by many threads, on workers. Asks a WAMP procedure (section "Dynamic Authorization"). It gets the session's details, the URI, the
 * action and a dictionary with {@code match}, and returns a boolean, or a dictionary of {@code allow}, {@code disclose} and {@code cache}.
 */
final class ProcedureAuthorizer implements Authorizer {
    /** Real time for when the realm itself ends meanwhile. */
    private static final long PATIENCE_SECONDS = 30;

    private static final String NONSENSE =
            "its answer is neither a boolean nor a dictionary of the booleans allow, disclose and cache";

    private final Uri procedure;
    private final @Nullable Realm realm;
    private final Duration timeout;

    /** Asks {@code procedure} in {@code realm}, null for one that does not exist. */
    ProcedureAuthorizer(Uri procedure, @Nullable Realm realm, Duration timeout) {
        this.procedure = procedure;
        this.realm = realm;
        this.timeout = timeout;
    }

    @Override
    public Decision authorize(Request request) {
        if (realm == null) {
            throw new AuthorizerFailure("its realm does not exist");
        }
        CompletableFuture<RouterCaller.Answer> answer;
        try (Pass pass = Pass.open()) {
            answer = realm.call(procedure, arguments(request), timeout);
        }
        return switch (await(answer)) {
            case RouterCaller.Returned returned -> read(returned.arguments());
            case RouterCaller.Failed failed ->
                throw new AuthorizerFailure(failed.error().text());
        };
    }

    private static RouterCaller.Answer await(CompletableFuture<RouterCaller.Answer> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new AuthorizerFailure("it does not answer");
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
        throw new AuthorizerFailure(NONSENSE);
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
            throw new AuthorizerFailure(NONSENSE);
        }
        return (Boolean) value;
    }
}
