package io.junctor.router.broker;

import io.junctor.router.config.RealmLimits;
import io.junctor.router.reply.Refusal;
import io.junctor.wamp.value.WampError;

/** The errors with which the broker answers {@code SUBSCRIBE} and {@code UNSUBSCRIBE}. */
final class BrokerErrors {
    static final Refusal TOO_MANY_SHAPES = Refusal.of(
            WampError.LIMIT_EXCEEDED,
            "no pattern has empty parts at the same places as this one, and the number of such wildcard shapes has"
                    + " reached the limit wildcard_shapes or wildcard_shapes_per_session");

    private BrokerErrors() {}

    /** The error for a session that has reached its limit of subscriptions. */
    static Refusal tooMany(RealmLimits limits) {
        return Refusal.of(
                WampError.LIMIT_EXCEEDED,
                "this session has " + limits.subscriptions() + " subscriptions, the limit (subscriptions)");
    }
}
