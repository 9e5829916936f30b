package io.junctor.router.session;

import io.junctor.router.authorization.Permissions;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.config.SlowSubscriber;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.OutboxListener;
import io.junctor.router.connection.RefusedRequest;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.metrics.Counters;
import io.junctor.router.turn.MailboxBudget;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A session with its transport, and what it asked of its link. */
public final class Seat implements FlowControl, OutboxListener {
    /** Small limits: 10,000 bytes or 10 messages, 3 of each thing. */
    public static final RealmLimits SMALL = RealmLimits.DEFAULT
            .withOutbox(10_000, 10, SlowSubscriber.DROP)
            .withHoldings(RealmLimits.Holdings.ofEach(3));

    public static final long PRESSURE_FROM = 100_000_000;

    private static final SessionPermissions RIGHTS =
            new SessionPermissions(RealmConfig.open("test"), new Permissions(RoleConfig.everything()));

    /** The session. */
    public final Session session;
    /** What it asked of its link, in order. */
    public final List<String> asked = new ArrayList<>();
    /** The requests that were refused. */
    public final List<RefusedRequest> refused = new ArrayList<>();
    /** Whether it gives a sign of life as soon as it is asked for one. */
    public boolean answersProbes = true;
    /** Questions for a sign of life that it did not answer. */
    public final List<Runnable> probes = new ArrayList<>();
    /** Its transport. */
    public final ScriptedConnection connection;

    /** What waits for it. */
    public final Outbox outbox;

    final MailboxBudget mailboxes = new MailboxBudget(Long.MAX_VALUE);

    final OutboxBudget budget = new OutboxBudget(PRESSURE_FROM);

    /** A session with the default limits that announced all roles. */
    public Seat(long id, Serializer serializer) {
        this(id, serializer, RealmLimits.DEFAULT, allRoles(Set.of()));
    }

    /** A session. */
    public Seat(long id, Serializer serializer, RealmLimits limits, Roles roles) {
        connection = new ScriptedConnection(serializer);
        outbox = new Outbox(connection, ScriptedConnection.CODECS, new Counters(), this, budget);
        Identity identity = new Identity("test-" + id, "anonymous", "anonymous", "static");
        session = new Session(id, identity, roles, new Session.Bounds(limits, RIGHTS, budget, mailboxes), outbox, this);
    }

    /** All roles of a client, the callee's with {@code features}. */
    public static Roles allRoles(Set<Feature> features) {
        return new Roles(Map.of(
                Role.CALLER, Set.of(), Role.CALLEE, features, Role.PUBLISHER, Set.of(), Role.SUBSCRIBER, Set.of()));
    }

    /** What the client got since this was asked last. */
    public List<FromRouter> received() {
        return connection.received();
    }

    @Override
    public void onOverflow() {
        asked.add("overflow");
    }

    @Override
    public void onProbe(Runnable answered) {
        if (answersProbes) {
            answered.run();
        } else {
            probes.add(answered);
        }
    }

    @Override
    public void onSilent() {
        asked.add("silent");
    }

    @Override
    public void onDropping() {
        asked.add("dropping");
    }

    @Override
    public void onAnswersPiledUp(long untilBytes) {
        asked.add("answers until " + untilBytes);
    }

    @Override
    public void onRefused(WampError error, Supplier<RefusedRequest> request) {
        refused.add(request.get());
    }

    @Override
    public void onLongWork() {
        asked.add("long work");
    }

    @Override
    public void onLongWorkDone() {
        asked.add("long work done");
    }

    @Override
    public void onUndeliverable(FromRouter message, OutboxListener.Problem problem) {
        asked.add("undeliverable " + problem);
    }

    @Override
    public void onDrained() {
        asked.add("drained");
    }

    @Override
    public void onSlow() {}
}
