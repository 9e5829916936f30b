package io.junctor.client.internal.engine;

import io.junctor.client.internal.ChallengeResponder;
import io.junctor.client.internal.RequestFailure;
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
import io.junctor.wamp.value.ProtocolViolation;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Safe for use by many threads. From {@code HELLO} to the closed transport: joining, leaving, every way to end, and the
 * pings in between. A session ends exactly once; the first reason wins.
 */
final class SessionLifecycle {
    private static final System.Logger LOG = System.getLogger(SessionLifecycle.class.getName());
    private static final int NORMAL = 1000;
    private static final int VIOLATION = 1002;
    /** Ticks of the ping timer without a sign of life after which the router is taken for dead. */
    private static final int SILENT_TICKS = 2;

    private final ReentrantLock lock;
    private final Transport transport;
    private final RequestSender sender;
    private final FlowControl demand;
    private final SessionSettings settings;
    private final Timers timers;
    private final CompletableFuture<Welcome> welcomed = new CompletableFuture<>();
    private final CompletableFuture<SessionEnd> ended = new CompletableFuture<>();
    private Timers.Timer joinTimer = () -> {};
    /** Written before the first message is read. */
    private volatile ChallengeResponder answerer = ChallengeResponder.NONE;

    /** Written by the thread that reads (to 0) and by the ping timer; a lost update delays the verdict by one tick. */
    private volatile int silentTicks;

    SessionLifecycle(
            ReentrantLock lock,
            Transport transport,
            RequestSender sender,
            FlowControl demand,
            SessionContext environment) {
        this.lock = lock;
        this.transport = transport;
        this.sender = sender;
        this.demand = demand;
        this.settings = environment.settings();
        this.timers = environment.timers();
    }

    /** Completes with {@code WELCOME}, or fails with why there was none. */
    CompletableFuture<Welcome> welcomed() {
        return welcomed;
    }

    /** Completes when the session is over. */
    CompletableFuture<SessionEnd> ended() {
        return ended;
    }

    /** Sends {@code HELLO} and starts to read; {@code proof} answers challenges. */
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
        demand.resume();
    }

    Runnable welcomeLocked(Welcome welcome) {
        String problem = answerer.problem(welcome);
        if (problem != null) {
            return () -> cannotAuthenticate(problem);
        }
        joinTimer.cancel();
        sender.openLocked(welcome.details().roles().has(Role.DEALER, Feature.CALL_CANCELING));
        return () -> {
            scheduleTick();
            welcomed.complete(welcome);
        };
    }

    /** Says goodbye; the returned future completes when the router answered or the close timeout has passed. */
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
        demand.resume();
        return ended;
    }

    /** The answer to our own {@code GOODBYE}, or one that crossed it. */
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

    /** Finds the answer on a thread of its own: keys may have to be derived, tokens fetched. */
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
        } catch (ChallengeResponder.CannotAnswer none) {
            cannotAuthenticate(none.text());
        } catch (ProtocolViolation violation) {
            violated(violation.problem());
        } catch (RuntimeException defect) {
            LOG.log(System.Logger.Level.ERROR, "a challenge could not be answered", defect);
            cannotAuthenticate("the client failed");
        }
    }

    private void cannotAuthenticate(String problem) {
        Uri reason = WampError.CANNOT_AUTHENTICATE.uri();
        Abort abort = new Abort(CloseDetails.message(problem), reason, Payload.NONE);
        end(new SessionEnd(SessionEnd.By.CLIENT, reason, problem), abort, NORMAL);
    }

    /** The router broke the protocol: it is told so, and the session is over. */
    void violated(String problem) {
        Uri reason = WampError.PROTOCOL_VIOLATION.uri();
        end(SessionEnd.violation(problem), new Abort(CloseDetails.message(problem), reason, Payload.NONE), VIOLATION);
    }

    /** The transport is gone. */
    void lost(String cause) {
        end(SessionEnd.lost(cause), null, NORMAL);
        timers.close();
    }

    /** Something arrived: the router is alive. */
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
            welcomed.completeExceptionally(RequestFailure.refused(ending));
            ended.complete(ending);
            demand.resume();
        };
    }

    private void drop(String why) {
        end(left(why), null, NORMAL);
        transport.drop();
    }

    private void joinIsLate() {
        String problem = "no WELCOME within "
                + Duration.ofNanos(settings.joinTimeoutNanos()).toMillis() + " ms (join timeout)";
        end(new SessionEnd(SessionEnd.By.CLIENT, WampError.TIMEOUT.uri(), problem), null, NORMAL);
    }

    private void scheduleTick() {
        if (settings.pingNanos() > 0) {
            timers.after(settings.pingNanos(), this::tick);
        }
    }

    private void tick() {
        if (ended.isDone()) {
            return;
        }
        int silent = demand.isPaused() ? 0 : silentTicks + 1;
        silentTicks = silent;
        if (silent > SILENT_TICKS) {
            Duration silence = Duration.ofNanos(settings.pingNanos() * SILENT_TICKS);
            lost("no sign of life for " + silence.toMillis() + " ms");
            transport.drop();
            return;
        }
        transport.ping();
        scheduleTick();
    }

    private static SessionEnd left(String why) {
        return new SessionEnd(SessionEnd.By.CLIENT, WampError.CLOSE_REALM.uri(), why);
    }
}
