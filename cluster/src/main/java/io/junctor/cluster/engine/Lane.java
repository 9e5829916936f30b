package io.junctor.cluster.engine;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries the messages of one kind within one scope, such as a realm, to the other routers. Thread-safe; no method blocks.
 *
 * <p>What one thread publishes on a lane reaches each receiver in that order, across all subjects. A message arrives at most
 * once, also where several interests of the receiving lane match it, and never at the router that published it. Messages that
 * are on their way while a connection fails may be lost.
 *
 * <p>A subject consists of tokens that are separated by dots. A token consists of the characters {@code A-Z a-z 0-9 _ - %}.
 */
public interface Lane extends AutoCloseable {
    /**
     * Sends a message to each router with a matching interest.
     *
     * @param body must not be changed afterwards
     * @return whether the lane takes more at once. If not, this message goes out all the same, but the caller should stop
     *     its sources until {@link #whenWritable} tells that there is room
     * @throws IllegalArgumentException if {@code subject} is not a subject
     */
    default boolean publish(String subject, byte[] body) {
        return publish(subject, body, null);
    }

    /**
     * Sends a message to each router with a matching interest, and tells if certainly no router received it.
     *
     * @param body must not be changed afterwards
     * @param onUnheard runs at most once, on a thread of the engine: no router had a matching interest, or there was no
     *     connection. It need not run for a message that was lost on its way
     * @return as for {@link #publish(String, byte[])}
     * @throws IllegalArgumentException if {@code subject} is not a subject
     */
    boolean publish(String subject, byte[] body, @Nullable Runnable onUnheard);

    /** Runs {@code action} once, on a thread of the engine, as soon as the lane takes more. */
    void whenWritable(Runnable action);

    /** A number that grows with what is published on the lane, for {@link #confirmed}. */
    long position();

    /**
     * Completes when the system that connects the routers has what was published on the lane from {@code position} to this call; fails if it
     * may be lost.
     *
     * @param since a {@link #position}
     */
    CompletionStage<Void> confirmed(long since);

    /**
     * Asks for the messages on all subjects that match. The same pattern may be asked for several times; messages come until
     * the last such interest is closed.
     *
     * @param pattern a subject, in which a token may be {@code *} for any one token, and the last one {@code >} for one or
     *     more tokens
     * @throws IllegalArgumentException if {@code pattern} is not a pattern
     */
    Interest subscribe(String pattern);

    /**
     * Completes when all {@linkplain Engine#peers peers} know all interests that this lane had at the time of the call:
     * what they publish from then on arrives. While there is no connection, or while a peer does not answer, it waits.
     */
    CompletionStage<Void> interestKnown();

    /**
     * A number that grows before another router is told that its interests are known. What {@code onUnheard} told of a message holds for
     * its subject as long as the number is what it was before that message was published; it may hold for less long. It is 0 while
     * nothing can be said, as after a lost connection; then what was told does not hold.
     */
    long interestNumber();

    /** Withdraws all interests. */
    @Override
    void close();
}
