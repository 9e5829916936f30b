package io.junctor.cli.bench;

import io.junctor.wamp.message.ErrorMessage;
import java.util.concurrent.ThreadLocalRandom;

/** Sessions and what they do. Used by the thread that turns the loop. */
interface Workload {
    /** Opens the next sessions, where their turn has come; whether all of them are ready. */
    boolean prepare();

    /** Starts so many operations on every connection; each answer leads to the next, until {@link #stop}. */
    void start(int each);

    /** Starts one operation that was due at {@code dueNanos}; the connections take turns. */
    void issue(long dueNanos);

    /** Starts nothing more. */
    void stop();

    /** How many answers or events are still to come. */
    long owed();

    /** A name that no other run uses, so that what is left of one cannot disturb the next. */
    static String freshName() {
        return "bench." + Long.toString(ThreadLocalRandom.current().nextLong(1L << 30), Character.MAX_RADIX);
    }

    /** An error in words. */
    static String words(ErrorMessage error) {
        return error.error().text();
    }
}
