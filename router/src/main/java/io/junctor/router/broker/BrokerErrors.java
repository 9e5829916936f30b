package io.junctor.router.broker;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.WampError;

/** The errors that the broker answers subscriptions with. */
final class BrokerErrors {
    static final Refusal TOO_MANY_SHAPES = Refusal.of(
            WampError.LIMIT_EXCEEDED,
            "no pattern has empty parts at the same places as this one, and the number of such wildcard shapes has"
                    + " reached the limit wildcard_shapes or wildcard_shapes_per_session");

    private BrokerErrors() {}

    /** The session has as many subscriptions as it may have. */
    static Refusal tooMany(RealmLimits limits) {
        return Refusal.of(
                WampError.LIMIT_EXCEEDED,
                "this session has " + limits.subscriptions() + " subscriptions, the limit (subscriptions)");
    }
}
