package io.junctor.router.cluster;

import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.Payload;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The methods of a realm of this router that a {@link RealmLink} calls. Thread-safe; no method blocks. Must be called outside of all turns. */
public interface RealmPort {
    /**
     * Delivers events of other routers to the subscribers of this router that may receive them. Events that one thread delivers
     * keep their order.
     *
     * @param heldBytes the bytes that the events hold
     * @return false if too many bytes of other routers wait for the realm ({@code mailbox_bytes}): then none of the events is delivered
     */
    boolean deliver(List<SharedEvent> events, int heldBytes);

    /** Publishes an event, to the subscribers of all routers, for a session that ended because its router failed. */
    void publish(SharedEvent event);

    /** Retains an event of another router that this router may have missed, without sending it to subscribers. */
    void retain(SharedEvent event);

    /**
     * Passes the events that the realm retains for all subscribers to {@code taker}; then runs {@code after}. Both run in the turn, and must not
     * block; {@code after} never runs if the realm ends meanwhile.
     */
    void tellRetained(Consumer<SharedEvent> taker, Runnable after);

    /** Adds a callee of this router or of another router to its registration. All routers receive the callees of a procedure in the same order. */
    void admit(SharedCallee callee);

    /** Removes a callee of another router, which is no longer registered; its open invocations continue. */
    void dismiss(SharedCallee callee);

    /** Revokes the registration of a callee of this router, because a callee of another router has replaced it. */
    void revoke(SharedCallee callee);

    /** Receives an INVOCATION, an INTERRUPT or another message from another router for a callee of this router. */
    void toCallee(long fromRouter, long session, FromRouter message);

    /** Receives a YIELD or ERROR of a callee of another router. */
    void fromCallee(long fromRouter, long session, FromClient message);

    /**
     * Receives an INVOCATION of this router back: it reached no router, or no callee of the other router has received it, as described for
     * {@link RealmLink#giveBack}.
     */
    void givenBack(long fromRouter, long session, ErrorMessage error);

    /** Receives a signal of another router about a callee. */
    void signal(long fromRouter, long session, LivenessSignal signal);

    /**
     * Answers a question of another router. {@code reply} runs once, on any thread, possibly in the turn, and must not block. It gets the
     * arguments of the result, or null if this router has no entries which the question is about.
     */
    void answer(MetaQuestion question, Consumer<@Nullable Payload> reply);

    /**
     * Runs {@code action} outside of the turn, on any thread, when the realm has processed everything that this thread passed to this port
     * before.
     */
    void whenTaken(Runnable action);

    /** The number of calls of this router that are now at callees of other routers. Any thread may call it at any time. */
    int openCalls();

    /**
     * Sets whether clients may join. With false, all sessions end, because this router has been without connection to the other routers for
     * a long time.
     */
    void admitSessions(boolean admits);

    /** Called when the connection with the other routers is restored: messages that were in transit may be lost. */
    void reconnected();

    /** Removes the callees and the calls of a router that has ended or was declared dead. */
    void gone(long router);
}
