package io.junctor.router.meta;

import io.junctor.router.metrics.Counter;
import io.junctor.router.metrics.Counters;
import io.junctor.router.session.Refusal;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.wamp.message.Call;
import io.junctor.wamp.message.Result;
import io.junctor.wamp.options.ResultDetails;
import io.junctor.wamp.value.Arguments;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.WampError;
import java.util.HashMap;
import java.util.Map;

/** Belongs to the turn. Answers calls to procedures of the router, {@code wamp.*}, in one realm. */
public final class MetaApi {
    private static final Refusal NO_PROCEDURE =
            Refusal.of(WampError.NO_SUCH_PROCEDURE, "the router offers no such procedure");

    private final Wording wording;
    private final Counters counters;
    private final Map<String, MetaProcedure> procedures = new HashMap<>();

    /** An API without procedures. */
    public MetaApi(Wording wording, Counters counters) {
        this.wording = wording;
        this.counters = counters;
    }

    /** Offers {@code procedures} by their URIs; to be called before the first session joins. */
    public MetaApi offer(Map<String, MetaProcedure> more) {
        procedures.putAll(more);
        return this;
    }

    /** Answers a call, whose arguments are {@code arguments}. */
    @InTurn
    public void onCall(Session caller, Call call, Arguments arguments) {
        counters.increment(Counter.CALLS);
        switch (answer(caller, call, new MetaArguments(arguments))) {
            case MetaAnswer.Values values -> {
                Payload payload = wording.encode(values.arguments());
                caller.reply(new Result(call.request(), ResultDetails.FINAL, payload), payload);
                values.after().run();
            }
            case MetaAnswer.Refused refused -> {
                counters.increment(Counter.CALLS_FAILED);
                refused.refusal().answer(caller, Call.CODE, call.request());
            }
        }
    }

    @InTurn
    private MetaAnswer answer(Session caller, Call call, MetaArguments arguments) {
        MetaProcedure procedure = procedures.get(call.procedure().text());
        if (procedure == null) {
            return new MetaAnswer.Refused(NO_PROCEDURE);
        }
        try {
            return procedure.call(caller, arguments);
        } catch (InvalidArgument problem) {
            return new MetaAnswer.Refused(Refusal.of(WampError.INVALID_ARGUMENT, problem.problem()));
        }
    }
}
