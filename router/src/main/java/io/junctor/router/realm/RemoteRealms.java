package io.junctor.router.realm;

import io.junctor.router.broker.Broker;
import io.junctor.router.cluster.LivenessSignal;
import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.cluster.RealmPort;
import io.junctor.router.cluster.SharedCallee;
import io.junctor.router.cluster.SharedEvent;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.dealer.RemoteDealers;
import io.junctor.router.spi.JoinRefused;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.router.turn.Turnstile.Operation;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes messages of other routers into the turn of a realm. Other routers cannot be paused as a client can, so events are refused when too
 * many bytes wait. Thread-safe.
 */
final class RemoteRealms implements RealmPort {
    /**
     * The reason for which sessions end and clients are refused after the router has been without connection to the other routers for a
     * long time.
     */
    static final JoinRefused ALONE = new JoinRefused(
            WampError.NETWORK_FAILURE.uri(),
            "the router has lost the other routers of its cluster: join another router, or try again later",
            Dict.of("_retry", true));

    /** The maximum number of events of one operation, so that other operations can run in between. */
    private static final int BATCH = 16;

    private final Turnstile turnstile;
    private final long limitBytes;
    private final AtomicLong waitingBytes = new AtomicLong();
    /** The receiver of events; null before {@link #deliverTo}. Set once, before the first session joins. */
    private volatile @Nullable Broker broker;

    private volatile @Nullable RemoteDealers dealers;
    /** The deliveries that arrived before {@link #deliverTo}. Guarded by this. */
    private final List<Runnable> early = new ArrayList<>(0);
    /** Whether what came before has been delivered. */
    private volatile boolean isReady;

    private volatile @Nullable RemoteQuestions questions;
    private volatile Consumer<Boolean> admission = admits -> {};

    /** Creates a port that keeps deliveries until {@link #deliverTo}. */
    RemoteRealms(Turnstile turnstile, RealmLimits.Queues queues) {
        this.turnstile = turnstile;
        this.limitBytes = queues.mailboxBytes();
    }

    /** Sets the receivers, and delivers the earlier deliveries to them. */
    synchronized void deliverTo(Broker ownBroker, @Nullable RemoteDealers ownDealers) {
        dealers = ownDealers;
        broker = ownBroker;
        early.forEach(Runnable::run);
        early.clear();
        isReady = true;
    }

    /** Sets the object that is notified whether clients may join. */
    void admitBy(Consumer<Boolean> other) {
        admission = other;
    }

    /** Sets the object that answers questions. */
    void answerBy(RemoteQuestions own) {
        questions = own;
    }

    @Override
    public boolean deliver(List<SharedEvent> events, int heldBytes) {
        Broker receiver = broker;
        if (receiver == null) {
            return false;
        }
        if (waitingBytes.addAndGet(heldBytes) > limitBytes) {
            waitingBytes.addAndGet(-heldBytes);
            return false;
        }
        try (Pass pass = Pass.open()) {
            int from = 0;
            for (; events.size() - from > BATCH; from += BATCH) {
                List<SharedEvent> batch = events.subList(from, from + BATCH);
                turnstile.run(() -> batch.forEach(receiver::onRemoteEvent));
            }
            List<SharedEvent> last = events.subList(from, events.size());
            turnstile.run(() -> deliverLast(receiver, last, heldBytes));
        }
        return true;
    }

    @InTurn
    private void deliverLast(Broker receiver, List<SharedEvent> events, int heldBytes) {
        try {
            events.forEach(receiver::onRemoteEvent);
        } finally {
            waitingBytes.addAndGet(-heldBytes);
        }
    }

    @Override
    public void publish(SharedEvent event) {
        Broker receiver = broker;
        if (receiver != null) {
            Pass.run(() -> turnstile.run(() -> receiver.publishFor(event)));
        }
    }

    @Override
    public void retain(SharedEvent event) {
        whenReady(() -> {
            Broker receiver = broker;
            if (receiver != null) {
                Pass.run(() -> turnstile.run(() -> receiver.onRetained(event)));
            }
        });
    }

    @Override
    public void tellRetained(Consumer<SharedEvent> taker, Runnable after) {
        Broker asked = broker;
        if (asked == null) {
            after.run();
        } else {
            Pass.run(() -> turnstile.run(() -> asked.tellRetained(taker, after)));
        }
    }

    @Override
    public void admit(SharedCallee callee) {
        tell(dealer -> dealer.onAdmitted(callee));
    }

    @Override
    public void dismiss(SharedCallee callee) {
        tell(dealer -> dealer.onDismissed(callee));
    }

    @Override
    public void revoke(SharedCallee callee) {
        tell(dealer -> dealer.onLost(callee));
    }

    @Override
    public void admitSessions(boolean admits) {
        admission.accept(admits);
    }

    @Override
    public void toCallee(long fromRouter, long session, FromRouter message) {
        tellInPass(dealer -> dealer.onMessage(fromRouter, session, message));
    }

    @Override
    public void fromCallee(long fromRouter, long session, FromClient message) {
        tellInPass(dealer -> dealer.onAnswer(fromRouter, session, message));
    }

    @Override
    public void givenBack(long fromRouter, long session, ErrorMessage error) {
        tellInPass(dealer -> dealer.onGivenBack(fromRouter, session, error));
    }

    @Override
    public void signal(long fromRouter, long session, LivenessSignal signal) {
        tellInPass(dealer -> dealer.onSignal(fromRouter, session, signal));
    }

    @Override
    public void reconnected() {
        tell(RemoteDealers::onReconnected);
    }

    @Override
    public void gone(long router) {
        tell(dealer -> dealer.onGone(router));
    }

    @Override
    public void whenTaken(Runnable action) {
        whenReady(() -> Pass.run(() -> turnstile.run(() -> Pass.current().atEnd(action))));
    }

    @Override
    public int openCalls() {
        RemoteDealers known = dealers;
        return known == null ? 0 : known.openCalls();
    }

    @Override
    public void answer(MetaQuestion question, Consumer<@Nullable Payload> reply) {
        RemoteQuestions answering = questions;
        if (answering == null) {
            reply.accept(null);
        } else {
            Pass.run(() -> turnstile.run(() -> answering.answer(question, reply)));
        }
    }

    private void tell(Consumer<RemoteDealers> operation) {
        toDealers(receiver -> turnstile.run(() -> operation.accept(receiver)));
    }

    /** As {@link #tell}: what other routers send at once runs in one turn. */
    private void tellInPass(Consumer<RemoteDealers> operation) {
        toDealers(receiver -> turnstile.runInPass(Operation.of(null, 0, () -> operation.accept(receiver))));
    }

    /** Runs {@code delivery} in a pass when the realm is ready, unless the realm is on this router only. */
    private void toDealers(Consumer<RemoteDealers> delivery) {
        whenReady(() -> {
            RemoteDealers receiver = dealers;
            if (receiver != null) {
                Pass.run(() -> delivery.accept(receiver));
            }
        });
    }

    /** Runs a delivery at once, or queues it until {@link #deliverTo}, because the link may deliver stored data before the realm is ready. */
    private void whenReady(Runnable delivery) {
        if (isReady || !isEarly(delivery)) {
            delivery.run();
        }
    }

    private synchronized boolean isEarly(Runnable delivery) {
        return broker == null && early.add(delivery);
    }
}
