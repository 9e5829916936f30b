package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.GatewaySession.SentRequest;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.RequestOrigin;
import io.junctor.server.gateway.session.WampJson;
import io.junctor.wamp.auth.Digests;
import io.junctor.wamp.value.WampError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that publish: one event, or one event per line of a body of {@code application/x-ndjson}. The router has
 * acknowledged each publication before the response is sent. Thread-safe; waits for the router.
 */
final class PublishRequestHandler {
    private static final String KEY_FIELD = "Idempotency-Key";
    private static final byte LINE_END = '\n';

    private final IdempotencyKeys keys;

    PublishRequestHandler(GatewayConfig config, LongSupplier nanos) {
        this.keys = new IdempotencyKeys(config, nanos);
    }

    /** Publishes one event. */
    void one(Exchange exchange, RequestSender caller, byte[] body) throws ProblemException {
        WampRequest publication = WampRequest.of(exchange.json().read(body), "topic");
        String key = exchange.request().getHeaders().get(KEY_FIELD);
        Reply reply = key == null
                ? send(caller.session(), publication).reply().join()
                : once(exchange, caller, key, body, publication);
        switch (reply) {
            case Reply.Accepted accepted -> exchange.answer(WampJson.object().put("id", accepted.id()));
            case Reply.Failure failure -> throw new ProblemException(Problem.of(failure));
            case Reply.Result unexpected -> throw new IllegalStateException("a publication has no result");
        }
    }

    /**
     * The sender of a request.
     *
     * @param realm the realm
     * @param origin the origin of the request
     * @param session its session
     */
    record RequestSender(String realm, RequestOrigin origin, GatewaySession session) {
        /** Returns a name that identifies the client in its realm: the authid, or the address of a client without a lasting authid. */
        private String name() {
            String method = session.identity().authmethod();
            String authid = session.identity().authid();
            return authid == null || "anonymous".equals(method)
                    ? "anonymous " + origin.address()
                    : method + " " + authid;
        }
    }

    private Reply once(Exchange exchange, RequestSender caller, String key, byte[] body, WampRequest publication)
            throws ProblemException {
        if (!IdempotencyKeys.isKey(key)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST_400,
                    "Idempotency-Key must have 1 to " + IdempotencyKeys.MOST_CHARACTERS
                            + " ASCII characters that are no spaces.");
        }
        IdempotencyKeys.Publication added = keys.publication(digest(body));
        IdempotencyKeys.Key whole = new IdempotencyKeys.Key(caller.realm(), caller.name(), key);
        IdempotencyKeys.Publication first = keys.add(whole, added);
        if (first == added) {
            Reply reply = Reply.Failure.of(WampError.CANCELED, "the first request with this key failed");
            try {
                reply = send(caller.session(), publication).reply().join();
            } finally {
                keys.complete(whole, added, reply);
            }
        } else {
            exchange.response().getHeaders().put("Idempotency-Replayed", "true");
        }
        return first.reply().join();
    }

    /** Publishes the event of each line, in the order of the lines. If one line is not valid, it publishes none. */
    void lines(Exchange exchange, GatewaySession session, byte[] body) throws ProblemException {
        if (exchange.request().getHeaders().contains(KEY_FIELD)) {
            throw new ProblemException(
                    HttpStatus.BAD_REQUEST_400, "Idempotency-Key is for one publication, and not for lines.");
        }
        List<WampRequest> publications = read(exchange, body);
        List<SentRequest> sent = new ArrayList<>();
        for (WampRequest publication : publications) {
            sent.add(send(session, publication));
        }
        exchange.answerLines(sent.stream().map(one -> line(one.reply().join())).toList());
    }

    private static List<WampRequest> read(Exchange exchange, byte[] body) throws ProblemException {
        List<WampRequest> publications = new ArrayList<>();
        int from = 0;
        int line = 0;
        while (from < body.length) {
            int end = from;
            while (end < body.length && body[end] != LINE_END) {
                end++;
            }
            line++;
            byte[] bytes = Arrays.copyOfRange(body, from, end);
            from = end + 1;
            if (isBlank(bytes)) {
                continue;
            }
            try {
                publications.add(WampRequest.of(exchange.json().read(bytes), "topic"));
            } catch (ProblemException invalid) {
                throw new ProblemException(
                        invalid.problem().status(),
                        "Line " + line + ": " + invalid.problem().detail() + " Nothing was published.");
            }
        }
        return publications;
    }

    private static boolean isBlank(byte[] line) {
        for (byte character : line) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return true;
    }

    private static ObjectNode line(@Nullable Reply reply) {
        return switch (reply) {
            case Reply.Accepted accepted -> WampJson.object().put("id", accepted.id());
            case Reply.Failure failure -> Problem.of(failure).json();
            case Reply.Result unexpected -> throw new IllegalStateException("a publication has no result");
            case null -> throw new IllegalStateException("a reply is never null");
        };
    }

    private static SentRequest send(GatewaySession session, WampRequest publication) {
        ObjectNode options = publication.options().deepCopy().put("acknowledge", true);
        return session.publish(options, publication.uri(), publication.args(), publication.kwargs());
    }

    private static String digest(byte[] body) {
        return HexFormat.of().formatHex(Digests.sha256(body));
    }
}
