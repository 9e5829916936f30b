package io.junctor.router.broker;

import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.EncodeOnce;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import org.jspecify.annotations.Nullable;

/**
 * Belongs to the turn. One publication on its way to the audience of one subscription, possibly in several turns. Whoever left meanwhile
 * is skipped, whoever came after the publication too: their slots are behind its end.
 */
final class FanOut {
    /** A publication for more receivers than this takes several turns. */
    static final int WHOLE = 5_000;
    /** So many receivers per turn then. */
    static final int SLICE = 1_000;

    private final Audience audience;
    private final EncodeOnce event;
    private final @Nullable Session excluded;
    private final Counters counters;
    private final int end;
    private int next;

    @InTurn
    FanOut(Audience audience, EncodeOnce event, @Nullable Session excluded, Counters counters) {
        this.audience = audience;
        this.event = event;
        this.excluded = excluded;
        this.counters = counters;
        this.end = audience.end();
    }

    /** Delivers to at most {@code receivers} more slots; true if that was the last. */
    @InTurn
    boolean deliver(int receivers) {
        int until = Math.min(end, next + receivers);
        int sent = 0;
        for (; next < until; next++) {
            Attachment attachment = audience.at(next);
            if (attachment != null && attachment.session != excluded && deliverTo(attachment.session)) {
                sent++;
            }
        }
        counters.add(Counter.EVENTS_SENT, sent);
        return next == end;
    }

    @InTurn
    private boolean deliverTo(Session session) {
        if (session.offer(event)) {
            return true;
        }
        counters.increment(Counter.EVENTS_DROPPED);
        if (session.limits().slowSubscriber() == SlowSubscriber.DISCONNECT) {
            session.overflow();
        }
        return false;
    }
}
