package io.junctor.bench;

import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Register;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.RegisterMessageOptions;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures two threads that read calls and results like two selectors, including decoding and encoding, on one realm
 * or on two. Checks this claim: if both threads use one realm, and so one turn, they lose less than 15 percent of their calls per second.
 */
final class RealmContention {
    private static final String[] REALMS = {"realm1", "realm2"};
    private static final int PAIRS = 5;
    private static final int WINDOW = 16;
    /** The number of messages that a client receives before results: WELCOME. A callee also receives REGISTERED before invocations. */
    private static final int BEFORE_RESULTS = 1;

    private static final int BEFORE_INVOCATIONS = 2;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final Payload PAYLOAD = BenchMessages.payload(Serializer.MSGPACK, 64);

    private RealmContention() {}

    /** Returns the calls per second of both readers together. */
    static double callsPerSecond(boolean oneRealm, long millis) throws InterruptedException {
        try (InMemoryRouter router = new InMemoryRouter(REALMS)) {
            Reader[] readers = new Reader[REALMS.length];
            for (int i = 0; i < readers.length; i++) {
                readers[i] = new Reader(router, REALMS[oneRealm ? 0 : i], i);
            }
            long start = System.nanoTime();
            for (Reader reader : readers) {
                reader.start();
            }
            Thread.sleep(millis);
            long answered = 0;
            for (Reader reader : readers) {
                answered += reader.stop();
            }
            return answered * NANOS_PER_SECOND / (System.nanoTime() - start);
        }
    }

    /** A thread and the connections that it reads in turn. */
    private static final class Reader {
        private final List<CallPair> pairs = new ArrayList<>();
        private final Thread thread = new Thread(this::read);
        private volatile boolean stopped;

        Reader(InMemoryRouter router, String realm, int number) {
            for (int i = 0; i < PAIRS; i++) {
                pairs.add(new CallPair(router, realm, new Uri("com.bench.reader" + number + ".item" + i)));
            }
        }

        void start() {
            thread.start();
        }

        long stop() throws InterruptedException {
            stopped = true;
            thread.join();
            return pairs.stream().mapToLong(CallPair::answered).sum();
        }

        private void read() {
            while (!stopped) {
                try (Pass pass = Pass.open()) {
                    pairs.forEach(CallPair::read);
                }
            }
        }
    }

    /** A caller and a callee that one thread reads, with a window of pending calls. */
    private static final class CallPair {
        private final InMemoryClient caller;
        private final InMemoryClient callee;
        private final MessageTemplate calls;
        private final MessageTemplate yields =
                new MessageTemplate(1, id -> new Yield(id, ResultDetails.FINAL, PAYLOAD));
        private long called;
        private long yielded;

        CallPair(InMemoryRouter router, String realm, Uri procedure) {
            this.caller = router.join(realm);
            this.callee = router.join(realm);
            this.calls = new MessageTemplate(1, id -> new Call(id, CallMessageOptions.DEFAULT, procedure, PAYLOAD));
            Register register = new Register(1, RegisterMessageOptions.DEFAULT, procedure);
            callee.send(BenchMessages.encode(Serializer.MSGPACK, register));
        }

        /** Sends calls and results as long as the router demands messages. */
        void read() {
            for (int i = 0; i < WINDOW; i++) {
                if (called - answered() < WINDOW && caller.isDemanded()) {
                    called++;
                    caller.send(calls.next());
                }
            }
            for (int i = 0; i < WINDOW; i++) {
                if (yielded < callee.received() - BEFORE_INVOCATIONS && callee.isDemanded()) {
                    yielded++;
                    callee.send(yields.next());
                }
            }
        }

        long answered() {
            return caller.received() - BEFORE_RESULTS;
        }
    }
}
