package io.junctor.server.gateway;

import io.junctor.server.gateway.exchange.CallWait;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.SentRequest;
import io.junctor.server.gateway.session.Reply;
import java.time.Duration;
import org.eclipse.jetty.http.HttpStatus;

/** Answers requests that call a procedure. Thread-safe; waits for the callee. */
final class CallRequestHandler {
    private final CallWait calls;

    /** Creates a handler that waits at most {@code timeout} for a result. */
    CallRequestHandler(Duration timeout) {
        this.calls = new CallWait(timeout);
    }

    /** Calls the procedure, and cancels the call if the client disconnects or the result does not arrive in time. */
    void answer(Exchange exchange, GatewaySession session, byte[] body) throws ProblemException {
        WampRequest call = WampRequest.of(exchange.json().read(body), "procedure");
        for (String option : new String[] {"receive_progress", "progress"}) {
            if (call.options().path(option).asBoolean()) {
                throw new ProblemException(
                        HttpStatus.BAD_REQUEST_400,
                        "The option '" + option + "' needs a WAMP session: a response has one result.");
            }
        }
        SentRequest sent = session.call(call.options(), call.uri(), call.args(), call.kwargs());
        switch (calls.await(exchange, session, sent)) {
            case Reply.Result result -> exchange.answer(result.json());
            case Reply.Failure failure -> throw new ProblemException(Problem.of(failure));
            case Reply.Accepted unexpected -> throw new IllegalStateException("a call has a result");
        }
    }
}
