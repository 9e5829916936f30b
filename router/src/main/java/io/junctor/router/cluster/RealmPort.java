package io.junctor.router.cluster;

import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.Payload;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a {@link RealmLink} may ask of the realm of this router. Thread-safe; no method blocks. To be called outside of all turns. */
public interface RealmPort {
    /**
     * Delivers events of other routers to the subscribers of this router that may receive them. Events that one thread delivers
     * keep their order.
     *
     * @param heldBytes the bytes that the events hold
     * @return false if too many bytes of other routers wait for the realm ({@code mailbox_bytes}): then none of the events is delivered
     */
    boolean deliver(List<SharedEvent> events, int heldBytes);

    /** Publishes an event for a session that ended with its router: to the subscribers of all routers. */
    void publish(SharedEvent event);

    /** A retained event of another router, which this one may have missed: it goes to no subscriber. */
    void retain(SharedEvent event);

    /**
     * Passes the events that the realm retains for all subscribers to {@code taker}; then runs {@code after}. Both run in the turn, and must not
     * block; {@code after} never runs if the realm ends meanwhile.
     */
    void tellRetained(Consumer<SharedEvent> taker, Runnable after);

    /** A callee of this router or another one is registered. All routers are told the callees of a procedure in the same order. */
    void admit(SharedCallee callee);

    /** A callee of another router is no longer registered; its open invocations continue. */
    void dismiss(SharedCallee callee);

    /** A callee of this router has lost its procedure to one of another router: its registration is revoked. */
    void revoke(SharedCallee callee);

    /** Another router sends an INVOCATION, an INTERRUPT or another message to a callee of this router. */
    void toCallee(long fromRouter, long session, FromRouter message);

    /** A callee of another router sends a YIELD or ERROR to this one. */
    void fromCallee(long fromRouter, long session, FromClient message);

    /** No callee of another router has got an INVOCATION of this one, as {@link RealmLink#giveBack} says, or it reached no router. */
    void givenBack(long fromRouter, long session, ErrorMessage error);

    /** Another router sends a signal about a callee. */
    void signal(long fromRouter, long session, LivenessSignal signal);

    /**
     * Another router asks. {@code reply} runs once, on any thread, also in the turn, and must not block: it gets the arguments of the
     * result, or null if this router has nothing of what is asked about.
     */
    void answer(Question question, Consumer<@Nullable Payload> reply);

    /** Runs {@code action} outside of the turn, on any thread, when the realm has taken all that this thread handed over before. */
    void whenTaken(Runnable action);

    /** How many calls of this router are with callees of other routers now. Any thread, at any time. */
    int openCalls();

    /** Lets clients join, or not: then all sessions end, as this router has been without the others for long. */
    void admitSessions(boolean admits);

    /** The connection with the other routers is back: messages that were on their way may be lost. */
    void reconnected();

    /** A router has ended or is declared dead: its callees and its calls are gone. */
    void gone(long router);
}
