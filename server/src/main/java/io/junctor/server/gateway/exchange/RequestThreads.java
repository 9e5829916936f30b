package io.junctor.server.gateway.exchange;

import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.WampConnector;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each request of a listener on its own virtual thread, which may block. Thread-safe. */
public final class RequestThreads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequestThreads.class);

    private final WampConnector connector;
    private final ExecutorService threads;

    /** Creates an executor of threads whose names begin with {@code name}. */
    public RequestThreads(WampConnector connector, String name) {
        this.connector = connector;
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /** Answers one request. */
    @FunctionalInterface
    public interface RequestHandler {
        /** Answers the request, or throws the problem for which it is refused; may block. */
        void answer() throws ProblemException;
    }

    /** Returns the executor on which the sessions of these requests receive messages. */
    public ExecutorService executor() {
        return threads;
    }

    /** Begins to answer a request, and returns at once. */
    public void answer(Exchange exchange, RequestHandler handler) {
        Request request = exchange.request();
        boolean isKept = connector.requestBegun(request);
        if (!isKept) {
            exchange.response().getHeaders().put(HttpHeader.CONNECTION, "close");
        }
        Request.addCompletionListener(request, failure -> connector.requestEnded(request, isKept));
        // The callee may take longer than the idle timeout of a connection. The time to read the body is still limited.
        request.addIdleTimeoutListener(timeout -> false);
        try {
            threads.execute(() -> handle(exchange, handler));
        } catch (RejectedExecutionException closed) {
            exchange.callback().failed(closed);
        }
    }

    private void handle(Exchange exchange, RequestHandler handler) {
        try {
            handler.answer();
        } catch (ProblemException refused) {
            refuse(exchange, refused.problem());
        } catch (RuntimeException e) {
            LOG.error(
                    "cannot answer a request to {}",
                    exchange.request().getHttpURI().getPath(),
                    e);
            exchange.callback().failed(e);
        }
    }

    /** Answers with a problem; counts and logs the problem if the gateway itself has detected it. */
    public void refuse(Exchange exchange, Problem problem) {
        if (problem.failure() == null) {
            connector.invalid(
                    Transport.GATEWAY, exchange.request(), problem.status(), String.valueOf(problem.detail()));
        }
        exchange.answer(problem);
    }

    /** Waits for the requests that are being answered. The caller must start no more requests. */
    @Override
    public void close() {
        threads.close();
    }
}
