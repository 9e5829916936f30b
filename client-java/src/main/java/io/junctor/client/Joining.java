package io.junctor.client;

import io.junctor.client.engine.Answerer;
import io.junctor.client.engine.Connector;
import io.junctor.client.engine.Engine;
import io.junctor.client.engine.Environment;
import io.junctor.client.engine.Failure;
import io.junctor.client.engine.Sealer;
import io.junctor.client.engine.Settings;
import io.junctor.client.engine.Timers;
import io.junctor.client.engine.Transport;
import io.junctor.wamp.Codecs;
import io.junctor.wamp.codec.Limits;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Immutable. One attempt to join, with everything the session will need. */
record Joining(
        String realm,
        Function<Transport, Opening> opening,
        Settings settings,
        @Nullable Duration callTimeout,
        Values values,
        Supplier<Timers> timers) {

    /** What opens the session: the message, and what proves who sends it. */
    record Opening(Hello hello, Answerer answerer) {}

    /** What turns objects into values, and values into sealed ones. */
    record Values(Conversion conversion, Sealer sealer) {}

    /** The session, once connected and welcome; canceling drops the connection. */
    CompletableFuture<Session> over(Connector connector) {
        CompletableFuture<Session> session = new CompletableFuture<>();
        var unused = connector.connect().whenComplete((transport, failure) -> connected(session, transport, failure));
        return session;
    }

    private void connected(
            CompletableFuture<Session> session, @Nullable Transport transport, @Nullable Throwable failure) {
        if (transport == null) {
            session.completeExceptionally(failure == null ? new IllegalStateException("no transport") : failure);
            return;
        }
        if (session.isDone()) {
            transport.drop();
            return;
        }
        Opening first;
        try {
            first = opening.apply(transport);
        } catch (Answerer.CannotAnswer none) {
            transport.drop();
            session.completeExceptionally(Failure.of(WampError.CANNOT_AUTHENTICATE, none.text(), null));
            return;
        }
        join(session, transport, first);
    }

    private void join(CompletableFuture<Session> session, Transport transport, Opening first) {
        Limits limits = new Limits(settings.messageBytes(), Limits.DEFAULT.depth(), Limits.DEFAULT.elements());
        Environment environment = new Environment(settings, new Codecs(limits)::of, timers.get(), values.sealer(), 0);
        CompletableFuture<Engine.Joined> joined = Engine.join(transport, first.hello(), environment, first.answerer());
        var unusedJoined = joined.whenComplete((done, refused) -> joined(session, done, refused));
        var unusedSession = session.whenComplete((done, canceled) -> joined.cancel(false));
    }

    private void joined(
            CompletableFuture<Session> session, Engine.@Nullable Joined joined, @Nullable Throwable failure) {
        if (joined == null) {
            session.completeExceptionally(failure == null ? new IllegalStateException("no session") : failure);
            return;
        }
        Engine engine = joined.engine();
        AsyncSession.Defaults defaults = new AsyncSession.Defaults(
                settings.requestTimeoutNanos(),
                callTimeout,
                joined.welcome().details().roles());
        AsyncSession async = new AsyncSession(engine, values, defaults);
        Session open = new Session(engine, joined.welcome(), async, realm);
        if (!session.complete(open)) {
            var unused = open.async().close();
        }
    }
}
