package io.junctor.router.dealer;

import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;

/** Belongs to the turn. A procedure or pattern and who carries it out (section "Registering and Unregistering"). */
record Registration(long id, Uri procedure, MatchPolicy match, Party callee) {

    /** Section "Pattern-based Registrations": a callee that registered a pattern has to be told the procedure. */
    InvocationDetails details(Uri called) {
        return match == MatchPolicy.EXACT
                ? InvocationDetails.NONE
                : new InvocationDetails(null, called, null, 0, false, false, null, Dict.EMPTY);
    }
}
