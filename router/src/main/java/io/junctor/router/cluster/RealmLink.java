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
 * Sends messages of a realm of this router to the realms of the same name on other routers. Unless a method says otherwise, it is called in
 * the realm's turn, by one thread at a time; no method blocks, throws, or calls the {@link RealmPort} before it returns.
 */
public interface RealmLink {
    /**
     * The id of the subscriptions to a topic or pattern, the same on each router. Any thread may call it.
     *
     * @return an id from 1 to 2^53
     */
    long subscriptionId(Uri topic, MatchPolicy match);

    /** Tells other routers that the realm now has subscribers of this topic or pattern and wants its events. It had no such subscribers before. */
    void addInterest(Uri topic, MatchPolicy match);

    /** Tells other routers that the realm has no subscribers of this topic or pattern any more. */
    void removeInterest(Uri topic, MatchPolicy match);

    /**
     * Runs {@code action} when every router knows each interest that was added before this call: events that they publish from then on
     * arrive here. Actions run in the order of these calls, outside of the turn, on any thread. They also run if the connection with other
     * routers is lost; then only events of this router arrive.
     */
    void whenInterestKnown(Runnable action);

    /**
     * Publishes an event to the subscribers on other routers, after all events that were published before. A retained event goes to all
     * routers, and to routers that start later.
     */
    void publish(SharedEvent event);

    /**
     * Publishes an event as {@link #publish} does.
     *
     * @return completes, on any thread, when the event will reach the other routers even if this router fails: the system that connects the
     *     routers has received the event, and has stored it if it is retained. Completes at once if no other router needs it. Completes
     *     exceptionally if the outcome is unknown
     */
    CompletionStage<Void> publishConfirmed(SharedEvent event);

    /**
     * Whether the connection with other routers can take more messages without delay. If not, it still accepts publications, but publishers
     * should pause. Any thread may call it.
     */
    boolean isWritable();

    /** Runs {@code action} once, outside of the turn, on any thread, when the connection can take more messages. */
    void whenWritable(Runnable action);

    /** The history of a topic or pattern, which all routers share. */
    EventLog history(HistoryTopic topic);

    /**
     * Stores events of a session, such as its testaments, which the other routers publish if this router fails. They replace the events that
     * were stored for the session before; an empty list removes them. The stage completes on any thread when the events are stored. It
     * fails if the other routers cannot be reached; then the events are stored as soon as they can be reached.
     */
    CompletionStage<Void> keepTestaments(long session, List<SharedEvent> testaments);

    /** Uses another configuration of the realm from now on. */
    void use(RealmConfig realm);

    /** The id of this router. Any thread may call it. */
    long router();

    /**
     * Registers a session of this router as callee, if the routers agree. If they agree, {@link RealmPort#admit} is called on all routers,
     * including this router, in the same order for all callees; otherwise {@code claim} receives the reason.
     *
     * @param callee without a registration
     * @param replaces whether this callee replaces all callees of the procedure
     */
    void register(SharedCallee callee, boolean replaces, RegistrationClaim claim);

    /**
     * Releases the registration of a callee of this router. {@code released} runs once, outside of the turn, on any thread, when other
     * sessions may register the procedure.
     */
    void release(SharedCallee callee, Runnable released);

    /**
     * Runs {@code action} when this router knows all callees that are now registered on any router under the URI {@code procedure}; after 2
     * seconds at the latest. Outside of the turn, on any thread.
     */
    void whenCalleesKnown(Uri procedure, Runnable action);

    /**
     * Whether this router may now serve requests that only one router may serve, because it is connected and the other routers do not
     * consider it dead. If not, another router may have the only callee of a procedure that is not shared.
     */
    boolean isExclusive();

    /**
     * Runs {@code action} as soon as {@link #isExclusive} holds; or {@code otherwise}, when it has not held for 5 seconds since the first
     * waiting request. Outside of the turn, on any thread, in the order of these calls.
     */
    void whenExclusive(Runnable action, Runnable otherwise);

    /**
     * Whether this router may announce to other routers that a session has ended. If not, they may have declared this router dead, for
     * example after a pause of its process, and one of them announces the end of its sessions.
     */
    boolean isTrusted();

    /** Runs {@code action} as soon as {@link #isTrusted} holds; after 5 seconds at the latest. Outside of the turn, on any thread. */
    void whenTrusted(Runnable action);

    /**
     * Sends an INVOCATION or INTERRUPT to a callee of another router, or another message about its invocations. An INVOCATION that reaches
     * no router is returned by {@link RealmPort#givenBack}: at once, or after 2 seconds.
     *
     * @param mayGoElsewhere whether an INVOCATION is returned at once, because another callee may take it
     * @return whether the router can take more messages. If not, this message is sent nevertheless, but its source should pause until
     *     {@link #whenWritable(long, Runnable)} runs its action
     */
    boolean toCallee(long router, long session, FromRouter message, boolean mayGoElsewhere);

    /**
     * Sends a YIELD or ERROR of a callee of this router to the router that sent the INVOCATION.
     *
     * @return as for {@link #toCallee}
     */
    boolean fromCallee(long router, long session, FromClient message);

    /**
     * Runs {@code action} once, outside of the turn, on any thread, when {@code router} can take more messages of {@link #toCallee} and
     * {@link #fromCallee}.
     */
    void whenWritable(long router, Runnable action);

    /**
     * Returns an INVOCATION that no callee of this router has received to the router that sent it.
     *
     * @param error the reason, with the id of the INVOCATION: {@code wamp.error.no_such_registration} if the callee is no longer registered
     */
    void giveBack(long router, long session, ErrorMessage error);

    /** Sends a signal about a callee. */
    void signal(long router, long session, LivenessSignal signal);

    /**
     * Asks the realms of the same name on all other routers. The stage completes once, outside of the turn, on any thread, after 2 seconds
     * at the latest.
     */
    CompletionStage<RouterAnswers> ask(MetaQuestion question);

    /**
     * Sends the queued publications and the messages to single routers. Called outside of the turn at the end of a pass that queued
     * messages; several threads may call it at the same time.
     */
    void flush();

    /**
     * Called when the realm has ended, but not its router. If no other router has the realm, its retained events and histories are removed.
     * Nothing more is delivered to its port. Any thread may call it.
     */
    void end();

    /** Called when the realm has ended because its router shuts down. Nothing more is delivered to its port. Any thread may call it. */
    void close();
}
