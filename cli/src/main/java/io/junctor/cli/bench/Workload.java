package io.junctor.cli.bench;

import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.wamp.message.ErrorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The sessions of a run and their operations. Senders start operations; partners, which join first, answer calls or receive events. Used
 * by the thread that runs the selector loop.
 */
abstract sealed class Workload permits RpcWorkload, PubSubWorkload {
    /** A session that starts operations. */
    interface Sender {
        /** Starts an operation that was due at {@code dueNanos}. */
        void send(long dueNanos);
    }

    final LoadPlan plan;
    final SessionFactory sessions;
    final OperationStatistics statistics;
    /** The number of answers or events that are outstanding. */
    long owed;

    private final int partners;
    private final List<Sender> senders = new ArrayList<>();
    private int partnersJoining;
    private int ready;
    private int turn;
    private boolean stopped;

    /** Creates a workload with {@code partners} partners; the number of senders is the plan's number of connections. */
    Workload(LoadPlan plan, int partners, SessionFactory sessions, OperationStatistics statistics) {
        this.plan = plan;
        this.partners = partners;
        this.sessions = sessions;
        this.statistics = statistics;
    }

    /** Opens the session of a partner, which calls {@link #onReady} when it is ready. */
    abstract void joinPartner(int number);

    /** Opens the session of a sender, which calls {@link #onReady} when it is ready. */
    abstract Sender joinSender(int number);

    /** Opens the next sessions, as many as may join at a time; returns whether all sessions are ready. */
    final boolean prepare() {
        while (partnersJoining < partners && sessions.hasPlace(partnersJoining - ready)) {
            joinPartner(partnersJoining++);
        }
        while (ready >= partners && senders.size() < plan.connections() && sessions.hasPlace(unready())) {
            senders.add(joinSender(senders.size()));
        }
        return ready == partners + plan.connections();
    }

    /** Starts {@code each} operations on each connection; each answer starts the next operation, until {@link #stop}. */
    final void start(int each) {
        for (Sender sender : senders) {
            for (int i = 0; i < each; i++) {
                sender.send(System.nanoTime());
            }
        }
    }

    /** Starts one operation that was due at {@code dueNanos}, on each connection in turn. */
    final void issue(long dueNanos) {
        senders.get(turn).send(dueNanos);
        turn = (turn + 1) % senders.size();
    }

    /** From now on starts no more operations. */
    final void stop() {
        stopped = true;
    }

    /** Notes that a session is ready for the run. */
    final void onReady() {
        ready++;
    }

    /** Starts the next operation of {@code sender} after one has ended, unless operations are started at a rate. */
    final void next(Sender sender) {
        if (!plan.isOpenLoop() && !stopped) {
            sender.send(System.nanoTime());
        }
    }

    private int unready() {
        return partnersJoining + senders.size() - ready;
    }

    /** Returns a URI that no other run uses, so that sessions left over from one run do not disturb the next. */
    static String freshName() {
        return "bench." + Long.toString(ThreadLocalRandom.current().nextLong(1L << 30), Character.MAX_RADIX);
    }

    /** Returns an error as text. */
    static String words(ErrorMessage error) {
        return error.error().text();
    }
}
