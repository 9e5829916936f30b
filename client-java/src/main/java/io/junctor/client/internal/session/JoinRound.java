package io.junctor.client.internal.session;

import io.junctor.client.internal.Connector;
import io.junctor.client.internal.RequestException;
import io.junctor.wamp.value.WampError;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Joins one of several routers: tries them in turn, each at most once in a round. The next round begins with the
 * router after the last one that was tried. Thread-safe.
 */
public final class JoinRound<S> {
    /** The URIs of refusals that another attempt cannot change. */
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

    /**
     * A router to join.
     *
     * @param name its URI
     * @param connector opens transports to it
     */
    public record RouterToJoin(String name, Connector connector) {}

    private final List<RouterToJoin> routers;
    private final JoinAttempt<S> attempt;
    private final AtomicInteger tried = new AtomicInteger();

    /** Creates a round that joins one of {@code routers} by attempts such as {@code attempt}. */
    public JoinRound(List<RouterToJoin> routers, JoinAttempt<S> attempt) {
        this.routers = List.copyOf(routers);
        this.attempt = attempt;
    }

    /** Returns whether another attempt cannot change a refusal with this URI. */
    public static boolean isFinal(String uri) {
        return FINAL.contains(uri);
    }

    /** Joins the first router that accepts the client. Canceling the future drops the connection. */
    public CompletableFuture<S> join() {
        CompletableFuture<S> session = new CompletableFuture<>();
        join(session, "", routers.size());
        return session;
    }

    private void join(CompletableFuture<S> session, String before, int left) {
        RouterToJoin router = routers.get(Math.floorMod(tried.getAndIncrement(), routers.size()));
        CompletableFuture<S> joining = attempt.over(router.connector());
        var unusedSession = session.whenComplete((done, canceled) -> joining.cancel(false));
        var unusedJoining = joining.whenComplete((joined, thrown) -> {
            if (joined != null && !session.complete(joined)) {
                attempt.sessions().leave(joined);
            } else if (thrown != null && !session.isDone()) {
                failed(session, router, thrown, before, left - 1);
            }
        });
    }

    private void failed(CompletableFuture<S> session, RouterToJoin router, Throwable thrown, String before, int left) {
        Throwable cause = cause(thrown);
        if (routers.size() == 1 || !(cause instanceof RequestException failure)) {
            session.completeExceptionally(cause);
            return;
        }
        String failures = before + (before.isEmpty() ? "" : "; ") + router.name() + ": " + failure.getMessage();
        if (left > 0 && !isFinal(failure.error().text())) {
            join(session, failures, left);
        } else {
            session.completeExceptionally(
                    RequestException.of(failure.error(), "no router could be joined: " + failures, failure));
        }
    }

    /** Returns the failure without the exception in which later stages wrap it. */
    public static Throwable cause(Throwable thrown) {
        return thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
