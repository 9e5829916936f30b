package io.junctor.conformance.gateway;

import io.junctor.client.Session;
import io.junctor.conformance.HttpTestRouter;
import io.junctor.router.config.RealmConfig;
import io.junctor.router.config.RealmFeatures;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.auth.RoleConfig;
import io.junctor.router.config.auth.Rule;
import io.junctor.router.config.http.GatewayConfig;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.Action;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.HistoryTopic;
import io.junctor.router.spi.Principal;
import io.junctor.wamp.value.MatchPolicy;
import io.junctor.wamp.value.Uri;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A router with an HTTP gateway on a free port, and an HTTP client. For one thread. */
final class GatewayRouter extends HttpTestRouter {
    static final String SECRET = "L3L1YUE8Txlw";

    private GatewayRouter(RouterConfig config) {
        super(config);
    }

    /** A realm for all clients, a realm for users, and a gateway with default settings. */
    static GatewayRouter open() {
        return open(UnaryOperator.identity(), UnaryOperator.identity());
    }

    static GatewayRouter open(UnaryOperator<ListenerConfig.Builder> listener, UnaryOperator<GatewayConfig> gateway) {
        return new GatewayRouter(RouterConfig.builder()
                .listener(listener.apply(ListenerConfig.builder()
                                .port(0)
                                .gateway(gateway.apply(GatewayConfig.DEFAULT.withRealm("realm1"))))
                        .build())
                .realms(List.of(open("realm1"), users("users", AuthMethod.TICKET), users("staff", AuthMethod.WAMPCRA)))
                .build());
    }

    /** A realm whose sessions may do everything, with a history of all topics that begin with {@code stored.}. */
    private static RealmConfig open(String name) {
        Rule kill = new Rule(new Uri("wamp.session."), MatchPolicy.PREFIX, Set.of(Action.CALL), true);
        List<Rule> rules = new ArrayList<>(RoleConfig.everything().rules());
        rules.add(kill);
        return RealmConfig.open(name).toBuilder()
                .role("anonymous", new RoleConfig(rules))
                .features(RealmFeatures.DEFAULT.withHistory(new HistoryTopic(
                        new Uri("stored."), MatchPolicy.PREFIX, 10_000, Duration.ofHours(1), 16 << 20)))
                .build();
    }

    private static RealmConfig users(String name, AuthMethod method) {
        AuthSource users = new AuthSource.Users(Map.of("anna", Principal.of("user", new Credential.Secret(SECRET))));
        return RealmConfig.builder(name)
                .auth(new AuthConfig(null, List.of(new AuthMethodConfig(method, users, true, null))))
                .role("user", RoleConfig.everything())
                .build();
    }

    /** Joins a realm by a WebSocket. */
    Session join(String realm) {
        return Session.join(router.uri().toString(), realm);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path)).header("Content-Type", "application/json");
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    static String basic(String authid, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((authid + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }
}
