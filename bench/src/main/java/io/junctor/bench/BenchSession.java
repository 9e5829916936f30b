package io.junctor.bench;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Session;
import io.junctor.router.turn.MailboxBudget;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;
import java.util.Map;

/**
 * A session whose connection discards all messages, for benchmarks that use parts of the router directly. Confined to one thread.
 */
final class BenchSession implements FlowControl, OutboxListener {
    private static final int NO_LIMIT = Integer.MAX_VALUE;
    private static final RealmLimits LIMITS = RealmLimits.DEFAULT
            .withOutbox(NO_LIMIT, NO_LIMIT, SlowSubscriber.DROP)
            .withHoldings(RealmLimits.Holdings.ofEach(NO_LIMIT));

    private static final SessionPermissions PERMISSIONS =
            new SessionPermissions(RealmConfig.open("bench"), new Permissions(RoleConfig.everything()));

    private final DiscardingConnection connection = new DiscardingConnection();
    private final OutboxBudget budget = new OutboxBudget(Long.MAX_VALUE);
    private final Outbox outbox = new Outbox(connection, BenchMessages.CODECS, new Counters(), this, budget);
    private final Session session;

    BenchSession(long id) {
        this.session = new Session(
                id,
                new Identity("bench", "bench", "anonymous", "static"),
                new Roles(Map.of()),
                new Session.Bounds(LIMITS, PERMISSIONS, budget, new MailboxBudget(Long.MAX_VALUE)),
                outbox,
                this);
    }

    Session session() {
        return session;
    }

    Outbox outbox() {
        return outbox;
    }

    /** The number of messages written to the connection. */
    long messages() {
        return connection.messages();
    }

    @Override
    public void onOverflow() {}

    @Override
    public void onProbe(Runnable answered) {
        answered.run();
    }

    @Override
    public void onSilent() {}

    @Override
    public void onDropping() {}

    @Override
    public void onAnswersPiledUp(long untilBytes) {}

    @Override
    public void onLongWork() {}

    @Override
    public void onLongWorkDone() {}

    @Override
    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        throw new IllegalStateException(problem.toString());
    }

    @Override
    public void onDrained() {}

    @Override
    public void onSlow() {}
}
