package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.meta.MetaAnswer.Denied;
import io.junctor.router.meta.MetaAnswer.Later;
import io.junctor.router.meta.MetaAnswer.Ready;
import io.junctor.router.meta.MetaAnswer.Refused;
import io.junctor.router.meta.MetaAnswer.Values;
import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.reply.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Belongs to the turn. Answers calls to procedures of the router, {@code wamp.*}, in one realm. */
public final class MetaApi {
    private static final Refusal FAILED =
            Refusal.of(WampError.RUNTIME_ERROR, "the router failed to answer this call; its log says why");

    private final ArgumentsCodec wording;
    private final Counters counters;
    private final Turnstile turnstile;
    private final Executor workers;
    private final BiConsumer<Session, PermissionQuery> denied;
    private final Map<String, MetaProcedure> procedures = new HashMap<>();

    /**
     * An API without procedures; what takes long is done by {@code workers} and answered through {@code turnstile}, the realm's. In the turn
     * {@code denied} is told what a procedure did not do as the session may not have it done.
     */
    public MetaApi(
            ArgumentsCodec wording,
            Counters counters,
            Turnstile turnstile,
            Executor workers,
            BiConsumer<Session, PermissionQuery> denied) {
        this.denied = denied;
        this.wording = wording;
        this.counters = counters;
        this.turnstile = turnstile;
        this.workers = workers;
    }

    /** Offers {@code more} procedures by their URIs; to be called before the first session joins. */
    public MetaApi offer(Map<String, MetaProcedure> more) {
        procedures.putAll(more);
        return this;
    }

    /** Keeps those procedures only whose URIs fit; to be called before the first session joins. */
    public MetaApi offerOnly(Predicate<String> fits) {
        procedures.keySet().removeIf(fits.negate());
        return this;
    }

    /** Answers a call, whose arguments are {@code arguments}. */
    @InTurn
    public void onCall(Session caller, Call call, Arguments arguments) {
        counters.increment(Counter.CALLS);
        switch (answer(
                caller, call, new MetaArguments(arguments, caller.rights().uris()))) {
            case Values values -> send(caller, call, values, wording.encode(values.arguments()));
            case Refused refused -> refuse(caller, call, refused.refusal());
            case Denied denied -> deny(caller, call, denied.question());
            case Later later -> {
                caller.beginLongWork();
                later.maker().whenCompleteAsync((maker, fault) -> conclude(caller, call, maker, fault), workers);
            }
        }
    }

    @InTurn
    private MetaAnswer answer(Session caller, Call call, MetaArguments arguments) {
        MetaProcedure procedure = procedures.get(call.procedure().text());
        if (procedure == null) {
            return new Refused(Refusal.of(
                    WampError.NO_SUCH_PROCEDURE,
                    "the router offers no procedure " + call.procedure().text()));
        }
        try {
            return procedure.call(caller, arguments);
        } catch (InvalidArgument problem) {
            return new Refused(problem.refusal());
        }
    }

    @InTurn
    private void send(Session caller, Call call, Values values, Payload payload) {
        caller.reply(new Result(call.request(), ResultDetails.FINAL, payload), payload);
        values.after().run();
    }

    @InTurn
    private void refuse(Session caller, Call call, Refusal refusal) {
        counters.increment(Counter.CALLS_FAILED);
        caller.refuse(refusal, Call.CODE, call.request());
    }

    @InTurn
    private void deny(Session caller, Call call, PermissionQuery question) {
        denied.accept(caller, question);
        refuse(caller, call, question.refusal());
    }

    /** On a worker: makes and encodes the answer, and gives it in the turn. */
    private void conclude(Session caller, Call call, @Nullable Supplier<Ready> maker, @Nullable Throwable fault) {
        Runnable sending = maker == null ? failing(caller, call, fault) : sending(caller, call, maker);
        try (Pass pass = Pass.open()) {
            turnstile.run(() -> {
                try {
                    sending.run();
                } finally {
                    caller.endLongWork();
                }
            });
        }
    }

    private Runnable sending(Session caller, Call call, Supplier<Ready> maker) {
        try {
            switch (maker.get()) {
                case Values values -> {
                    Payload payload = wording.encode(values.arguments(), caller.serializer());
                    return () -> send(caller, call, values, payload);
                }
                case Refused refused -> {
                    return () -> refuse(caller, call, refused.refusal());
                }
                case Denied denied -> {
                    return () -> deny(caller, call, denied.question());
                }
            }
        } catch (RuntimeException problem) {
            return failing(caller, call, problem);
        }
    }

    /** What is thrown in the turn gets into the log. */
    private Runnable failing(Session caller, Call call, @Nullable Throwable fault) {
        return () -> {
            refuse(caller, call, FAILED);
            throw new IllegalStateException("no answer to " + call.procedure(), fault);
        };
    }
}
