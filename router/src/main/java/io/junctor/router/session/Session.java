package io.junctor.router.session;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.authorization.SessionPermissions;
import io.junctor.router.config.RealmLimits;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.connection.MessageSink;
import io.junctor.router.connection.OnceEncodedEvent;
import io.junctor.router.connection.Outbox;
import io.junctor.router.connection.RefusedRequest;
import io.junctor.router.memory.OutboxBudget;
import io.junctor.router.reply.Refusal;
import io.junctor.router.tracing.TracedSession;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.MailboxBudget;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.options.DisclosedIdentity;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that joined a realm (section "Session Lifecycle"). Confined to the realm's turn, except its final fields.
 */
public final class Session {
    /**
     * The limits and rights of a session.
     *
     * @param limits the limits of the realm
     * @param rights the permissions of the session
     * @param budget the state of all outboxes together
     */
    public record Bounds(RealmLimits limits, SessionPermissions rights, OutboxBudget budget, MailboxBudget mailboxes) {}

    /** An operation that waits until the session's long work has ended, with the bytes that the operation holds. */
    private record DeferredOperation(int bytes, Runnable operation) {}

    private final long id;
    private final Identity identity;
    private final Roles roles;
    private final MessageSink outbox;
    private final OutboxBudget budget;
    private final OutboxCapacity room;
    private final FlowControl flowControl;
    private final MailboxBudget mailboxes;

    /** Records the calls and publications; null if nothing records them. Set before the session begins. */
    private @Nullable TracedSession trace;

    private RealmLimits limits;
    /** The permissions. Replaced in the turn; a worker that reads the field meanwhile sees either the old or the new value. */
    private SessionPermissions rights;

    private boolean open = true;
    private boolean overflowed;
    private boolean dropping;
    private boolean worksLong;
    private long sentMessages;
    private long droppedEvents;
    private long refusedRequests;
    /** The waiting operations; null before the first operation that had to wait. */
    private @Nullable Deque<DeferredOperation> deferred;

    /** Creates an open session; {@code outbox} and {@code flowControl} belong to its connection. */
    public Session(
            long id, Identity identity, Roles roles, Bounds bounds, MessageSink outbox, FlowControl flowControl) {
        this.id = id;
        this.identity = identity;
        this.roles = roles;
        this.limits = bounds.limits();
        this.rights = bounds.rights();
        this.budget = bounds.budget();
        this.mailboxes = bounds.mailboxes();
        this.outbox = outbox;
        this.room = new OutboxCapacity(outbox, limits, budget);
        this.flowControl = flowControl;
    }

    /** Lets {@code recorder} record the calls and publications of the session. Called before the session begins. */
    public void recordBy(@Nullable TracedSession recorder) {
        trace = recorder;
    }

    /** Records the calls and publications; null if nothing records them. */
    public @Nullable TracedSession trace() {
        return trace;
    }

    /** The id, unique in the router. */
    public long id() {
        return id;
    }

    /** The identity: authid, role, method and provider. */
    public Identity identity() {
        return identity;
    }

    /** The serialization of the client. */
    public Serializer serializer() {
        return outbox.serializer();
    }

    /** The roles and features that the client announced and the realm supports. */
    public Roles roles() {
        return roles;
    }

    /** The identity that other sessions receive if this session is disclosed. */
    public DisclosedIdentity disclosure() {
        return new DisclosedIdentity(id, identity.authid(), identity.authrole());
    }

    /** The permissions of this session. */
    public SessionPermissions rights() {
        return rights;
    }

    /** Replaces the permissions and the limits. */
    @InTurn
    public void use(SessionPermissions others, RealmLimits otherLimits) {
        rights = others;
        limits = otherLimits;
        room.use(otherLimits);
    }

    /** The limits of the realm. */
    public RealmLimits limits() {
        return limits;
    }

    /** Whether the session has not left the realm. */
    @InTurn
    public boolean isOpen() {
        return open;
    }

    /** Marks the session as left: it sends no more messages to its client. */
    @InTurn
    public void markLeft() {
        open = false;
    }

    /** Answers a request of this session. Answers are never dropped; if the client does not receive them, the session ends. */
    @InTurn
    public void reply(FromRouter message) {
        reply(message, Payload.NONE);
    }

    /** Answers a request with a payload, see {@link #reply(FromRouter)}. */
    @InTurn
    public void reply(FromRouter message, Payload payload) {
        if (!open) {
            return;
        }
        sentMessages++;
        outbox.append(message, payload);
        if (trace != null) {
            trace.end(message);
        }
        room.taken(payload.heldBytes());
        if (room.isOver(1, 2) || hasTooManyAnswers()) {
            onAnswersPiledUp();
        }
    }

    /** Whether an answer with {@code payload} may be appended. Only a large answer may be refused, if the outbox has no room for it. */
    @InTurn
    public boolean takesAnswer(Payload payload) {
        return !room.isLarge(payload.heldBytes()) || !room.isFullForCall(payload.heldBytes());
    }

    /** The bytes of the messages that wait for the client. */
    @InTurn
    public long waitingBytes() {
        return outbox.waitingBytes();
    }

    /** Answers a request of this session with {@code ERROR}, and logs the refusal. */
    @InTurn
    public void refuse(Refusal refusal, int requestType, long request) {
        logRefusal(refusal, requestType, request, () -> "");
        error(refusal, requestType, request);
    }

    /** Answers a request for which the session has no permission, and logs the refusal with the rule that decides. */
    @InTurn
    public void deny(PermissionQuery query, int requestType, long request) {
        Refusal refusal = query.refusal();
        logDenial(query, refusal, requestType, request);
        error(refusal, requestType, request);
    }

    /** Logs a request that is refused without an answer because the session has no permission for {@code query}. */
    @InTurn
    public void logDenial(PermissionQuery query, Refusal refusal, int requestType, long request) {
        logRefusal(refusal, requestType, request, () -> " (" + rights.explain(query) + ")");
    }

    /** Logs a request that is refused, unless one with the same error was logged in the last minute. */
    @InTurn
    public void logRefusal(Refusal refusal, int requestType, long request, Supplier<String> rule) {
        refusedRequests++;
        if (refusal.isLogged()) {
            return;
        }
        flowControl.onRefused(
                refusal.error(),
                () -> new RefusedRequest(
                        rights.realm(),
                        id,
                        identity,
                        RequestNames.of(requestType) + " " + request,
                        refusal.error(),
                        refusal.text() + rule.get()));
    }

    @InTurn
    private void error(Refusal refusal, int requestType, long request) {
        Payload text = refusal.payload();
        reply(
                new ErrorMessage(
                        requestType, request, ErrorDetails.NONE, refusal.error().uri(), text),
                text);
    }

    /** Sends a message that is not an answer, if it fits; returns false if the outbox is full. */
    @InTurn
    public boolean offer(FromRouter message, Payload payload) {
        if (!open || room.isFullForCall(payload.heldBytes())) {
            return false;
        }
        sentMessages++;
        outbox.append(message, payload);
        room.taken(payload.heldBytes());
        return true;
    }

    /** Sends an event, if it fits; returns false if the outbox is full. */
    @InTurn
    public boolean offer(OnceEncodedEvent event) {
        if (!open) {
            return false;
        }
        if (room.isFullForEvent(event.heldBytes())) {
            droppedEvents++;
            if (!dropping) {
                dropping = true;
                flowControl.onDropping();
            }
            return false;
        }
        dropping = false;
        sentMessages++;
        outbox.append(event);
        room.taken(event.heldBytes());
        return true;
    }

    /** Whether {@code event} would fit if nothing waited for other sessions. */
    @InTurn
    public boolean hasOwnRoom(OnceEncodedEvent event) {
        return !room.isFullAlone(event.heldBytes());
    }

    /** The number of messages that were appended for the client since the session began. */
    @InTurn
    public long sentMessages() {
        return sentMessages;
    }

    /** The number of events that were not delivered because the client reads too slowly. */
    @InTurn
    public long droppedEvents() {
        return droppedEvents;
    }

    /** The number of refused requests of the client. */
    @InTurn
    public long refusedRequests() {
        return refusedRequests;
    }

    /** The number of messages that wait for the client. */
    @InTurn
    public int waitingMessages() {
        return outbox.waitingMessages();
    }

    /** Begins long work: a request of this session continues in later turns, and later requests of the session wait for its end. */
    @InTurn
    public void beginLongWork() {
        worksLong = true;
        flowControl.onLongWork();
    }

    /** Ends long work: runs the requests that waited, until one of them continues in later turns. */
    @InTurn
    public void endLongWork() {
        worksLong = false;
        Deque<DeferredOperation> waiting = deferred;
        while (!worksLong && waiting != null && !waiting.isEmpty()) {
            DeferredOperation next = waiting.remove();
            mailboxes.remove(next.bytes);
            next.operation.run();
        }
        if (!worksLong) {
            flowControl.onLongWorkDone();
        }
    }

    /**
     * Queues {@code operation}, which holds {@code bytes}, if long work is under way; {@link #endLongWork} will run it. Returns whether it
     * was queued.
     */
    @InTurn
    public boolean defers(int bytes, Runnable operation) {
        if (worksLong) {
            if (deferred == null) {
                deferred = new ArrayDeque<>();
            }
            deferred.add(new DeferredOperation(bytes, operation));
            mailboxes.add(bytes);
        }
        return worksLong;
    }

    /** Ends this session because its outbox is over the limit; a second call has no effect. */
    @InTurn
    public void overflow() {
        if (!overflowed) {
            overflowed = true;
            flowControl.onOverflow();
        }
    }

    /**
     * Pings the client. {@code answered} runs once when the client has answered: on any thread, outside of all turns or
     * in this turn.
     */
    @InTurn
    public void probe(Runnable answered) {
        flowControl.onProbe(answered);
    }

    /** The time for which the client may be silent after a ping before it counts as disconnected. */
    public long pongWaitMillis() {
        return flowControl.pongWaitMillis();
    }

    /** Ends this session because its client did not answer a ping; does nothing if the session is ending. */
    @InTurn
    public void endAsSilent() {
        if (open && !overflowed) {
            overflowed = true;
            flowControl.onSilent();
        }
    }

    /** Passes the invocations that were not sent to this session, which has left, to {@code taker}, see {@link Outbox#takeBack}. */
    @InTurn
    public void takeBack(Consumer<List<Invocation>> taker) {
        outbox.takeBack(taker);
    }

    /** The budget of all outboxes and open calls of the router. */
    public OutboxBudget budget() {
        return budget;
    }

    /** Whether all outboxes together hold too much, and this session's outbox more than its share. */
    private boolean hasTooManyAnswers() {
        return budget.isTooMuchOfAnswers(outbox.waitingBytes());
    }

    @InTurn
    private void onAnswersPiledUp() {
        if (room.isOver(2, 1) || (budget.isCritical() && hasTooManyAnswers() && outbox.writeOnItsWay() != 0)) {
            overflow();
        } else {
            // In bytes for both limits, because each message counts at least OVERHEAD_BYTES.
            long fullBytes = Math.min(limits.outboxBytes(), (long) limits.outboxMessages() * Outbox.OVERHEAD_BYTES);
            flowControl.onAnswersPiledUp(Math.min(fullBytes / 4, outbox.waitingBytes() / 2));
        }
    }
}
