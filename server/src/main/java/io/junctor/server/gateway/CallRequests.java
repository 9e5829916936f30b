package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.Sent;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.wamp.value.WampError;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpStatus;

/** Answers requests that call a procedure. Thread-safe; waits for the callee. */
final class CallRequests {
    private final Duration timeout;

    /** Waits at most {@code timeout} for a result. */
    CallRequests(Duration timeout) {
        this.timeout = timeout;
    }

    /** Calls, and cancels the call if the client goes away or the result takes too long. */
    void answer(Exchange exchange, GatewaySession session, byte[] body) throws ProblemException {
        WampRequest call = WampRequest.of(exchange.json().read(body), "procedure");
        for (String option : new String[] {"receive_progress", "progress"}) {
            if (call.options().path(option).asBoolean()) {
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST_400,
                        "The option '" + option + "' needs a WAMP session: a response has one result.");
            }
        }
        Sent sent = session.call(call.options(), call.uri(), call.args(), call.kwargs());
        exchange.request().addFailureListener(gone -> session.cancel(sent));
        switch (await(session, sent)) {
            case Reply.Result result -> exchange.answer(json(result));
            case Reply.Failure failure -> throw new ProblemException(Problem.of(failure));
            case Reply.Accepted unexpected -> throw new IllegalStateException("a call has a result");
        }
    }

    private Reply await(GatewaySession session, Sent sent) {
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

    private static ObjectNode json(Reply.Result result) {
        ObjectNode body = WampJson.object();
        body.set("args", result.args());
        body.set("kwargs", result.kwargs());
        return body;
    }
}
