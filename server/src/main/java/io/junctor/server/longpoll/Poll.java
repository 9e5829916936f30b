package io.junctor.server.longpoll;

import java.util.List;
import org.eclipse.jetty.util.Callback;

/** An HTTP request that waits for messages of the router: one response with messages, or a stream of events. */
sealed interface Poll permits SinglePoll, EventStreamPoll {
    /** Returns whether one call of {@link #send} may contain several messages. */
    boolean takesSeveral();

    /** Returns whether the request stays open after {@link #send} and accepts more messages. */
    boolean staysOpen();

    /**
     * Sends messages to the client.
     *
     * @param number the number of the first message; the router numbers the messages of a transport from 1
     * @param written completed when the response was written, failed if the client disconnected
     */
    void send(List<byte[]> messages, long number, Callback written);

    /** Sends a sign of life to the client and to proxies while there are no messages: answers a single poll, or sends a comment. */
    void sendNothing(Callback written);

    /** Answers the request without messages, so that a client that is still connected sends the next request. */
    void askAgain(Callback written);

    /** Closes the connection of the request if its client does not accept the response. */
    void abort();

    /**
     * Ends the request because the transport has ended.
     *
     * @param sentence a sentence for the client that says why
     */
    void end(String sentence);
}
