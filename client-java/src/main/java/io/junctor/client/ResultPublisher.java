package io.junctor.client;

import io.junctor.client.internal.VirtualThreads;
import java.util.Iterator;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls a procedure once for each subscriber and publishes the results. Thread-safe. */
final class ResultPublisher implements Flow.Publisher<Result> {
    private final Supplier<ResultStream> call;

    ResultPublisher(Supplier<ResultStream> call) {
        this.call = call;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Result> subscriber) {
        ResultStream results;
        try {
            results = call.get();
        } catch (WampException refused) {
            subscriber.onSubscribe(new UnsentCallSubscription());
            subscriber.onError(refused);
            return;
        }
        Delivery delivery = new Delivery(subscriber, results);
        subscriber.onSubscribe(delivery);
        VirtualThreads.EXECUTOR.execute(delivery);
    }

    /** The subscription of a call that was not sent. */
    private record UnsentCallSubscription() implements Flow.Subscription {
        @Override
        public void request(long count) {
            // No results can be requested.
        }

        @Override
        public void cancel() {
            // There is no call to cancel.
        }
    }

    /** Delivers results to one subscriber. Runs on one virtual thread, which waits for results and for the subscriber's demand. */
    private static final class Delivery implements Flow.Subscription, Runnable {
        private final Flow.Subscriber<? super Result> subscriber;
        private final ResultStream results;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();

        // Guarded by the lock.
        private long demanded;
        private boolean over;
        private @Nullable RuntimeException misuse;

        Delivery(Flow.Subscriber<? super Result> subscriber, ResultStream results) {
            this.subscriber = subscriber;
            this.results = results;
        }

        @Override
        public void request(long count) {
            lock.lock();
            try {
                if (count <= 0) {
                    misuse = new IllegalArgumentException("a subscriber must request at least 1 result, not " + count);
                }
                demanded = demanded + count < 0 ? Long.MAX_VALUE : demanded + count;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void cancel() {
            stop();
            results.close();
        }

        @Override
        public void run() {
            try {
                deliver();
            } catch (RuntimeException | Error failure) {
                if (stop()) {
                    results.close();
                    subscriber.onError(failure);
                }
            }
        }

        private void deliver() {
            Iterator<Result> parts = results.iterator();
            while (parts.hasNext()) {
                if (!awaitDemand()) {
                    return;
                }
                subscriber.onNext(parts.next());
            }
            Result last = results.result();
            boolean hasValues = !last.arguments().isEmpty() || !last.keywords().isEmpty();
            if (hasValues && awaitDemand()) {
                subscriber.onNext(last);
            }
            if (stop()) {
                subscriber.onComplete();
            }
        }

        /** Waits for the subscriber's demand. Returns false if the subscriber has canceled. */
        private boolean awaitDemand() {
            lock.lock();
            try {
                while (demanded == 0 && !over && misuse == null) {
                    changed.awaitUninterruptibly();
                }
                if (misuse != null) {
                    throw misuse;
                }
                demanded--;
                return !over;
            } finally {
                lock.unlock();
            }
        }

        /** Ends the delivery. Returns false if it had ended before. */
        private boolean stop() {
            lock.lock();
            try {
                boolean first = !over;
                over = true;
                changed.signalAll();
                return first;
            } finally {
                lock.unlock();
            }
        }
    }
}
