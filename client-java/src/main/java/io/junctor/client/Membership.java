package io.junctor.client;

import io.junctor.client.internal.Backoff;
import io.junctor.client.internal.Log;
import io.junctor.client.internal.Timers;
import io.junctor.client.internal.session.JoinRound;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client joined to a realm: when a session ends or cannot be joined, it joins a new one after a pause, and
 * sets it up with the same {@link JoinHandler}. Created by {@link Client#stayJoined}. Thread-safe.
 *
 * <p>{@link #call} and {@link #publish} use the current session. If there is none, they wait for the next session, at most
 * the request timeout, so that a program needs no retry loop. A request that was sent before the session ended is
 * not repeated: it fails, because the router may have processed it.
 *
 * <p>Pauses grow from 0.5 s to 30 s, with a random part, and start again at 0.5 s after a session that lasted longer
 * than the longest pause. With several routers, each attempt tries all of them in turn, and begins with the router after the last
 * one that was tried, so that it does not begin with a router that it has just lost. A membership ends when it is closed, when the
 * program closes one of its sessions, or when the router refuses for a reason that another attempt cannot change, such as an unknown realm.
 */
public final class Membership implements AutoCloseable {
    private static final Log LOG = Log.of(Membership.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<CompletableFuture<Session>> join;
    private final JoinHandler handler;
    private final Timers timers;
    private final Backoff backoff;
    private final Duration waitLimit;
    /** Completes with the current session when it is set up. Replaced after that session has ended. */
    private final AtomicReference<CompletableFuture<Session>> present =
            new AtomicReference<>(new CompletableFuture<>());

    private final CompletableFuture<MembershipEnd> ended = new CompletableFuture<>();

    private record MembershipEnd(String uri, String text) {}

    Membership(Supplier<CompletableFuture<Session>> join, JoinHandler handler, Timers timers, Duration waitLimit) {
        this.join = join;
        this.handler = handler;
        this.timers = timers;
        this.backoff = new Backoff(FIRST_PAUSE.toNanos(), LONGEST_PAUSE.toNanos());
        this.waitLimit = waitLimit;
    }

    /** Returns the current session, if it is set up. */
    public Optional<Session> session() {
        return Optional.ofNullable(setUp(present.get())).filter(Session::isOpen);
    }

    /**
     * Returns the current session. If there is none, waits for the next session that is set up.
     *
     * @throws WampException with {@code wamp.error.timeout} if no session is set up within {@code timeout}, with
     *     {@code wamp.error.canceled} if the thread is interrupted, or with the reason if the membership has ended
     */
    public Session awaitSession(Duration timeout) {
        CompletableFuture<Session> expired = new CompletableFuture<>();
        Timers.Timer timer = timers.after(
                timeout.toNanos(),
                () -> expired.completeExceptionally(new WampException(
                        WampError.TIMEOUT.uri().text(), "no session within " + timeout.toMillis() + " ms")));
        try {
            return firstOpen(expired);
        } finally {
            timer.cancel();
        }
    }

    /** Calls a procedure with positional arguments, like {@link #call(String, Args, CallOptions)}. */
    public Result call(String procedure, @Nullable Object... arguments) {
        return call(procedure, Args.of(arguments), CallOptions.DEFAULT);
    }

    /**
     * Calls a procedure and waits for the result, like {@link Session#call(String, Args, CallOptions)}. If there is no session,
     * first waits for the next one.
     *
     * @throws SessionClosedException if the session ended after the call was sent
     */
    public Result call(String procedure, Args args, CallOptions options) {
        return withSession(session -> session.call(procedure, args, options));
    }

    /** Publishes positional arguments, like {@link #publish(String, Args, PublishOptions)}. */
    public void publish(String topic, @Nullable Object... arguments) {
        publish(topic, Args.of(arguments), PublishOptions.DEFAULT);
    }

    /**
     * Publishes, like {@link Session#publish(String, Args, PublishOptions)}. If there is no session, first waits for the next
     * one.
     *
     * @throws SessionClosedException if the session ended after the publication was sent
     */
    public OptionalLong publish(String topic, Args args, PublishOptions options) {
        return withSession(session -> session.publish(topic, args, options));
    }

    /** Waits until the membership ends and returns the reason, a text for people. */
    public String awaitEnd() {
        return Futures.await(ended).text;
    }

    /** Ends the membership and closes the current session like {@link Session#close}. */
    @Override
    public void close() {
        end(WampError.CLOSE_REALM.uri().text(), "closed");
        session().ifPresent(Session::close);
    }

    void attempt() {
        if (!ended.isDone()) {
            var unused = join.get().whenComplete((session, failure) -> {
                if (session != null) {
                    joined(session);
                } else if (failure instanceof WampException refused) {
                    refused(refused);
                } else {
                    end(WampError.RUNTIME_ERROR.uri().text(), String.valueOf(failure));
                }
            });
        }
    }

    private <R> R withSession(Function<Session, R> request) {
        while (true) {
            try {
                return request.apply(awaitSession(waitLimit));
            } catch (SessionClosedException closed) {
                if (closed.requestWasSent()) {
                    throw closed;
                }
            }
        }
    }

    private Session firstOpen(CompletableFuture<Session> expired) {
        while (true) {
            CompletableFuture<Session> next = next();
            Futures.await(CompletableFuture.anyOf(next, expired));
            Session session = setUp(next);
            if (session != null && session.isOpen()) {
                return session;
            }
        }
    }

    /** Returns the future of the current session, or of the next session if the current session has ended. */
    private CompletableFuture<Session> next() {
        CompletableFuture<Session> now = present.get();
        Session session = setUp(now);
        if (session != null && !session.isOpen()) {
            present.compareAndSet(now, new CompletableFuture<>());
        }
        MembershipEnd end = ended.getNow(null);
        if (end != null) {
            present.get().completeExceptionally(noSession(end));
        }
        return present.get();
    }

    private static @Nullable Session setUp(CompletableFuture<Session> future) {
        return future.state() == Future.State.SUCCESS ? future.resultNow() : null;
    }

    private static WampException noSession(MembershipEnd end) {
        return new WampException(end.uri, "the membership has ended: " + end.text);
    }

    private void joined(Session session) {
        try {
            handler.onJoin(session);
        } catch (Exception | Error thrown) {
            LOG.write(System.Logger.Level.WARNING, session + " could not be set up", thrown);
            session.close();
            again();
            return;
        }
        next().complete(session);
        if (ended.isDone()) {
            session.close();
        }
        Timers.Timer lasting = timers.after(backoff.longestNanos(), backoff::reset);
        session.onLeave(reason -> {
            lasting.cancel();
            left(reason);
        });
    }

    private void left(CloseReason reason) {
        if (reason.by() == CloseReason.By.CLIENT) {
            end(reason.reason(), "the session was closed");
        } else {
            LOG.write(
                    System.Logger.Level.INFO,
                    "the session was ended by {0}: {1}; joining again",
                    reason.by(),
                    reason.message());
            again();
        }
    }

    private void refused(WampException refused) {
        if (JoinRound.isFinal(refused.uri())) {
            LOG.write(System.Logger.Level.ERROR, "not joining again: {0}", refused.getMessage());
            end(refused.uri(), String.valueOf(refused.getMessage()));
        } else {
            LOG.write(System.Logger.Level.INFO, "not joined: {0}; trying again", refused.getMessage());
            again();
        }
    }

    private void again() {
        if (!ended.isDone()) {
            timers.after(backoff.pauseNanos(), this::attempt);
        }
    }

    private void end(String uri, String text) {
        ended.complete(new MembershipEnd(uri, text));
        timers.close();
        var unused = next();
    }
}
