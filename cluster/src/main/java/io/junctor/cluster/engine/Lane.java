package io.junctor.cluster.engine;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries the messages of one kind within one scope, such as a realm, to the other routers. Thread-safe; no method blocks.
 *
 * <p>Messages that one thread publishes on a lane reach each receiver in the order of the calls, across all subjects. A message arrives at most
 * once, even if several interests of the receiving lane match it, and never at the router that published it. Messages that are under way when a
 * connection fails may be lost.
 *
 * <p>A subject consists of tokens that are separated by dots. A token consists of the characters {@code A-Z a-z 0-9 _ - %}.
 */
public interface Lane extends AutoCloseable {
    /**
     * Sends a message to each router with a matching interest.
     *
     * @param body the content; the caller must not change the array afterwards
     * @return whether the lane accepts more messages without a wait. If not, the lane sends this message all the same, but the caller should
     *     pause its sources until the action of {@link #whenWritable} runs
     * @throws IllegalArgumentException if {@code subject} is not a subject
     */
    default boolean publish(String subject, byte[] body) {
        return publish(subject, body, null);
    }

    /**
     * Sends a message to each router with a matching interest, and reports if certainly no router received it.
     *
     * @param body the content; the caller must not change the array afterwards
     * @param onUnheard runs at most once, on a thread of the engine, if no router had a matching interest or there was no connection. It is not
     *     guaranteed to run for a message that was lost under way
     * @return as for {@link #publish(String, byte[])}
     * @throws IllegalArgumentException if {@code subject} is not a subject
     */
    boolean publish(String subject, byte[] body, @Nullable Runnable onUnheard);

    /** Runs {@code action} once, on a thread of the engine, as soon as the lane accepts more messages. */
    void whenWritable(Runnable action);

    /** The position of the lane: a number that grows with each message that is published on the lane, for use with {@link #confirmed}. */
    long position();

    /**
     * Completes when the system that connects the routers has received all messages that were published on the lane from {@code since} to this
     * call; fails if one of them may be lost.
     *
     * @param since an earlier {@link #position}
     */
    CompletionStage<Void> confirmed(long since);

    /**
     * Requests the messages on all subjects that match a pattern. The same pattern may be requested several times; its messages arrive until
     * the last interest with this pattern is closed.
     *
     * @param pattern a subject, in which a token may be {@code *} for any one token, and the last token may be {@code >} for one or more tokens
     * @throws IllegalArgumentException if {@code pattern} is not a pattern
     */
    LaneSubscription subscribe(String pattern);

    /**
     * Completes when all {@linkplain Engine#peers peers} know all interests that this lane had at the time of the call: the messages that the
     * peers publish from then on arrive. The stage does not complete while there is no connection, or while a peer does not answer.
     */
    CompletionStage<Void> interestKnown();

    /**
     * A number for callers that remember subjects without a receiver. It grows before another router learns that its new interests are known.
     * If {@code onUnheard} ran for a message, and the number is the same as before that message was published, then no router relies on
     * messages with that subject: a router that has requested them since has not learned yet that its interest is known. The number is 0 while
     * interests of other routers may be missed, as after a lost connection; then earlier runs of {@code onUnheard} say nothing about later
     * messages.
     */
    long interestNumber();

    /** Counts a message that its receiver could not read, as {@link Figure#DROPPED_UNREADABLE}. */
    void countUnreadable();

    /** Withdraws all interests of the lane. */
    @Override
    void close();
}
