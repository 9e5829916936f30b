package io.junctor.router.authorization;

import io.junctor.router.spi.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Safe for use by many threads. What an authorizer has decided about a session. */
@FunctionalInterface
public interface AuthorizerDecisions {
    /** Nothing. */
    AuthorizerDecisions NOTHING = (action, uri, match) -> Verdict.refused(SessionPermissions.NOT_AUTHORIZED);

    /** What it decided last, as long as nobody called for new decisions; without a decision a denial. */
    Verdict last(Action action, Uri uri, MatchPolicy match);
}
