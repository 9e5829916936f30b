package io.junctor.server.gateway.hooks;

import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.ProblemException;
import java.util.List;

/** Answers the requests to one path. Thread-safe. */
sealed interface Hook extends AutoCloseable permits IncomingWebhook, CrossbarHook {
    /** Returns the HTTP methods that the hook answers. */
    List<String> methods();

    /** Answers a request; may block. */
    void answer(Exchange exchange) throws ProblemException;

    @Override
    void close();
}
