package io.junctor.client;

import io.junctor.client.engine.Backoff;
import io.junctor.client.engine.Timers;
import io.junctor.wamp.value.WampError;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. Stays joined to a realm: when a session ends, or cannot be joined, another one is joined after
 * a pause, and set up by the same {@link JoinHandler}.
 *
 * <p>Pauses grow from 0.5 s to 30 s, with chance in them, and begin anew after a session that lasted longer. It gives up only
 * when the router refuses in a way that another attempt cannot change, such as an unknown realm, and ends when it, or one of
 * its sessions, is closed. Each new session is a session of its own: what was open in the old one has failed.
 */
public final class Membership implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Membership.class.getName());

    /** Refusals that stay, whatever the number of attempts. */
    private static final Set<String> FINAL = Set.of(
            WampError.NO_SUCH_REALM.uri().text(),
            WampError.NO_SUCH_ROLE.uri().text(),
            WampError.NO_SUCH_PRINCIPAL.uri().text(),
            WampError.NO_MATCHING_AUTH_METHOD.uri().text(),
            WampError.AUTHENTICATION_DENIED.uri().text(),
            WampError.AUTHENTICATION_REQUIRED.uri().text(),
            WampError.CANNOT_AUTHENTICATE.uri().text(),
            WampError.NOT_AUTHORIZED.uri().text(),
            WampError.INVALID_URI.uri().text(),
            WampError.PROTOCOL_VIOLATION.uri().text());

    private final Client client;
    private final JoinHandler handler;
    private final Timers timers;
    private final Backoff backoff;
    private final AtomicReference<@Nullable Session> current = new AtomicReference<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();

    Membership(Client client, JoinHandler handler, Timers timers, Backoff backoff) {
        this.client = client;
        this.handler = handler;
        this.timers = timers;
        this.backoff = backoff;
    }

    /** The session that is joined and set up now; empty while there is none. */
    public Optional<Session> session() {
        return Optional.ofNullable(current.get()).filter(Session::isOpen);
    }

    /** Waits until it is closed or gives up, and returns why, as a text for people. */
    public String awaitEnd() {
        return Futures.await(ended);
    }

    /** Closes the session there is, as {@link Session#close} does, and joins no other. */
    @Override
    public void close() {
        end("closed");
        Session session = current.getAndSet(null);
        if (session != null) {
            session.close();
        }
    }

    void attempt() {
        if (!ended.isDone()) {
            var unused = client.joinAsync().whenComplete((session, failure) -> {
                if (session != null) {
                    joined(session);
                } else if (failure instanceof WampException refused) {
                    refused(refused);
                } else {
                    end(String.valueOf(failure));
                }
            });
        }
    }

    private void joined(Session session) {
        try {
            handler.onJoin(session);
        } catch (Exception thrown) {
            LOG.log(System.Logger.Level.WARNING, session + " could not be set up", thrown);
            session.close();
            again();
            return;
        }
        current.set(session);
        if (ended.isDone()) {
            close();
        }
        Timers.Timer lasting = timers.after(backoff.longestNanos(), backoff::reset);
        session.onLeave(leave -> {
            lasting.cancel();
            left(leave);
        });
    }

    private void left(Leave leave) {
        if (leave.by() == Leave.By.CLIENT) {
            end("the session was closed");
        } else {
            LOG.log(System.Logger.Level.INFO, "left by {0}: {1}; joining again", leave.by(), leave.message());
            again();
        }
    }

    private void refused(WampException refused) {
        if (FINAL.contains(refused.uri())) {
            LOG.log(System.Logger.Level.ERROR, "not joining again: {0}", refused.getMessage());
            end(String.valueOf(refused.getMessage()));
        } else {
            LOG.log(System.Logger.Level.INFO, "not joined: {0}; trying again", refused.getMessage());
            again();
        }
    }

    private void again() {
        if (!ended.isDone()) {
            timers.after(backoff.pauseNanos(), this::attempt);
        }
    }

    private void end(String why) {
        timers.close();
        ended.complete(why);
    }
}
