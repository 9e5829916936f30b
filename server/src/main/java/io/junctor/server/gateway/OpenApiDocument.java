package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.http.HookBody;
import io.junctor.router.config.http.WebhookConfig;
import io.junctor.router.spi.Action;
import io.junctor.server.gateway.hooks.SignatureFields;
import io.junctor.server.gateway.session.WampJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** Describes the requests of the gateway for programs that generate clients and tests (OpenAPI 3.1). Immutable. */
final class OpenApiDocument {
    private static final String FILE = "openapi.json";
    private static final int DEPTH = 64;

    private final GatewayConfig config;
    private final Map<String, WebhookConfig> webhooks;
    private final ObjectNode template;

    /** Creates the description of a gateway and of the webhooks; {@code webhooks} maps their paths to their settings. */
    OpenApiDocument(GatewayConfig config, Map<String, WebhookConfig> webhooks) {
        this.config = config;
        this.webhooks = new TreeMap<>(webhooks);
        try (InputStream input = Objects.requireNonNull(OpenApiDocument.class.getResourceAsStream(FILE))) {
            this.template = (ObjectNode) Objects.requireNonNull(new WampJson(DEPTH).read(input.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the document for the paths of one realm.
     *
     * @param realm the realm in the path of the request; null if the path names none
     */
    ObjectNode of(@Nullable String realm) {
        ObjectNode document = template.deepCopy();
        ObjectNode server = document.putArray("servers").addObject();
        if (realm != null) {
            server.put("url", config.base() + URIUtil.encodePath(realm));
        } else if (config.realm() != null) {
            server.put("url", config.base().length() == 1 ? "/" : config.path());
        } else {
            server.put("url", config.base() + "{realm}");
            server.putObject("variables")
                    .putObject("realm")
                    .put("default", "realm1")
                    .put("description", "The realm of the requests");
        }
        webhooks.forEach((path, hook) -> {
            if (realm == null || realm.equals(hook.target().realm())) {
                document.withObject("/paths").set(path, describe(path, hook));
            }
        });
        return document;
    }

    /** Describes a webhook, whose path does not depend on the path of the gateway. */
    private static ObjectNode describe(String path, WebhookConfig hook) {
        ObjectNode item = WampJson.object();
        item.putArray("servers").addObject().put("url", "/");
        ObjectNode post = item.putObject("post");
        boolean isPublication = hook.target().action() == Action.PUBLISH;
        post.put("operationId", "webhook" + path.replace('/', '-'));
        post.put("summary", isPublication ? "Publish the body" : "Call a procedure with the body");
        post.putArray("security").addObject();
        ArrayNode parameters = post.putArray("parameters");
        for (String header : SignatureFields.of(hook.signature())) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", header).put("in", "header").put("required", true);
            parameter.putObject("schema").put("type", "string");
        }
        // For RAW, a missing body is valid: the argument is an empty byte string.
        ObjectNode body = post.putObject("requestBody").put("required", hook.body() != HookBody.RAW);
        ObjectNode schema =
                body.putObject("content").putObject(mediaType(hook.body())).putObject("schema");
        if (hook.body() == HookBody.FORM) {
            schema.put("type", "object").putObject("additionalProperties").put("type", "string");
        }
        ObjectNode responses = post.putObject("responses");
        ObjectNode taken = responses.putObject("200");
        taken.put("description", "The webhook has had its effect, or had it before");
        taken.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("type", "object");
        responses.putObject("default").put("$ref", "#/components/responses/Problem");
        return item;
    }

    private static String mediaType(HookBody body) {
        return switch (body) {
            case JSON -> "application/json";
            case FORM -> "application/x-www-form-urlencoded";
            case RAW -> "application/octet-stream";
        };
    }
}
