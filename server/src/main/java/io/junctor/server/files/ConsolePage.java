package io.junctor.server.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.junctor.router.config.listener.ConsoleConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.StatusPageContent;
import io.junctor.router.config.listener.WebSocketPath;
import io.junctor.server.connector.WampConnector;
import io.junctor.server.files.ConsoleFiles.ConsoleFile;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests for the console of a listener: a web page on which an operator inspects the router. The page is a WAMP client, and the
 * role of its session decides what it may see; its files are the same for all users. Thread-safe.
 */
public final class ConsolePage {
    /** The content security policy: the page loads nothing from other servers, runs no inline scripts, and is shown in no frame. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String SETTINGS = "settings.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WampConnector connector;
    private final String path;
    private final Supplier<List<String>> realms;
    private final boolean isOpen;

    /**
     * Creates the console of a listener. {@code realms} returns the names of the router's realms at the time of a request;
     * {@code isOpen} lets every client read these names.
     */
    public ConsolePage(WampConnector connector, Supplier<List<String>> realms, boolean isOpen) {
        this.connector = connector;
        this.path = connector.config().http().console().path();
        this.realms = realms;
        this.isOpen = isOpen;
    }

    private byte[] settings() {
        ListenerConfig config = connector.config();
        ConsoleConfig console = config.http().console();
        WebSocketPath websocket = config.http().websockets().getFirst();
        boolean shows = isOpen || config.http().statusPage() == StatusPageContent.REALMS;
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("websocket", websocket.path());
        values.put("role", console.role());
        values.put("realms", shows ? config.joins(websocket).allowedRealms(realms.get()) : List.of());
        try {
            return JSON.writeValueAsBytes(values);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and lists have a form in JSON", e);
        }
    }

    /** Returns whether a path belongs to the console. */
    public boolean has(String requested) {
        return requested.startsWith(path)
                && (requested.length() == path.length() || requested.charAt(path.length()) == '/');
    }

    /** Answers a request whose path belongs to the console. */
    public void answer(Request request, Response response, Callback callback, NotFoundHandler notFound) {
        String requested = Request.getPathInContext(request);
        if (requested.length() == path.length()) {
            // The links of the page are relative, so the path must end with a slash.
            response.setStatus(HttpStatus.MOVED_PERMANENTLY_301);
            response.getHeaders().put(HttpHeader.LOCATION, path.substring(path.lastIndexOf('/') + 1) + "/");
            response.write(true, null, callback);
            return;
        }
        String name = requested.substring(path.length() + 1);
        if (name.equals(SETTINGS)) {
            head(response, "application/json");
            response.write(true, ByteBuffer.wrap(settings()), callback);
            return;
        }
        ConsoleFiles.byPath().whenComplete((files, fault) -> {
            ConsoleFile file = files == null ? null : files.get(name.isEmpty() ? "index.html" : name);
            if (fault != null) {
                callback.failed(fault);
            } else if (file == null) {
                notFound.answer(request, response, callback);
            } else {
                send(request, response, callback, file);
            }
        });
    }

    private void send(Request request, Response response, Callback callback, ConsoleFile file) {
        head(response, file.type());
        response.getHeaders().put(HttpHeader.ETAG, file.tag());
        response.getHeaders().put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
        String known = Objects.requireNonNullElse(request.getHeaders().get(HttpHeader.IF_NONE_MATCH), "");
        if (known.contains(file.tag())) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            response.write(true, null, callback);
            return;
        }
        boolean compressed = request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip");
        byte[] bytes = compressed ? file.gzipped() : file.bytes();
        if (compressed) {
            response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
        }
        connector.allowResponse(request, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }

    private static void head(Response response, String type) {
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, type)
                .put(HttpHeader.CACHE_CONTROL, "no-cache")
                .put("Content-Security-Policy", POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer")
                .put("Cross-Origin-Opener-Policy", "same-origin");
    }
}
