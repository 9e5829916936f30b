package io.junctor.server.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.junctor.router.config.GatewayConfig;
import io.junctor.server.gateway.session.WampJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;

/** Describes the requests of the gateway for programs that generate clients and tests (OpenAPI 3.1). Immutable. */
final class OpenApiDocument {
    private static final String FILE = "openapi.json";
    private static final int DEPTH = 64;

    private final GatewayConfig config;
    private final ObjectNode template;

    OpenApiDocument(GatewayConfig config) {
        this.config = config;
        try (InputStream input = Objects.requireNonNull(OpenApiDocument.class.getResourceAsStream(FILE))) {
            this.template = (ObjectNode) Objects.requireNonNull(new WampJson(DEPTH).read(input.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The document for the paths of one realm.
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
        return document;
    }
}
