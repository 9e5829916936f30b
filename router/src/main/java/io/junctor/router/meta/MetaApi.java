package io.junctor.router.meta;

import io.junctor.router.authorization.PermissionQuery;
import io.junctor.router.meta.MetaAnswer.Denied;
import io.junctor.router.meta.MetaAnswer.Later;
import io.junctor.router.meta.MetaAnswer.Listing;
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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers calls to the procedures of the router, {@code wamp.*}, in one realm. Confined to the realm's turn. */
public final class MetaApi {
    private static final Refusal FAILED =
            Refusal.of(WampError.RUNTIME_ERROR, "the router failed to answer this call; its log says why");

    private final ArgumentsCodec codec;
    private final Counters counters;
    private final Turnstile turnstile;
    private final Executor workers;
    private final BiConsumer<Session, PermissionQuery> onDenied;
    private final Map<String, MetaProcedure> procedures = new HashMap<>();
    private Function<String, @Nullable MetaProcedure> others = uri -> null;
    private Predicate<String> offered = uri -> true;
    /** The answers about many entries that wait until the present answer of this kind is sent. */
    private final Deque<Runnable> listings = new ArrayDeque<>(0);

    private boolean makesListing;

    /**
     * Creates an API without procedures. {@code workers} make answers that take long, which are then sent in a turn of the realm.
     * {@code onDenied} runs in the turn when a procedure refuses a request because the session has no permission.
     */
    public MetaApi(
            ArgumentsCodec codec,
            Counters counters,
            Turnstile turnstile,
            Executor workers,
            BiConsumer<Session, PermissionQuery> onDenied) {
        this.onDenied = onDenied;
        this.codec = codec;
        this.counters = counters;
        this.turnstile = turnstile;
        this.workers = workers;
    }

    /** Adds procedures by their URIs. Call this before the first session joins. */
    public MetaApi offer(Map<String, MetaProcedure> more) {
        procedures.putAll(more);
        return this;
    }

    /** The procedures that were added, by their URIs. */
    public Map<String, MetaProcedure> offered() {
        return Map.copyOf(procedures);
    }

    /** Sets a function that finds further procedures, which were not added by {@link #offer}. Call this before the first session joins. */
    public MetaApi offerOthers(Function<String, @Nullable MetaProcedure> more) {
        others = more;
        return this;
    }

    /** Offers only the procedures whose URIs pass {@code which}. Call this before the first session joins. */
    public MetaApi offerOnly(Predicate<String> which) {
        offered = which;
        return this;
    }

    /** From now on offers only the procedures whose URIs pass {@code which}. */
    @InTurn
    public void use(Predicate<String> which) {
        offered = which;
    }

    /** Answers a call with these decoded arguments. */
    @InTurn
    public void onCall(Session caller, Call call, Arguments arguments) {
        counters.increment(Counter.CALLS);
        switch (answer(
                caller, call, new MetaArguments(arguments, caller.rights().uris()))) {
            case Values values -> send(caller, call, values, codec.encode(values.arguments()));
            case Refused refused -> refuse(caller, call, refused.refusal());
            case Denied denied -> deny(caller, call, denied.query());
            case Later later -> {
                caller.beginLongWork();
                later.maker()
                        .whenCompleteAsync((maker, fault) -> conclude(caller, call, maker, fault, () -> {}), workers);
            }
            case Listing listing -> {
                caller.beginLongWork();
                listings.add(() -> make(caller, call, listing));
                makeNext();
            }
        }
    }

    /** Makes the next answer about many entries, unless such an answer is being made. */
    @InTurn
    private void makeNext() {
        if (!makesListing && !listings.isEmpty()) {
            makesListing = true;
            listings.remove().run();
        }
    }

    @InTurn
    private void make(Session caller, Call call, Listing listing) {
        try {
            Supplier<Ready> maker = listing.copy().get();
            workers.execute(() -> conclude(caller, call, maker, null, this::onListingMade));
        } catch (RuntimeException | Error fault) {
            workers.execute(() -> conclude(caller, call, null, fault, this::onListingMade));
        }
    }

    @InTurn
    private void onListingMade() {
        makesListing = false;
        makeNext();
    }

    @InTurn
    private MetaAnswer answer(Session caller, Call call, MetaArguments arguments) {
        MetaProcedure known = procedures.get(call.procedure().text());
        MetaProcedure procedure = known == null ? others.apply(call.procedure().text()) : known;
        if (procedure == null || !offered.test(call.procedure().text())) {
            return new Refused(Refusal.of(
                    WampError.NO_SUCH_PROCEDURE,
                    "the router offers no procedure " + call.procedure().text()));
        }
        try {
            return procedure.call(caller, arguments);
        } catch (InvalidArgumentException problem) {
            return new Refused(problem.refusal().about(call.procedure().text()));
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
    private void deny(Session caller, Call call, PermissionQuery query) {
        onDenied.accept(caller, query);
        counters.increment(Counter.CALLS_FAILED);
        caller.deny(query, Call.CODE, call.request());
    }

    /** Makes and encodes the answer on a worker thread, then sends it in the turn, where {@code after} runs. */
    private void conclude(
            Session caller, Call call, @Nullable Supplier<Ready> maker, @Nullable Throwable fault, Runnable after) {
        Runnable sending = maker == null ? failing(caller, call, fault) : sending(caller, call, maker);
        try (Pass pass = Pass.open()) {
            turnstile.run(() -> {
                try {
                    sending.run();
                } finally {
                    caller.endLongWork();
                    after.run();
                }
            });
        }
    }

    private Runnable sending(Session caller, Call call, Supplier<Ready> maker) {
        try {
            switch (maker.get()) {
                case Values values -> {
                    Payload payload = codec.encode(values.arguments(), caller.serializer());
                    return () -> send(caller, call, values, payload);
                }
                case Refused refused -> {
                    return () -> refuse(caller, call, refused.refusal());
                }
                case Denied denied -> {
                    return () -> deny(caller, call, denied.query());
                }
            }
        } catch (RuntimeException | Error problem) {
            return failing(caller, call, problem);
        }
    }

    /** Returns an action for the turn that sends an error and throws an exception, which is then logged. */
    private Runnable failing(Session caller, Call call, @Nullable Throwable fault) {
        return () -> {
            refuse(caller, call, FAILED);
            throw new IllegalStateException("no answer to " + call.procedure(), fault);
        };
    }
}
