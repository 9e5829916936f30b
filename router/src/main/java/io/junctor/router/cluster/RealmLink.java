package io.junctor.router.cluster;

import io.junctor.router.config.RealmConfig;
import io.junctor.router.spi.EventLog;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What the realm of this router tells the realms of the same name on other routers. Unless a method says otherwise, it is
 * called in the realm's turn, by one thread at a time; no method blocks, throws, or calls the {@link RealmPort} before it returns.
 */
public interface RealmLink {
    /**
     * The id of the subscriptions to a topic or pattern, the same on each router. Any thread may call it.
     *
     * @return an id from 1 to 2^53
     */
    long subscriptionId(Uri topic, MatchPolicy match);

    /** From now on the realm has subscribers of this topic or pattern, and wants its events. It had none before. */
    void addInterest(Uri topic, MatchPolicy match);

    /** The realm has no subscribers of this topic or pattern any more. */
    void removeInterest(Uri topic, MatchPolicy match);

    /**
     * Runs {@code action} when every router knows each interest that was added before this call: what they publish from then on
     * arrives here. Actions run in the order of these calls, outside of the turn, on any thread. If the connection with other routers is
     * lost, they run as well: then events of this router alone arrive.
     */
    void whenInterestKnown(Runnable action);

    /**
     * Publishes an event to the subscribers on other routers, after all that was published before. A retained one goes to all routers, and
     * to those that begin later.
     */
    void publish(SharedEvent event);

    /**
     * Publishes an event as {@link #publish}.
     *
     * @return completes, on any thread, when it reaches the other routers even if this one fails: the system that connects them has it, and
     *     has stored it if it is retained. Completes at once if no other router needs it. Completes exceptionally if the outcome is unknown
     */
    CompletionStage<Void> publishConfirmed(SharedEvent event);

    /** Whether the connection with other routers takes more at once. If not, it takes what is published, but publishers should pause. Any thread may call it. */
    boolean isWritable();

    /** Runs {@code action} once, outside of the turn, on any thread, when the connection takes more. */
    void whenWritable(Runnable action);

    /** The history of a topic or pattern: one for all routers, which the others have, too. */
    EventLog history(HistoryTopic topic);

    /**
     * Keeps what is to be published for a session if it ends with its router, such as its testaments. It replaces what was kept for the
     * session before; nothing is kept for an empty list. The stage completes on any thread when it is stored; it fails if the other routers
     * cannot be reached: then it is stored when they can be.
     */
    CompletionStage<Void> keepTestaments(long session, List<SharedEvent> testaments);

    /** The realm has another configuration from now on. */
    void use(RealmConfig realm);

    /** The id of this router. Any thread may call it. */
    long router();

    /**
     * Registers a session of this router as callee, if the routers agree. When they do, {@link RealmPort#admit} tells it to all
     * routers in the same order, this one included; otherwise {@code claim} is told.
     *
     * @param callee without a registration
     * @param replaces whether all callees of the procedure lose it to this one
     */
    void register(SharedCallee callee, boolean replaces, Claim claim);

    /**
     * Releases what a callee of this router had registered. {@code released} runs once, outside of the turn, on any thread, when other
     * sessions may register the procedure.
     */
    void release(SharedCallee callee, Runnable released);

    /**
     * Runs {@code action} when this router knows the callees that {@code procedure} has now, on whichever router they registered it by
     * this URI; after 2 seconds at the latest. Outside of the turn, on any thread.
     */
    void whenCalleesKnown(Uri procedure, Runnable action);

    /**
     * Whether this router may hand out now what only one router may: it is connected, and the others do not take it for dead. If not,
     * another router may have the callee of a procedure that is not shared.
     */
    boolean isExclusive();

    /**
     * Runs {@code action} as soon as {@link #isExclusive} holds; or {@code otherwise}, when it has not held for 5 seconds since such a
     * request came first. Outside of the turn, on any thread, in the order of these calls.
     */
    void whenExclusive(Runnable action, Runnable otherwise);

    /**
     * Whether this router may tell others that a session has ended. If not, they may have declared this router dead, and one of them tells
     * it; after a pause of this router, for example.
     */
    boolean isTrusted();

    /** Runs {@code action} as soon as {@link #isTrusted} holds; after 5 seconds at the latest. Outside of the turn, on any thread. */
    void whenTrusted(Runnable action);

    /**
     * Sends an INVOCATION or INTERRUPT to a callee of another router, or another message about its invocations. An INVOCATION that reaches no
     * router comes back, as {@link RealmPort#givenBack} says: at once, or after 2 seconds.
     *
     * @param mayGoElsewhere whether it comes back at once, as another callee may take it
     * @return whether the router takes more. If not, this message goes out all the same, but its source should pause until {@link
     *     #whenWritable(long, Runnable)} tells that there is room
     */
    boolean toCallee(long router, long session, FromRouter message, boolean mayGoElsewhere);

    /**
     * Sends a YIELD or ERROR of a callee of this router to the router that sent the INVOCATION.
     *
     * @return as for {@link #toCallee}
     */
    boolean fromCallee(long router, long session, FromClient message);

    /** Runs {@code action} once, outside of the turn, on any thread, when a router takes more messages of {@link #toCallee} and {@link #fromCallee}. */
    void whenWritable(long router, Runnable action);

    /**
     * Gives back an INVOCATION that no callee of this router has got, to the router that sent it.
     *
     * @param error why, with the id of the INVOCATION: {@code wamp.error.no_such_registration} if the callee is no longer registered
     */
    void giveBack(long router, long session, ErrorMessage error);

    /** Sends a signal about a callee. */
    void signal(long router, long session, LivenessSignal signal);

    /**
     * Asks the realm on all other routers. The stage completes once, outside of the turn, on any thread, after 2 seconds at the latest.
     */
    CompletionStage<Answers> ask(Question question);

    /**
     * Sends what was published and what goes to certain routers. Called outside of the turn, when a pass ends that has something to send; several
     * threads may call it at a time.
     */
    void flush();

    /**
     * The realm has ended, but not its router: if no other router has it, what its topics retained and its histories are removed. Nothing more is
     * delivered to its port. Any thread may call it.
     */
    void end();

    /** The realm has ended with its router: nothing more is delivered to its port. Any thread may call it. */
    void close();
}
