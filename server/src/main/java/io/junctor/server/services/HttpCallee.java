package io.junctor.server.services;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.HttpCalleeConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.EventReceiver;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.wamp.message.Event;
import io.junctor.wamp.value.WampError;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Registers a procedure and lets an HTTP service answer its calls. Thread-safe. For each open call, a thread waits. */
final class HttpCallee implements OutgoingService {
    private final HttpCalleeConfig config;
    private final ServiceResources tools;
    private final CallRequestBuilder requests;
    private final CallResponseConverter answers;
    private final ServiceSession session;
    private final Map<OpenCall, CompletableFuture<HttpResponse<byte[]>>> responseByCall = new ConcurrentHashMap<>();

    /** A call of a session. */
    private record OpenCall(GatewaySession session, long request) {}

    private HttpCallee(HttpCalleeConfig config, String procedure, ServiceResources tools) {
        this.config = config;
        this.tools = tools;
        this.requests = new CallRequestBuilder(config.request(), tools.formats().json());
        this.answers =
                new CallResponseConverter(config.result(), tools.formats().json());
        ObjectNode options = WampJson.object().put("concurrency", config.requests());
        this.session = new ServiceSession(tools, tools.session(config.role(), new InvocationReceiver()), begun -> {
            begun.onEnded(() -> cancelAll(begun));
            return begun.register(options, procedure);
        });
    }

    static HttpCallee begin(HttpCalleeConfig config, String procedure, ServiceResources tools) {
        HttpCallee callee = new HttpCallee(config, procedure, tools);
        callee.session.start();
        return callee;
    }

    private final class InvocationReceiver implements EventReceiver {
        @Override
        public void onEvent(Event event, ArrayNode arguments) {
            // Never called: the session has no subscription.
        }

        @Override
        public void onInvocation(GatewaySession asked, long request, Reply.Result arguments) {
            tools.counters().increment(Counter.HTTP_CALLS);
            call(new OpenCall(asked, request), arguments);
        }

        @Override
        public void onInterrupt(GatewaySession asked, long request) {
            CompletableFuture<HttpResponse<byte[]>> response = responseByCall.get(new OpenCall(asked, request));
            if (response != null) {
                response.cancel(true);
            }
        }
    }

    private void call(OpenCall call, Reply.Result arguments) {
        try {
            CompletableFuture<HttpResponse<byte[]>> response =
                    tools.sender().send(requests.of(arguments), config.result().bodyBytes());
            responseByCall.put(call, response);
            tools.threads().execute(() -> answer(call, await(response)));
        } catch (CallRequestBuilder.UnfitArgumentException unfit) {
            answer(call, Reply.Failure.of(WampError.INVALID_ARGUMENT, String.valueOf(unfit.getMessage())));
        } catch (RejectedExecutionException closed) {
            answer(call, Reply.Failure.of(WampError.CANCELED, "the router shuts down"));
        }
    }

    private Reply await(CompletableFuture<HttpResponse<byte[]>> response) {
        try {
            return answers.of(response.get(config.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            response.cancel(true);
            return Reply.Failure.of(
                    WampError.TIMEOUT,
                    "the service did not answer within " + config.timeout().toMillis() + " ms (timeout)");
        } catch (CancellationException canceled) {
            return Reply.Failure.of(WampError.CANCELED, "the call was canceled");
        } catch (ExecutionException failed) {
            return Reply.Failure.of(WampError.NETWORK_FAILURE, HttpFailure.text(failed));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            response.cancel(true);
            return Reply.Failure.of(WampError.CANCELED, "the router shuts down");
        }
    }

    private void answer(OpenCall call, Reply reply) {
        responseByCall.remove(call);
        switch (reply) {
            case Reply.Result result -> call.session().answer(call.request(), result);
            case Reply.Failure failure -> {
                tools.counters().increment(Counter.HTTP_CALLS_FAILED);
                boolean isWhole = !failure.args().isEmpty() || failure.text() == null;
                call.session().fail(call.request(), isWhole ? failure : failure.withText());
            }
            case Reply.Accepted unexpected -> throw new IllegalStateException("a response is a result or an error");
        }
    }

    private void cancelAll(GatewaySession ended) {
        responseByCall.forEach((call, response) -> {
            if (call.session() == ended) {
                response.cancel(true);
            }
        });
    }

    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public ServiceSession session() {
        return session;
    }

    /** Ends at once and cancels open calls, because the next callee needs the procedure. */
    @Override
    public void retire() {
        close();
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public void ended() {
        // The router has already answered the open calls.
    }
}
