package io.junctor.router.realm;

import io.junctor.router.authorization.SenderDisclosure;
import io.junctor.router.connection.DirectSink;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.dealer.Dealer;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.ProcedureCaller.Answer;
import io.junctor.router.reply.ProcedureCaller.Failed;
import io.junctor.router.reply.ProcedureCaller.Returned;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.ErrorMessage;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.CallMessageOptions;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.RequestIds;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Calls procedures for the router itself, from a session without a client. Callees cannot distinguish it from other callers. The meta API
 * does not list this session. Confined to the realm's turn.
 */
final class RouterCaller implements DirectSink, FlowControl {
    private static final Failed UNREADABLE = new Failed(WampError.INVALID_PAYLOAD.uri(), Arguments.NONE);

    private final Dealer dealer;
    private final ArgumentsCodec codec;
    private final RequestIds requestIds = new RequestIds();
    private final Map<Long, CompletableFuture<Answer>> openByRequest = new HashMap<>();
    private final Session session;

    RouterCaller(long id, Session.Bounds bounds, Dealer dealer, ArgumentsCodec codec) {
        this.dealer = dealer;
        this.codec = codec;
        Identity router = new Identity("router", "router", "internal", "internal");
        this.session = new Session(id, router, new Roles(Map.of(Role.CALLER, Set.of())), bounds, this, this);
    }

    /** The id of its session. */
    long id() {
        return session.id();
    }

    /** Calls the procedure; {@code answer} completes outside of the turn. */
    @InTurn
    void call(Uri procedure, Payload payload, Duration timeout, CompletableFuture<Answer> answer) {
        long request = requestIds.next();
        openByRequest.put(request, answer);
        CallMessageOptions options =
                new CallMessageOptions(timeout.toMillis(), false, false, false, null, List.of(), Dict.EMPTY);
        dealer.onCall(session, new Call(request, options, procedure, payload), SenderDisclosure.PLAIN);
    }

    @InTurn
    @Override
    public void append(FromRouter message, Payload payload) {
        if (message instanceof Result result) {
            complete(result.request(), () -> new Returned(codec.decode(payload)));
        } else if (message instanceof ErrorMessage error) {
            complete(error.request(), () -> new Failed(error.error(), codec.decode(payload)));
        }
    }

    /** Completes the call at the end of the pass, when this thread has no turn. */
    @InTurn
    private void complete(long request, Supplier<Answer> answer) {
        CompletableFuture<Answer> open = openByRequest.remove(request);
        if (open != null) {
            Pass.current().atEnd(() -> open.complete(readable(answer)));
        }
    }

    private static Answer readable(Supplier<Answer> answer) {
        try {
            return answer.get();
        } catch (ProtocolViolationException unreadable) {
            return UNREADABLE;
        }
    }
}
