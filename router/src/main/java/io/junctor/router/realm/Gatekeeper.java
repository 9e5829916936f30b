package io.junctor.router.realm;

import io.junctor.router.access.Permissions;
import io.junctor.router.config.Action;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Refusal;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Cancel;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Publish;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Subscribe;
import io.junctor.wamp.message.Unregister;
import io.junctor.wamp.message.Unsubscribe;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.UriRules;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Used by the thread that reads from one session. Checks URIs and permissions before a message goes into the turn, and
 * remembers what it found: a session that uses the same URIs again pays one look into a map.
 */
final class Gatekeeper {
    /** So many findings are remembered per session; then it starts anew. */
    private static final int MEMORY = 1_024;

    private static final Refusal BAD_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: parts must not be empty and hold no white space, # or .");
    private static final Refusal BAD_STRICT_URI = Refusal.of(
            WampError.INVALID_URI, "not a valid URI: this realm allows parts of 0-9, a-z and _ only, none empty");
    private static final Refusal RESERVED =
            Refusal.of(WampError.INVALID_URI, "URIs that begin with wamp. are reserved for the router");
    private static final Refusal NOT_AUTHORIZED =
            Refusal.of(WampError.NOT_AUTHORIZED, "the permissions of this session's role do not allow it");

    private record Question(Action action, Uri uri, MatchPolicy match) {}

    private final UriRules uris;
    private final Permissions permissions;
    private final Counters counters;
    private final Map<Question, Optional<Refusal>> findings = new HashMap<>();

    Gatekeeper(UriRules uris, Permissions permissions, Counters counters) {
        this.uris = uris;
        this.permissions = permissions;
        this.counters = counters;
    }

    /** Why {@code message} must not be routed, or null if it may. */
    @Nullable
    Refusal check(FromClient message) {
        Refusal refusal = switch (message) {
            case Publish publish -> find(Action.PUBLISH, publish.topic(), MatchPolicy.EXACT);
            case Call call -> find(Action.CALL, call.procedure(), MatchPolicy.EXACT);
            case Subscribe subscribe ->
                find(Action.SUBSCRIBE, subscribe.topic(), subscribe.options().match());
            case Register register ->
                find(Action.REGISTER, register.procedure(), register.options().match());
            case Hello ignored -> null;
            case Abort ignored -> null;
            case Authenticate ignored -> null;
            case Goodbye ignored -> null;
            case ErrorMessage ignored -> null;
            case Unsubscribe ignored -> null;
            case Cancel ignored -> null;
            case Unregister ignored -> null;
            case Yield ignored -> null;
        };
        if (refusal == NOT_AUTHORIZED) {
            counters.increment(Counter.REQUESTS_NOT_AUTHORIZED);
        }
        return refusal;
    }

    private @Nullable Refusal find(Action action, Uri uri, MatchPolicy match) {
        Question question = new Question(action, uri, match);
        Optional<Refusal> known = findings.get(question);
        if (known == null) {
            if (findings.size() >= MEMORY) {
                findings.clear();
            }
            known = Optional.ofNullable(decide(action, uri, match));
            findings.put(question, known);
        }
        return known.orElse(null);
    }

    private @Nullable Refusal decide(Action action, Uri uri, MatchPolicy match) {
        if (!uris.isPattern(uri, match)) {
            return uris == UriRules.STRICT ? BAD_STRICT_URI : BAD_URI;
        }
        boolean claims = action == Action.REGISTER || action == Action.PUBLISH;
        if (claims && uri.isReserved()) {
            return RESERVED;
        }
        return permissions.allows(action, uri, match) ? null : NOT_AUTHORIZED;
    }
}
