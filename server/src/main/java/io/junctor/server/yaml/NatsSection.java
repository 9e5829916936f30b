package io.junctor.server.yaml;

import io.junctor.router.config.ClusterConfig;
import io.junctor.router.config.ClusterTls;
import io.junctor.router.config.KeyFiles;
import io.junctor.router.config.NatsLogin;
import io.junctor.server.tls.ServerKey;
import io.junctor.server.tls.TlsFault;
import io.junctor.server.tls.TlsKeys;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The NATS servers of a cluster, and how the router connects to them. */
final class NatsSection {
    private static final ScalarType<String> SERVER = ScalarType.matching(
                    "a URL such as nats://localhost:4222 or tls://nats.example.org:4222", NatsSection::isServer)
            .onRead(NatsSection::refuseLogin);
    private static final Key<List<String>> SERVERS =
            Key.required("servers", new ListType<>(SERVER, "a list of URLs such as [\"nats://localhost:4222\"]", 1));

    private static final Key<String> CREDENTIALS = Key.optional(
            "credentials",
            new SecretType<>(
                    "the text of a credentials file, best as file:PATH",
                    text -> text.contains("-----BEGIN NATS USER JWT-----") ? text : null));
    private static final Key<String> USER = Key.optional("user", ScalarType.nonBlank("the name of a user"));
    private static final Key<String> PASSWORD = Key.optional("password", SecretType.TEXT);
    private static final Key<String> TOKEN = Key.optional("token", SecretType.TEXT);
    private static final Key<String> NKEY = Key.optional(
            "nkey",
            new SecretType<>(
                    "the seed of a user's nkey, 58 characters that begin with SU",
                    seed -> seed.matches("SU[A-Z2-7]{56}") ? seed : null));
    private static final Key<Integer> REPLICAS =
            Key.optional("replicas", ScalarType.integer(1, ClusterConfig.MOST_REPLICAS));

    private static final ScalarType<Path> FILE =
            ScalarType.text("the path of a file, relative to this one", TextFile::path);
    private static final Key<Path> TRUST = Key.optional("trust", FILE);
    private static final Key<Path> CERTIFICATE = Key.optional("certificate", FILE);
    private static final Key<Path> KEY = Key.optional("key", FILE);
    private static final Key<ClusterTls> TLS = Key.optional(
            "tls",
            Section.of("a map such as { trust: ca.pem }", List.of(TRUST, CERTIFICATE, KEY), NatsSection::tls)
                    .checkedBy(NatsSection::checkTls));

    static final Section<ClusterConfig.Builder> SECTION = Section.of(
                    "a map such as { servers: [\"nats://localhost:4222\"] }",
                    List.of(SERVERS, CREDENTIALS, USER, PASSWORD, TOKEN, NKEY, TLS, REPLICAS),
                    NatsSection::build)
            .checkedBy(NatsSection::check);

    private NatsSection() {}

    private static boolean isServer(String url) {
        return url.contains("@") || ClusterConfig.SERVER.matcher(url).matches();
    }

    /** Does not show the URL, as other errors show values. */
    private static void refuseLogin(YamlNode node, String url) {
        if (url.contains("@")) {
            node.error("the URL of a server must have no login: use 'user' and 'password', or 'token'");
        }
    }

    private static void check(SectionValues values) {
        if (Stream.of(CREDENTIALS, USER, TOKEN, NKEY).filter(values::has).count() > 1) {
            values.error("only one login is possible: 'credentials', 'user' with 'password', 'token' or 'nkey'");
        }
        if (values.has(USER) != values.has(PASSWORD)) {
            values.error("'user' and 'password' need each other");
        }
        List<String> servers = Objects.requireNonNullElse(values.find(SERVERS), List.of());
        if (servers.stream()
                        .map(server -> server.startsWith("tls://"))
                        .distinct()
                        .count()
                > 1) {
            values.node(SERVERS).errorAtKey("'servers' must all begin with tls://, or none of them");
        }
        if (values.has(TLS) && !servers.stream().allMatch(server -> server.startsWith("tls://"))) {
            values.node(TLS).errorAtKey("'tls' needs 'servers' that all begin with tls://");
        }
    }

    private static void checkTls(SectionValues values) {
        if (values.has(CERTIFICATE) != values.has(KEY)) {
            values.error("'certificate' and 'key' need each other");
        }
    }

    private static ClusterConfig.Builder build(SectionValues values) {
        ClusterConfig.Builder cluster = ClusterConfig.builder("")
                .login(login(values))
                .tls(values.find(TLS))
                .replicas(Objects.requireNonNullElse(values.find(REPLICAS), 0));
        values.get(SERVERS).forEach(cluster::server);
        return cluster;
    }

    private static NatsLogin login(SectionValues values) {
        if (values.has(CREDENTIALS)) {
            return new NatsLogin.Credentials(values.get(CREDENTIALS));
        }
        if (values.has(USER)) {
            return new NatsLogin.UserPassword(values.get(USER), values.get(PASSWORD));
        }
        if (values.has(TOKEN)) {
            return new NatsLogin.Token(values.get(TOKEN));
        }
        return values.has(NKEY) ? new NatsLogin.Seed(values.get(NKEY)) : new NatsLogin.None();
    }

    /** Reads the files, so that errors in them have a position. */
    private static @Nullable ClusterTls tls(SectionValues values) {
        YamlDocument document = values.document();
        Key<Path> reading = TRUST;
        try {
            Path trust = values.find(TRUST);
            List<X509Certificate> authorities =
                    trust == null ? List.of() : TlsKeys.authorities(document.resolve(trust));
            reading = CERTIFICATE;
            Path certificate = values.find(CERTIFICATE);
            KeyFiles files = certificate == null
                    ? null
                    : new KeyFiles.Pem(document.resolve(certificate), document.resolve(values.get(KEY)), null);
            List<ServerKey> keys = files == null ? List.of() : List.of(ServerKey.read(files));
            List<Path> paths = Stream.of(TRUST, CERTIFICATE, KEY)
                    .flatMap(key -> Stream.ofNullable(values.find(key)))
                    .map(document::resolve)
                    .toList();
            return new ClusterTls(new TlsKeys(keys, authorities, List.of()).clientContext(), paths);
        } catch (TlsFault fault) {
            values.node(reading).error(String.valueOf(fault.getMessage()));
            return null;
        }
    }
}
