package io.junctor.server.yaml;

import io.junctor.router.config.RealmSharing;
import io.junctor.router.config.cluster.ClusterConfig;
import io.junctor.router.config.cluster.ClusterTls;
import io.junctor.router.config.cluster.NatsLogin;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.server.tls.ServerKey;
import io.junctor.server.tls.TlsKeys;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a cluster of routers: the NATS servers that connect them, and which realms they share. */
final class ClusterSection {
    private static final ValueType<String> SERVER = ScalarType.matching(
                    "a URL such as nats://localhost:4222 or tls://nats.example.org:4222",
                    url -> url.contains("@")
                            || ClusterConfig.SERVER.matcher(url).matches())
            .onRead((node, url) -> {
                // Does not show the URL, although other errors show values: it may contain a password.
                if (url.contains("@")) {
                    node.error("the URL of a server must have no login: use 'user' and 'password', or 'token'");
                }
            });
    private static final SecretType<NatsLogin> CREDENTIALS = new SecretType<>(
            "the text of a credentials file, best as file:PATH",
            text -> text.contains("-----BEGIN NATS USER JWT-----") ? new NatsLogin.Credentials(text) : null);
    private static final SecretType<NatsLogin> SEED = new SecretType<>(
            "the seed of a user's nkey, 58 characters that begin with SU",
            seed -> seed.matches("SU[A-Z2-7]{56}") ? new NatsLogin.Seed(seed) : null);

    private static final SectionType<ClusterTls> TLS = SectionType.of("a map such as { trust: ca.pem }")
            .optional("trust", TlsSection.TRUST)
            .optional("certificate", TlsSection.FILE)
            .optional("key", TlsSection.FILE)
            .check(values -> values.requireBoth("certificate", "key"))
            .build(ClusterSection::tls);

    private static final SectionType<SectionValues> NATS = SectionType.of(
                    "a map such as { servers: [\"nats://localhost:4222\"] }")
            .required("servers", SERVER.some())
            .optional("credentials", CREDENTIALS)
            .optional("user", ScalarType.nonBlank("the name of a user"))
            .optional("password", SecretType.TEXT)
            .optional("token", new SecretType<>("a secret", NatsLogin.Token::new))
            .optional("nkey", SEED)
            .optional("tls", TLS)
            .optional("replicas", ScalarType.integer(1, ClusterConfig.MOST_REPLICAS))
            .refuse(
                    values -> values.count("credentials", "user", "token", "nkey") > 1,
                    "only one login is possible: 'credentials', 'user' with 'password', 'token' or 'nkey'")
            .check(values -> values.requireBoth("user", "password"))
            .check(ClusterSection::checkServers)
            .derive(
                    "login",
                    values -> values.has("user")
                            ? values.record(NatsLogin.UserPassword.class)
                            : values.all(NatsLogin.class).stream().findFirst().orElse(new NatsLogin.None()))
            .derive("replicas", values -> values.get("replicas", 0));

    static final SectionType<ClusterConfig> SECTION = SectionType.of(
                    "a map such as { name: plant, nats: { servers: [\"nats://localhost:4222\"] } }")
            .required(
                    "name",
                    ScalarType.matching("1 to 32 characters a-z 0-9 - _", ClusterConfig.NAME.asMatchPredicate()))
            .key(
                    "node",
                    ScalarType.matching("one line of text", node -> node.lines().count() <= 1),
                    "")
            .key("required", "is_required", false)
            .key("registry_entries", ScalarType.integer(1, 10_000_000), ClusterConfig.REGISTRY_ENTRIES)
            .required("nats", NATS)
            .build(values -> values.with(values.<SectionValues>get("nats")).record(ClusterConfig.class));

    /** The cluster settings of a realm. */
    static final SectionType<RealmSharing> REALM =
            SectionType.of(RealmSharing.DEFAULT, "a map such as { share: false }", Map.of());

    private ClusterSection() {}

    private static void checkServers(SectionValues values) {
        List<String> servers = values.get("servers", List.of());
        long encrypted =
                servers.stream().filter(server -> server.startsWith("tls://")).count();
        if (encrypted > 0 && encrypted < servers.size()) {
            values.node("servers").errorAtKey("'servers' must all begin with tls://, or none of them");
        }
        if (values.has("tls") && encrypted < servers.size()) {
            values.node("tls").errorAtKey("'tls' needs 'servers' that all begin with tls://");
        }
    }

    /** Reads the files, so that errors in them are reported with a position. */
    private static @Nullable ClusterTls tls(SectionValues values) {
        Path trust = values.find("trust");
        return values.node("certificate").make(() -> {
            List<ServerKey> keys = values.has("key")
                    ? List.of(ServerKey.read(new KeyFiles.Pem(values.get("certificate"), values.get("key"), null)))
                    : List.of();
            TlsKeys all = new TlsKeys(keys, trust == null ? List.of() : TlsKeys.authorities(trust), List.of());
            return new ClusterTls(all.clientContext(), values.all(Path.class));
        });
    }
}
