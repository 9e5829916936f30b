package io.junctor.server.gateway.exchange;

import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.SentRequest;
import io.junctor.server.gateway.session.Reply;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for the results of calls. Immutable and thread-safe. */
public final class CallWait {
    private final Duration timeout;

    /** Creates a wait of at most {@code timeout} for each result. */
    public CallWait(Duration timeout) {
        this.timeout = timeout;
    }

    /** Waits for the reply to a call; cancels the call if the client disconnects or the result does not arrive in time. */
    public Reply await(Exchange exchange, GatewaySession session, SentRequest sent) {
        exchange.request().addFailureListener(gone -> session.cancel(sent));
        try {
            return sent.reply().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            session.cancel(sent);
            return Reply.Failure.of(WampError.TIMEOUT, "no result within " + timeout.toMillis() + " ms (call_timeout)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.cancel(sent);
            return Reply.Failure.of(WampError.CANCELED, "the router shuts down");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reply is a value", e);
        }
    }
}
