package io.junctor.router.realm;

import io.junctor.router.cluster.MetaQuestion;
import io.junctor.router.connection.DirectSink;
import io.junctor.router.connection.FlowControl;
import io.junctor.router.meta.InvalidArgumentException;
import io.junctor.router.meta.MetaAnswer;
import io.junctor.router.meta.MetaArguments;
import io.junctor.router.meta.MetaProcedure;
import io.junctor.router.reply.ArgumentsCodec;
import io.junctor.router.session.Session;
import io.junctor.router.turn.InTurn;
import io.junctor.router.turn.Pass;
import io.junctor.router.turn.Turnstile;
import io.junctor.wamp.message.FromRouter;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.options.Roles;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions of other routers about the sessions of this router. Other effects of a procedure, such as killing sessions, take place
 * after the answer. Confined to the realm's turn.
 */
final class RemoteQuestions {
    /** Represents the calling session of another router. It receives no messages, because the answer is passed to {@code reply}. */
    private static final class RemoteCallerSession implements DirectSink, FlowControl {
        @InTurn
        @Override
        public void append(FromRouter message, Payload payload) {}
    }

    private final Map<String, MetaProcedure> procedures;
    private final Function<Identity, Session.Bounds> bounds;
    private final ArgumentsCodec codec;
    private final Turnstile turnstile;
    private final Executor workers;

    /**
     * Creates an object that answers by {@code procedures}, which consider the sessions of this router only.
     *
     * @param bounds the limits and permissions of a session with a given identity on this router
     * @param workers make answers that take long
     */
    RemoteQuestions(
            Map<String, MetaProcedure> procedures,
            Function<Identity, Session.Bounds> bounds,
            ArgumentsCodec codec,
            Turnstile turnstile,
            Executor workers) {
        this.procedures = Map.copyOf(procedures);
        this.bounds = bounds;
        this.codec = codec;
        this.turnstile = turnstile;
        this.workers = workers;
    }

    /** Answers a question, see {@link io.junctor.router.cluster.RealmPort#answer}. */
    @InTurn
    void answer(MetaQuestion question, Consumer<@Nullable Payload> reply) {
        switch (answer(question)) {
            case MetaAnswer.Ready ready -> {
                reply.accept(payload(ready));
                after(ready).run();
            }
            case MetaAnswer.Listing listing -> {
                Supplier<MetaAnswer.Ready> maker = listing.copy().get();
                workers.execute(() -> send(maker.get(), reply));
            }
            case MetaAnswer.Later later -> later.maker().thenAcceptAsync(maker -> send(maker.get(), reply), workers);
            case null -> reply.accept(null);
        }
    }

    @InTurn
    private @Nullable MetaAnswer answer(MetaQuestion question) {
        MetaProcedure procedure = procedures.get(question.procedure().text());
        if (procedure == null) {
            return null;
        }
        RemoteCallerSession nowhere = new RemoteCallerSession();
        Session asker = new Session(
                question.session(),
                question.identity(),
                new Roles(Map.of()),
                bounds.apply(question.identity()),
                nowhere,
                nowhere);
        try {
            return procedure.call(
                    asker,
                    new MetaArguments(
                            codec.decode(question.arguments()), asker.rights().uris()));
        } catch (InvalidArgumentException | ProtocolViolationException problem) {
            // The router that asks has answered this call with the error.
            return null;
        }
    }

    private void send(MetaAnswer.Ready ready, Consumer<@Nullable Payload> reply) {
        reply.accept(payload(ready));
        Pass.run(() -> turnstile.run(after(ready)));
    }

    private @Nullable Payload payload(MetaAnswer.Ready ready) {
        return ready instanceof MetaAnswer.Values values ? codec.encode(values.arguments()) : null;
    }

    private static Runnable after(MetaAnswer.Ready ready) {
        return ready instanceof MetaAnswer.Values values ? values.after() : () -> {};
    }
}
