package io.junctor.client.internal.longpoll;

import io.junctor.client.internal.http.ConnectProxy;
import io.junctor.client.internal.http.RouterAddress;
import io.junctor.client.internal.http.SharedJettyClient.Lease;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpResponseException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpMethod;

/** Sends the POST requests of one long-poll connection. Thread-safe. */
final class PostRequestSender {
    private static final byte[] NOTHING = {};

    private final RouterAddress address;
    private final Map<String, String> headers;
    private final Lease lease;
    private final int responseBytes;
    private final Set<Request> open = ConcurrentHashMap.newKeySet();

    /** The response of the router. The body must not be changed. */
    static final class PostResponse {
        private final int status;
        private final byte[] body;

        PostResponse(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        int status() {
            return status;
        }

        byte[] body() {
            return body;
        }
    }

    /** Reports a response that is larger than the client accepts. */
    static final class ResponseTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /**
     * Creates a sender of requests below {@code address}.
     *
     * @param headers header fields of each request
     * @param responseBytes the most bytes of a response
     */
    PostRequestSender(RouterAddress address, Map<String, String> headers, Lease lease, int responseBytes) {
        this.address = address;
        this.headers = headers;
        this.lease = lease;
        this.responseBytes = responseBytes;
    }

    /** Sends a request without a body. */
    CompletableFuture<PostResponse> post(String below, String parameter) {
        return post(below, parameter, "application/octet-stream", NOTHING);
    }

    /** Sends a request. The future fails if no complete response arrives; it has no time limit. Canceling it aborts the request. */
    CompletableFuture<PostResponse> post(String below, String parameter, String contentType, byte[] body) {
        Request request = lease.client()
                .getHttpClient()
                .newRequest(address.requestUri(below, parameter))
                .method(HttpMethod.POST)
                .headers(fields -> headers.forEach(fields::put))
                .idleTimeout(0, TimeUnit.MILLISECONDS)
                .body(new BytesRequestContent(contentType, body));
        CompletableFuture<PostResponse> answer = new CompletableFuture<>();
        open.add(request);
        request.send(new BufferingResponseListener(responseBytes) {
            @Override
            public void onComplete(Result result) {
                open.remove(request);
                if (result.isSucceeded()) {
                    byte[] content = getContent();
                    answer.complete(
                            new PostResponse(result.getResponse().getStatus(), content == null ? NOTHING : content));
                } else {
                    answer.completeExceptionally(problem(result.getFailure()));
                }
            }
        });
        var unused = answer.whenComplete((done, failure) -> {
            if (answer.isCancelled()) {
                abort(request);
            }
        });
        return answer;
    }

    /** Aborts all requests that are not answered. */
    void abort() {
        open.forEach(PostRequestSender::abort);
    }

    private static void abort(Request request) {
        var unused = request.abort(new IllegalStateException("the connection has ended"));
    }

    /** Releases the HTTP client. */
    void release() {
        lease.release();
    }

    /** Returns {@link ResponseTooLargeException} for the exception that Jetty's listener throws when a response has too many bytes. */
    private static Throwable problem(Throwable failure) {
        return failure instanceof IllegalArgumentException ? new ResponseTooLargeException() : failure;
    }

    /** Returns whether it is certain that the request did not reach the router. */
    static boolean isNotSent(Throwable failure) {
        return ConnectProxy.hasNotWritten(failure)
                || failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof UnresolvedAddressException
                || failure instanceof SocketTimeoutException;
    }

    /** Returns a description of a failure. */
    static String describe(Throwable failure) {
        return switch (failure) {
            case UnknownHostException unknown -> "unknown host name";
            case UnresolvedAddressException unknown -> "unknown host name";
            case ConnectException refused -> "connection refused";
            case HttpResponseException answered ->
                "answered HTTP " + answered.getResponse().getStatus() + " to CONNECT";
            default -> failure.getClass().getSimpleName() + ": " + failure.getMessage();
        };
    }
}
