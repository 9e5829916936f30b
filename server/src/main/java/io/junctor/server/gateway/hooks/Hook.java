package io.junctor.server.gateway.hooks;

import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.ProblemException;
import java.util.List;

/** What answers the requests to one path. Thread-safe. */
sealed interface Hook extends AutoCloseable permits IncomingWebhook, CrossbarHook {
    /** The methods of HTTP that it answers. */
    List<String> methods();

    /** Answers a request; may wait. */
    void answer(Exchange exchange) throws ProblemException;

    @Override
    void close();
}
