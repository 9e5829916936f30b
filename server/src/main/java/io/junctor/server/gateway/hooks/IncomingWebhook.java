package io.junctor.server.gateway.hooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.HookAction;
import io.junctor.router.config.http.HookSignature;
import io.junctor.router.config.http.WebhookConfig;
import io.junctor.router.metrics.Counter;
import io.junctor.router.spi.Action;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.gateway.exchange.CallWait;
import io.junctor.server.gateway.exchange.Exchange;
import io.junctor.server.gateway.exchange.Problem;
import io.junctor.server.gateway.exchange.ProblemException;
import io.junctor.server.gateway.exchange.RequestBody;
import io.junctor.server.gateway.session.Admission;
import io.junctor.server.gateway.session.GatewaySession;
import io.junctor.server.gateway.session.Reply;
import io.junctor.server.gateway.session.RequestOrigin;
import io.junctor.server.gateway.session.RoleSession;
import io.junctor.server.gateway.session.WampJson;
import java.util.List;
import org.eclipse.jetty.http.HttpStatus;

/** One incoming webhook: checks the signature of a request, and publishes or calls. Thread-safe; waits for the body and the router. */
final class IncomingWebhook implements HookEndpoint {
    private final WebhookConfig config;
    private final WampConnector connector;
    private final RoleSession session;
    private final SignatureCheck signatures;
    private final UsedSignatures used;
    private final CallWait calls;

    IncomingWebhook(WebhookConfig config, WampConnector connector, RoleSession session) {
        this.config = config;
        this.connector = connector;
        this.session = session;
        this.signatures =
                new SignatureCheck(config.signature(), connector.context().timers()::now);
        this.used = new UsedSignatures(config.replayTime(), connector.context().timers()::nanos);
        this.calls = new CallWait(config.callTimeout());
    }

    @Override
    public List<String> methods() {
        return List.of("POST");
    }

    @Override
    public void answer(Exchange exchange) throws ProblemException {
        if (config.signature() instanceof HookSignature.Token) {
            requireEncryption(exchange);
        }
        try (RequestBody body = RequestBody.read(
                exchange.request(), connector.context().limit().incoming(), config.bodyBytes(), "body_bytes")) {
            String signature = checked(exchange, body.bytes());
            ArrayNode args = HookArguments.args(exchange, config.body(), body.bytes());
            switch (used.use(signature)) {
                case NEW -> act(exchange, signature, args);
                case IN_USE ->
                    throw new ProblemException(
                            HttpStatus.CONFLICT_409,
                            "The same request is being answered: its effect is not known yet.");
                case USED -> {
                    connector.context().counters().increment(Counter.WEBHOOKS_REPEATED);
                    exchange.answer(WampJson.object().put("repeated", true));
                }
            }
        }
    }

    private void requireEncryption(Exchange exchange) throws ProblemException {
        boolean isPrivate = RequestOrigin.of(connector, exchange.request())
                .map(RequestOrigin::isPrivate)
                .orElse(false);
        if (!isPrivate) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN_403, "A secret must not travel unencrypted: send the request by https.");
        }
    }

    private String checked(Exchange exchange, byte[] body) throws ProblemException {
        try {
            return signatures.check(exchange.request().getHeaders(), body);
        } catch (ProblemException refused) {
            connector.context().counters().increment(Counter.WEBHOOKS_REFUSED);
            throw refused;
        }
    }

    private void act(Exchange exchange, String signature, ArrayNode args) throws ProblemException {
        boolean isDone = false;
        try {
            switch (session.take()) {
                case Admission.Refused refused -> throw new ProblemException(Problem.of(refused.reason()));
                case Admission.Admitted admitted -> {
                    ObjectNode answer = act(exchange, admitted.session(), args);
                    isDone = true;
                    used.finish(signature, true);
                    exchange.answer(answer);
                }
            }
        } finally {
            if (!isDone) {
                used.finish(signature, false);
            }
        }
    }

    private ObjectNode act(Exchange exchange, GatewaySession admitted, ArrayNode args) throws ProblemException {
        HookAction action = config.target();
        ObjectNode kwargs = HookArguments.kwargs(exchange, config.headers());
        Reply reply = action.action() == Action.PUBLISH
                ? admitted.publish(
                                WampJson.object().put("acknowledge", true),
                                action.uri().text(),
                                args,
                                kwargs)
                        .reply()
                        .join()
                : calls.await(
                        exchange,
                        admitted,
                        admitted.call(WampJson.object(), action.uri().text(), args, kwargs));
        return switch (reply) {
            case Reply.Accepted accepted -> WampJson.object().put("id", accepted.id());
            case Reply.Result result -> result.json();
            case Reply.Failure failure -> throw new ProblemException(Problem.of(failure));
        };
    }

    @Override
    public void close() {
        session.close();
    }
}
