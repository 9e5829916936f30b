package io.junctor.server.gateway.hooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.CrossbarService;
import io.junctor.router.metrics.Transport;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.gateway.exchange.CallWait;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.exchange.RequestBody;
import io.junctor.server.gateway.session.Admission;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.RoleSession;
import io.junctor.server.gateway.session.WampJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Answers requests like the services {@code publisher}, {@code caller} and {@code webhook} of Crossbar.io: WAMP errors have status 200, and
 * other errors are a JSON object with {@code error}. Thread-safe; waits for the body, the router and the callee.
 */
final class CrossbarHook implements HookEndpoint {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final CrossbarService config;
    private final WampConnector connector;
    private final RoleSession session;
    private final CrossbarRequestCheck checks;
    private final CallWait calls = new CallWait(CALL_TIMEOUT);

    CrossbarHook(CrossbarService config, WampConnector connector, RoleSession session) {
        this.config = config;
        this.connector = connector;
        this.session = session;
        this.checks = new CrossbarRequestCheck(config.checks(), connector);
    }

    @Override
    public List<String> methods() {
        return List.of("POST", "PUT");
    }

    @Override
    public void answer(Exchange exchange) {
        try (RequestBody body = RequestBody.read(
                exchange.request(),
                connector.context().limit().incoming(),
                config.checks().bodyBytes(),
                "post_body_limit")) {
            checks.check(exchange.request(), body.bytes());
            switch (session.take()) {
                case Admission.Refused refused -> throw new ProblemException(Problem.of(refused.reason()));
                case Admission.Admitted admitted -> act(exchange, admitted.session(), body.bytes());
            }
        } catch (ProblemException refused) {
            deny(exchange, refused.problem());
        }
    }

    private void deny(Exchange exchange, Problem problem) {
        String text = String.valueOf(problem.detail());
        int status = problem.failure() == null ? problem.status() : HttpStatus.INTERNAL_SERVER_ERROR_500;
        connector.invalid(Transport.GATEWAY, exchange.request(), status, text);
        if (config.kind() == CrossbarService.Kind.WEBHOOK && problem.failure() != null) {
            exchange.answer(status, config.failure().getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.answer(status, exchange.bytes(error(text, WampJson.array(), WampJson.object())));
        }
    }

    private static ObjectNode error(String error, ArrayNode args, ObjectNode kwargs) {
        ObjectNode body = WampJson.object().put("error", error);
        body.set("args", args);
        body.set("kwargs", kwargs);
        return body;
    }

    private void act(Exchange exchange, GatewaySession admitted, byte[] body) throws ProblemException {
        Reply reply = switch (config.kind()) {
            case PUBLISHER -> publish(admitted, object(exchange, body));
            case CALLER -> call(exchange, admitted, object(exchange, body));
            case WEBHOOK -> forward(exchange, admitted, text(body));
        };
        if (config.kind() == CrossbarService.Kind.WEBHOOK) {
            boolean isPublished = reply instanceof Reply.Accepted;
            exchange.answer(
                    isPublished ? HttpStatus.ACCEPTED_202 : HttpStatus.INTERNAL_SERVER_ERROR_500,
                    (isPublished ? config.success() : config.failure()).getBytes(StandardCharsets.UTF_8));
            return;
        }
        exchange.answer(
                switch (reply) {
                    case Reply.Accepted accepted -> WampJson.object().put("id", accepted.id());
                    case Reply.Result result -> json(result);
                    case Reply.Failure failure -> error(failure.error(), failure.args(), failure.kwargs());
                });
    }

    private static Reply publish(GatewaySession admitted, ObjectNode body) throws ProblemException {
        ObjectNode options = WampJson.object().put("acknowledge", true);
        for (String name : List.of("exclude", "eligible")) {
            JsonNode value = body.path("options").path(name);
            if (!value.isMissingNode() && !value.isNull()) {
                options.set(name, value);
            }
        }
        return admitted.publish(options, uri(body, "topic"), args(body), kwargs(body))
                .reply()
                .join();
    }

    private Reply call(Exchange exchange, GatewaySession admitted, ObjectNode body) throws ProblemException {
        return calls.await(
                exchange, admitted, admitted.call(WampJson.object(), uri(body, "procedure"), args(body), kwargs(body)));
    }

    /** Publishes the request. The argument is an object with the header fields, and with the body as a text. */
    private Reply forward(Exchange exchange, GatewaySession admitted, String body) {
        ObjectNode message = WampJson.object();
        ObjectNode headers = message.putObject("headers");
        for (HttpField field : exchange.request().getHeaders()) {
            headers.withArray(field.getName()).add(field.getValue());
        }
        message.put("body", body);
        return admitted.publish(
                        WampJson.object().put("acknowledge", true),
                        Objects.requireNonNull(config.topic()).text(),
                        WampJson.array().add(message),
                        WampJson.object())
                .reply()
                .join();
    }

    /** Returns the JSON of a result. If the procedure returned no value, the JSON is null. */
    private static ObjectNode json(Reply.Result result) {
        ObjectNode body = WampJson.object();
        boolean isNothing = result.args().isEmpty() && result.kwargs().isEmpty();
        if (isNothing || !result.args().isEmpty()) {
            body.set("args", isNothing ? WampJson.array().addNull() : result.args());
        }
        if (!result.kwargs().isEmpty()) {
            body.set("kwargs", result.kwargs());
        }
        return body;
    }

    private static ObjectNode object(Exchange exchange, byte[] bytes) throws ProblemException {
        boolean isTyped = exchange.request().getHeaders().contains(HttpHeader.CONTENT_TYPE);
        if (isTyped && !exchange.contentType().equals("application/json")) {
            throw invalid("Content-Type must be application/json.");
        }
        if (exchange.json().read(bytes) instanceof ObjectNode body) {
            return body;
        }
        throw invalid("The body must be a JSON object, nested no deeper than the limit depth allows.");
    }

    private static String text(byte[] bytes) throws ProblemException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUnicode) {
            throw invalid("The body is not UTF-8.");
        }
    }

    private static String uri(ObjectNode body, String key) throws ProblemException {
        if (!body.path(key).isTextual()) {
            throw invalid("The body needs '" + key + "'.");
        }
        return body.path(key).textValue();
    }

    private static ArrayNode args(ObjectNode body) {
        return body.path("args") instanceof ArrayNode args ? args : WampJson.array();
    }

    private static ObjectNode kwargs(ObjectNode body) {
        return body.path("kwargs") instanceof ObjectNode kwargs ? kwargs : WampJson.object();
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST_400, detail);
    }

    @Override
    public void close() {
        session.close();
    }
}
