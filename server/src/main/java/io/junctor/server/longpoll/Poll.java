package io.junctor.server.longpoll;

import java.util.List;
import org.eclipse.jetty.util.Callback;

/** An HTTP request that waits for messages of the router: one response with messages, or a stream of events. */
sealed interface Poll permits SinglePoll, EventStream {
    /** Whether one call of {@link #send} takes several messages. */
    boolean takesSeveral();

    /** Whether the request stays after {@link #send} and takes more messages. */
    boolean staysOpen();

    /**
     * Sends messages to the client.
     *
     * @param number the number of the first message; the router numbers the messages of a transport from 1
     * @param written completed when the response was written, failed if the client is gone
     */
    void send(List<byte[]> messages, long number, Callback written);

    /** Tells the client and the proxies between that there are no messages yet: answers a single poll, or sends a comment. */
    void sendNothing(Callback written);

    /** Answers the request without messages, so that a client that is still there sends the next one. */
    void askAgain(Callback written);

    /** Closes the connection of the request while a response is written that its client does not take. */
    void abort();

    /**
     * Ends the request because the transport has ended.
     *
     * @param sentence tells the client why
     */
    void end(String sentence);
}
