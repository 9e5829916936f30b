package io.junctor.router.dealer;

import io.junctor.router.cluster.DirectMessageSender;
import io.junctor.router.connection.DirectSink;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Interrupt;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.message.Yield;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.ErrorDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.InterruptOptions;
import io.junctor.wamp.options.InvocationDetails;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.RequestIds;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Represents another router as a caller on this router: the other router has selected the callees of its calls and gets their answers. The
 * meta API does not list this caller. Confined to the realm's turn.
 */
final class RemoteCaller implements DirectSink, FlowControl {
    /** Identifies an INVOCATION of the other router by the ids that the other router uses. */
    record PlacedInvocation(long callee, long invocation) {}

    private static final String ASKS = "_is_open";
    /** Asks the router of a callee whether an invocation is open, without an interrupt. The router answers only if the invocation is not open. */
    static final InterruptOptions IS_OPEN = new InterruptOptions(null, null, Dict.of(ASKS, true));

    final Session session;
    private final long router;
    private final DirectMessageSender messages;
    private final RequestIds requestIds = new RequestIds();
    private final Map<Long, PlacedInvocation> placedByRequest = new HashMap<>();
    private final Map<PlacedInvocation, Long> requestByPlaced = new HashMap<>();

    RemoteCaller(long router, long id, Session.Bounds bounds, DirectMessageSender messages) {
        this.router = router;
        this.messages = messages;
        Identity identity = new Identity("router", "router", "internal", "internal");
        // All features, because the router of the caller checks which features the caller supports.
        Roles roles = new Roles(Map.of(
                Role.CALLER,
                Set.of(
                        Feature.PAYLOAD_PASSTHRU_MODE,
                        Feature.PROGRESSIVE_CALL_RESULTS,
                        Feature.PROGRESSIVE_CALL_INVOCATIONS)));
        this.session = new Session(id, identity, roles, bounds, this, this);
    }

    /** The local request id of an invocation, or null if the invocation is not open. */
    @InTurn
    @Nullable
    Long request(PlacedInvocation placed) {
        return requestByPlaced.get(placed);
    }

    /** Opens an invocation; returns its local request id. */
    @InTurn
    long open(PlacedInvocation placed) {
        long request = requestIds.next();
        placedByRequest.put(request, placed);
        requestByPlaced.put(placed, request);
        return request;
    }

    @InTurn
    @Override
    public void append(FromRouter message, Payload payload) {
        if (message instanceof Result result) {
            PlacedInvocation placed = find(result.request(), !result.details().progress());
            if (placed != null) {
                messages.fromCallee(
                        router, placed.callee, new Yield(placed.invocation, result.details(), result.payload()));
            }
        } else if (message instanceof ErrorMessage error && error.requestType() == Call.CODE) {
            PlacedInvocation placed = find(error.request(), true);
            if (placed != null) {
                fail(placed, error);
            }
        }
    }

    /** Answers an invocation with an error. */
    @InTurn
    void fail(PlacedInvocation placed, ErrorMessage error) {
        messages.fromCallee(
                router,
                placed.callee,
                new ErrorMessage(Invocation.CODE, placed.invocation, error.details(), error.error(), error.payload()));
    }

    /** Returns an invocation that no callee has received to the other router. */
    @InTurn
    void giveBack(long request, Refusal refusal) {
        PlacedInvocation placed = find(request, true);
        if (placed != null) {
            giveBack(placed, refusal);
        }
    }

    /** Returns an invocation that was not opened to the other router. */
    @InTurn
    void giveBack(PlacedInvocation placed, Refusal refusal) {
        boolean isGone = refusal == DealerErrors.CALLEE_LEFT;
        Uri error = (isGone ? WampError.NO_SUCH_REGISTRATION : refusal.error()).uri();
        messages.giveBack(
                router,
                placed.callee,
                new ErrorMessage(Invocation.CODE, placed.invocation, ErrorDetails.NONE, error, refusal.payload()));
    }

    /** Answers an invocation that this router must not send to its callee. */
    @InTurn
    void fail(PlacedInvocation placed, Refusal refusal) {
        fail(
                placed,
                new ErrorMessage(
                        Call.CODE, 1, ErrorDetails.NONE, refusal.error().uri(), refusal.payload()));
    }

    static boolean asks(Interrupt interrupt) {
        return interrupt.options().extra().entries().containsKey(ASKS);
    }

    /** Ends an invocation with an error if it is open on the other router but not on this router: either the invocation or its answer was lost. */
    @InTurn
    void failIfUnknown(PlacedInvocation placed) {
        if (request(placed) == null) {
            fail(placed, DealerErrors.LOST);
        }
    }

    /** Converts an invocation of the other router to the local call that represents it. */
    static Call call(long request, Uri procedure, Invocation invocation) {
        InvocationDetails details = invocation.details();
        CallMessageOptions options = new CallMessageOptions(
                0, details.receiveProgress(), details.progress(), false, details.passthru(), List.of(), Dict.EMPTY);
        return new Call(request, options, procedure, invocation.payload());
    }

    @InTurn
    private @Nullable PlacedInvocation find(long request, boolean isLast) {
        PlacedInvocation placed = isLast ? placedByRequest.remove(request) : placedByRequest.get(request);
        if (isLast && placed != null) {
            requestByPlaced.remove(placed);
        }
        return placed;
    }
}
