package io.junctor.cli.bench;

import io.junctor.cli.bench.session.SessionFactory;
import io.junctor.wamp.message.ErrorMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Sessions and what they do: partners, who answer or hear, and behind them senders, who start operations. Used by the thread that turns
 * the loop.
 */
abstract sealed class Workload permits RpcWorkload, PubSubWorkload {
    /** The clients that start operations. */
    interface Sender {
        /** Starts one that was due at {@code dueNanos}. */
        void send(long dueNanos);
    }

    final LoadPlan plan;
    final SessionFactory sessions;
    final OperationStatistics statistics;
    /** How many answers or events are still to come. */
    long owed;

    private final int partners;
    private final List<Sender> senders = new ArrayList<>();
    private int partnersJoining;
    private int ready;
    private int turn;
    private boolean stopped;

    /** A workload with so many {@code partners}; there are as many senders as the plan has connections. */
    Workload(LoadPlan plan, int partners, SessionFactory sessions, OperationStatistics statistics) {
        this.plan = plan;
        this.partners = partners;
        this.sessions = sessions;
        this.statistics = statistics;
    }

    /** Opens the session of a partner, which tells when it is {@link #onReady}. */
    abstract void joinPartner(int number);

    /** Opens the session of a sender, which tells when it is {@link #onReady}. */
    abstract Sender joinSender(int number);

    /** Opens the next sessions, where their turn has come; whether all of them are ready. */
    final boolean prepare() {
        while (partnersJoining < partners && sessions.hasPlace(partnersJoining - ready)) {
            joinPartner(partnersJoining++);
        }
        while (ready >= partners && senders.size() < plan.connections() && sessions.hasPlace(unready())) {
            senders.add(joinSender(senders.size()));
        }
        return ready == partners + plan.connections();
    }

    /** Starts so many operations on every connection; each answer leads to the next, until {@link #stop}. */
    final void start(int each) {
        for (Sender sender : senders) {
            for (int i = 0; i < each; i++) {
                sender.send(System.nanoTime());
            }
        }
    }

    /** Starts one operation that was due at {@code dueNanos}; the connections take turns. */
    final void issue(long dueNanos) {
        senders.get(turn).send(dueNanos);
        turn = (turn + 1) % senders.size();
    }

    /** Starts nothing more. */
    final void stop() {
        stopped = true;
    }

    /** A session does what it is there for. */
    final void onReady() {
        ready++;
    }

    /** A place in the window of {@code sender} is free: the next operation takes it, unless a schedule says when. */
    final void next(Sender sender) {
        if (!plan.isOpenLoop() && !stopped) {
            sender.send(System.nanoTime());
        }
    }

    private int unready() {
        return partnersJoining + senders.size() - ready;
    }

    /** A name that no other run uses, so that what is left of one cannot disturb the next. */
    static String freshName() {
        return "bench." + Long.toString(ThreadLocalRandom.current().nextLong(1L << 30), Character.MAX_RADIX);
    }

    /** An error in words. */
    static String words(ErrorMessage error) {
        return error.error().text();
    }
}
