package io.junctor.router.session;

import io.junctor.router.config.Action;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Safe for use by many threads. What an authorizer has decided about a session. */
@FunctionalInterface
public interface Decided {
    /** Nothing. */
    Decided NOTHING = (action, uri, match) -> Verdict.refused(Rights.NOT_AUTHORIZED);

    /** What it decided last, as long as nobody called for new decisions; without a decision a denial. */
    Verdict last(Action action, Uri uri, MatchPolicy match);
}
