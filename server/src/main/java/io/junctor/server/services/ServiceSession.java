package io.junctor.server.services;

import io.junctor.server.gateway.session.Admission;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.SentRequest;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.RoleSession;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the session of a service open: when the session has ended, opens a new one and subscribes or registers again. Thread-safe. A thread
 * of this object waits for the end of the session.
 */
final class ServiceSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceSession.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ServiceResources tools;
    private final RoleSession session;
    private final FirstRequest firstRequest;
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean isLast;
    private volatile @Nullable GatewaySession current;
    /** Whether the last session failed to open. Confined to the thread that keeps the session open. */
    private boolean isBroken;

    /** The first request of a session. */
    @FunctionalInterface
    interface FirstRequest {
        /** Subscribes or registers. */
        SentRequest send(GatewaySession session);
    }

    ServiceSession(ServiceResources tools, RoleSession session, FirstRequest firstRequest) {
        this.tools = tools;
        this.session = session;
        this.firstRequest = firstRequest;
    }

    /** Starts to keep the session open. */
    void start() {
        tools.threads().execute(this::keepOpen);
    }

    /** Returns the open session; null if the service has no session at the moment. */
    @Nullable
    GatewaySession current() {
        return current;
    }

    /** Waits until the first session has subscribed or registered, but at most {@code longest}. */
    void awaitBegun(Duration longest) {
        begun.copy()
                .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** From now on opens no other session when the session ends. */
    void announceClosing() {
        isLast = true;
    }

    private void keepOpen() {
        boolean goesOn = true;
        while (goesOn) {
            String problem = begin();
            if (problem != null && !isBroken && !isLast) {
                LOG.warn("{} of realm {} does not work: {}", tools.name(), tools.realm(), problem);
            }
            isBroken = problem != null;
            closing.copy()
                    .completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
            goesOn = !closing.isDone() && !isLast;
        }
    }

    /** Opens a session and waits until it has ended; then returns null. Returns the reason if no session could be opened. */
    private @Nullable String begin() {
        return switch (session.take()) {
            case Admission.Refused refused -> String.valueOf(refused.reason().text());
            case Admission.Admitted admitted -> begin(admitted.session());
        };
    }

    @SuppressWarnings("CheckReturnValue") // Only the first session completes it.
    private @Nullable String begin(GatewaySession joined) {
        if (firstRequest.send(joined).reply().join() instanceof Reply.Failure failure) {
            return failure.error() + ": " + failure.text();
        }
        if (isBroken) {
            LOG.info("{} of realm {} works again", tools.name(), tools.realm());
        }
        current = joined;
        begun.complete(null);
        CompletableFuture.anyOf(joined.ended(), closing).join();
        current = null;
        return null;
    }

    @Override
    @SuppressWarnings("CheckReturnValue") // Only the first call completes it.
    public void close() {
        closing.complete(null);
        session.close();
    }
}
