package io.junctor.cli.client;

import io.junctor.cli.client.connection.RouterConnection;
import io.junctor.cli.client.process.CommandException;
import io.junctor.cli.client.process.ExitStatus;
import io.junctor.cli.client.process.SignalHook;
import io.junctor.cli.syntax.CommandLineArgument;
import io.junctor.cli.syntax.CommandSyntax;
import io.junctor.cli.syntax.DurationConverter;
import io.junctor.cli.syntax.PositiveNumberConverter;
import io.junctor.client.CloseReason;
import io.junctor.client.Membership;
import io.junctor.client.Session;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The options of commands that wait for events or calls: how long they wait, and whether they reconnect after a lost connection. */
final class WaitOptions {
    private final CommandLineArgument<Integer> count = CommandLineArgument.option(
            "-n, --count",
            "N",
            "End after N events or calls. Default: stay until a signal such as Ctrl-C.",
            new PositiveNumberConverter(),
            0);

    private final CommandLineArgument<@Nullable Duration> limit = CommandLineArgument.option(
            "--for",
            "TIME",
            "End after this time. With --count: exit status 5 if there were fewer.",
            new DurationConverter(),
            null);

    private final CommandLineArgument<Boolean> retry = CommandLineArgument.flag(
            "--retry",
            "Join again, after a pause of 0.5 to 30 s, when the connection is lost or the router cannot be"
                    + " reached.");

    void addTo(CommandSyntax syntax) {
        syntax.add(count, limit, retry);
    }

    /** Sets up each session, for example with subscriptions. */
    @FunctionalInterface
    interface SessionSetup {
        void on(Session session, CountLimit countLimit);
    }

    /** Sets up a session and waits until the count is reached, the time is over or the session has ended. */
    int untilEnd(RouterConnection connection, SessionSetup setup) throws InterruptedException {
        CountLimit countLimit = new CountLimit(count.value());
        CompletableFuture<String> end = new CompletableFuture<>();
        if (retry.value()) {
            Membership membership = connection.client().stayJoined(session -> begin(session, countLimit, setup, end));
            Thread.ofVirtual().start(() -> end(membership, end));
            try (membership;
                    SignalHook unused = SignalHook.closing(() -> leave(countLimit, membership::close))) {
                return await(countLimit, end);
            }
        }
        try (Session session = connection.join();
                SignalHook unused = SignalHook.closing(() -> leave(countLimit, session::close))) {
            session.onLeave(reason -> end.complete(text(reason)));
            setup.on(session, countLimit);
            return await(countLimit, end);
        }
    }

    /** Closes after a signal; then the end of the session is not a failure. */
    private static void leave(CountLimit countLimit, Runnable close) {
        countLimit.end();
        close.run();
    }

    /** Waits for the end of a membership. If this command has not closed it, it ends when the router refuses the login for good. */
    private static void end(Membership membership, CompletableFuture<String> end) {
        String reason = membership.awaitEnd();
        end.completeExceptionally(new CommandException(ExitStatus.LOGIN_REFUSED, "cannot join: " + reason));
    }

    /** Sets up a session. A refusal ends the command, because the next session would be refused too; after a lost connection, it retries. */
    private static void begin(
            Session session, CountLimit countLimit, SessionSetup setup, CompletableFuture<String> end) {
        try {
            setup.on(session, countLimit);
        } catch (CommandException failure) {
            if (failure.status() != ExitStatus.NO_CONNECTION) {
                end.completeExceptionally(failure);
            }
        }
    }

    private static String text(CloseReason reason) {
        return reason.reason() + ": " + reason.message();
    }

    private int await(CountLimit countLimit, CompletableFuture<String> end) throws InterruptedException {
        CompletableFuture<Object> first = CompletableFuture.anyOf(countLimit.reached(), end);
        try {
            Duration longest = limit.value();
            if (longest == null) {
                first.get();
            } else {
                first.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (TimeoutException over) {
            return countLimit.isEndless() ? ExitStatus.OK.code() : tooFew();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof CommandException failure ? failure : new IllegalStateException(failed);
        }
        if (!countLimit.reached().isDone()) {
            throw new CommandException(ExitStatus.NO_CONNECTION, "the session has ended: " + end.join());
        }
        return ExitStatus.OK.code();
    }

    private int tooFew() {
        throw new CommandException(
                ExitStatus.TIMEOUT, "there were fewer than " + count.value() + " in the time of --for");
    }
}
