package io.junctor.client.internal.engine;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.client.internal.Log;
import io.junctor.client.internal.RequestException;
import io.junctor.client.internal.SessionEnd;
import io.junctor.client.internal.Timers;
import io.junctor.client.internal.Transport;
import io.junctor.wamp.message.Abort;
import io.junctor.wamp.message.Authenticate;
import io.junctor.wamp.message.Challenge;
import io.junctor.wamp.message.FromClient;
import io.junctor.wamp.message.Goodbye;
import io.junctor.wamp.message.Hello;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.CloseDetails;
import io.junctor.wamp.options.Feature;
import io.junctor.wamp.options.Role;
import io.junctor.wamp.value.Payload;
import io.junctor.wamp.value.ProtocolViolationException;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Joins, leaves and ends a session, and sends the pings in between. Thread-safe. A session ends exactly once; only the first
 * reason is kept.
 */
final class SessionLifecycle {
    private static final Log LOG = Log.of(SessionLifecycle.class);
    private static final int NORMAL = 1000;
    private static final int VIOLATION = 1002;
    /** The close code for text that is not UTF-8 (RFC 6455, section 8.1). */
    private static final int INVALID_TEXT = 1007;
    /** The number of times that the timer runs between two pings, so that silence is measured precisely enough. */
    private static final int TICKS_PER_PING = 4;
    /** The number of timer runs without a received message after which the connection is lost: at most twice the ping interval. */
    private static final int SILENT_TICKS = 2 * TICKS_PER_PING;

    private final ReentrantLock lock;
    private final Transport transport;
    private final RequestSender sender;
    private final FlowControl flow;
    private final SessionLimits settings;
    private final Timers timers;
    private final CompletableFuture<Welcome> welcomed = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private Timers.Timer joinTimer = () -> {};
    /** Answers the router's challenge. Set before the first message is read. */
    private volatile ChallengeResponder answerer = ChallengeResponder.NONE;

    /** The timer runs since the last message: the reading thread sets 0, the ping timer adds 1. After a lost update, silence is detected later. */
    private volatile int silentTicks;

    SessionLifecycle(
            ReentrantLock lock,
            Transport transport,
            RequestSender sender,
            FlowControl flow,
            SessionContext environment) {
        this.lock = lock;
        this.transport = transport;
        this.sender = sender;
        this.flow = flow;
        this.settings = environment.settings();
        this.timers = environment.timers();
    }

    /** Completes with {@code WELCOME}, or fails with the reason why the join failed. */
    CompletableFuture<Welcome> welcomed() {
        return welcomed;
    }

    /** Completes when the session has ended. */
    CompletableFuture<SessionEnd> ended() {
        return ended;
    }

    /** Sends {@code HELLO} and starts to read. {@code proof} answers challenges. */
    void open(Hello hello, ChallengeResponder proof) {
        answerer = proof;
        lock.lock();
        try {
            sender.helloLocked(hello);
            joinTimer = timers.after(settings.joinTimeoutNanos(), this::joinIsLate);
        } finally {
            lock.unlock();
        }
        sender.flush();
        flow.resume();
    }

    Runnable welcomeLocked(Welcome welcome) {
        String problem = answerer.problem(welcome);
        if (problem != null) {
            return () -> cannotAuthenticate(problem);
        }
        joinTimer.cancel();
        sender.openLocked(welcome.details().roles().has(Role.DEALER, Feature.CALL_CANCELING));
        return () -> {
            scheduleTick(1);
            welcomed.complete(welcome);
        };
    }

    /** Sends {@code GOODBYE}. The future completes when the router has answered or the close timeout has passed. */
    CompletableFuture<SessionEnd> leave(Goodbye goodbye) {
        boolean now;
        lock.lock();
        try {
            now = sender.phaseLocked() == RequestSender.Phase.JOINING;
            if (sender.phaseLocked() == RequestSender.Phase.OPEN) {
                sender.goodbyeLocked(goodbye);
                timers.after(settings.closeTimeoutNanos(), () -> drop("GOODBYE was not answered"));
            }
        } finally {
            lock.unlock();
        }
        if (now) {
            drop("left while joining");
        }
        sender.flush();
        flow.resume();
        return ended;
    }

    /** Notes that the router answered the client's {@code GOODBYE}, or sent its own at the same time. */
    Runnable leftLocked() {
        return endLocked(left("the session was closed"), null, NORMAL);
    }

    Runnable abortedLocked(Abort abort) {
        return endLocked(SessionEnd.of(abort), null, NORMAL);
    }

    Runnable goodbyeLocked(Goodbye goodbye) {
        Goodbye answer = new Goodbye(CloseDetails.NONE, WampError.GOODBYE_AND_OUT.uri());
        return endLocked(SessionEnd.of(goodbye), answer, NORMAL);
    }

    /** Computes the answer on a separate thread, because deriving keys and fetching tokens take time. */
    Runnable challengedLocked(Challenge challenge) {
        return answerer == ChallengeResponder.NONE
                ? () -> answer(challenge)
                : () -> Thread.ofVirtual().name("wamp-answer").start(() -> answer(challenge));
    }

    private void answer(Challenge challenge) {
        try {
            Authenticate answer = answerer.answer(challenge);
            lock.lock();
            try {
                if (sender.phaseLocked() == RequestSender.Phase.JOINING) {
                    sender.helloLocked(answer);
                }
            } finally {
                lock.unlock();
            }
            sender.flush();
        } catch (ChallengeResponder.CannotAnswerException none) {
            cannotAuthenticate(none.text());
        } catch (ProtocolViolationException violation) {
            violated(violation.problem());
        } catch (RuntimeException | Error defect) {
            LOG.write(System.Logger.Level.ERROR, "a challenge could not be answered", defect);
            cannotAuthenticate("the client failed");
        }
    }

    private void cannotAuthenticate(String problem) {
        Uri reason = WampError.CANNOT_AUTHENTICATE.uri();
        Abort abort = new Abort(CloseDetails.message(problem), reason, Payload.NONE);
        end(new SessionEnd(SessionEnd.EndedBy.CLIENT, reason, problem), abort, NORMAL);
    }

    /** Sends {@code ABORT} and ends the session, because the router violated the protocol. */
    void violated(String problem) {
        violated(problem, VIOLATION);
    }

    /** Ends the session like {@link #violated}, because the router sent text that is not UTF-8. */
    void textIsInvalid(String problem) {
        violated(problem, INVALID_TEXT);
    }

    private void violated(String problem, int closeCode) {
        Uri reason = WampError.PROTOCOL_VIOLATION.uri();
        end(SessionEnd.violation(problem), new Abort(CloseDetails.message(problem), reason, Payload.NONE), closeCode);
    }

    /** Notes that the transport has ended. */
    void lost(String cause) {
        end(SessionEnd.lost(cause), null, NORMAL);
        timers.close();
    }

    /** Notes that a message or pong arrived, so the router is alive. */
    void heard() {
        silentTicks = 0;
    }

    private void end(SessionEnd ending, @Nullable FromClient lastMessage, int closeCode) {
        Runnable after;
        lock.lock();
        try {
            if (sender.phaseLocked() == RequestSender.Phase.ENDED) {
                return;
            }
            after = endLocked(ending, lastMessage, closeCode);
        } finally {
            lock.unlock();
        }
        after.run();
    }

    private Runnable endLocked(SessionEnd ending, @Nullable FromClient lastMessage, int closeCode) {
        joinTimer.cancel();
        List<Runnable> after = sender.endLocked(ending, lastMessage, closeCode);
        return () -> {
            timers.after(settings.closeTimeoutNanos(), transport::drop);
            sender.flush();
            after.forEach(Runnable::run);
            welcomed.completeExceptionally(RequestException.refused(ending));
            ended.complete(ending);
            flow.resume();
        };
    }

    private void drop(String why) {
        end(left(why), null, NORMAL);
        transport.drop();
    }

    private void joinIsLate() {
        String problem = "no WELCOME within "
                + Duration.ofNanos(settings.joinTimeoutNanos()).toMillis() + " ms (join timeout)";
        end(new SessionEnd(SessionEnd.EndedBy.CLIENT, WampError.TIMEOUT.uri(), problem), null, NORMAL);
    }

    private void scheduleTick(int tick) {
        if (settings.pingNanos() > 0) {
            timers.after(settings.pingNanos() / TICKS_PER_PING, () -> tick(tick));
        }
    }

    private void tick(int tick) {
        if (ended.isDone()) {
            return;
        }
        int silent = flow.isPaused() ? 0 : silentTicks + 1;
        silentTicks = silent;
        if (silent >= SILENT_TICKS) {
            long limitNanos = 2 * settings.pingNanos();
            lost("nothing arrived for " + Duration.ofNanos(limitNanos).toMillis() + " ms (twice the ping interval)");
            transport.drop();
            return;
        }
        if (tick % TICKS_PER_PING == 0) {
            transport.ping();
        }
        scheduleTick(tick + 1);
    }

    private static SessionEnd left(String why) {
        return new SessionEnd(SessionEnd.EndedBy.CLIENT, WampError.CLOSE_REALM.uri(), why);
    }
}
