package io.junctor.server.gateway.hooks;

import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.ProblemException;
import java.util.List;

/** Answers the HTTP requests to the path of one webhook. Thread-safe. */
sealed interface HookEndpoint extends AutoCloseable permits IncomingWebhook, CrossbarHook {
    /** Returns the HTTP methods that the hook answers. */
    List<String> methods();

    /** Answers a request; may block. */
    void answer(Exchange exchange) throws ProblemException;

    @Override
    void close();
}
