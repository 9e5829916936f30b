package io.junctor.conformance;

import io.junctor.client.Client;
import io.junctor.client.InvocationHandler;
import io.junctor.client.Session;
import io.junctor.client.auth.Authentication;
import io.junctor.router.Router;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.PeerCertificate;
import io.junctor.server.ListenException;
import io.junctor.server.RouterServer;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.testkit.tls.TestAuthority;
import io.junctor.testkit.tls.TestCertificate;
import io.junctor.wamp.auth.Cryptosign;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A router with a file of {@code examples/crossbar}, and its clients. For one thread. */
final class CrossbarTwin implements AutoCloseable {
    static final String SECRET = UserRealms.SECRET;
    static final String PROCEDURE = "com.example.authenticate";
    static final String CLIENT01 = "client01@example.com";
    static final String CLIENT02 = "client02@example.com";
    static final TestCertificate SERVER = TestCertificate.LOCALHOST;
    static final TestAuthority AUTHORITY = new TestAuthority("CN=Devices,O=Plant");
    static final TestCertificate CLIENT0 = AUTHORITY.issue("CN=client_0,O=Plant");

    private static final Path DIRECTORY = Path.of("..", "examples", "crossbar");

    private final Router router;
    private final RouterServer server;
    private final boolean isEncrypted;
    private final List<Session> sessions = new ArrayList<>();

    private CrossbarTwin(RouterConfig config) throws ListenException {
        this.router = Router.open(config);
        this.server = RouterServer.serve(router);
        this.isEncrypted = config.listeners().getFirst().tls() != null;
    }

    /** Starts a router with {@code name.yaml}; all secrets are {@link #SECRET}. */
    static CrossbarTwin open(String name) throws ListenException {
        return new CrossbarTwin(read(name));
    }

    static RouterConfig read(String name) {
        return ConfigFile.read(DIRECTORY.resolve(name + ".yaml"), environment()).orThrow();
    }

    /** The private key of a client, as it is given to clients. */
    static String key(int number) {
        return ("0" + number).repeat(32);
    }

    static String publicKey(int number) {
        return Cryptosign.hex(Cryptosign.publicKey(HexFormat.of().parseHex(key(number))));
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(Map.of("PORT", "0"));
        for (String secret : List.of(
                "AUTHENTICATOR_TICKET",
                "AUTHENTICATOR_SECRET",
                "AUTHORIZER_TICKET",
                "BACKEND_TICKET",
                "CLIENT1_TICKET",
                "CLIENT2_TICKET",
                "CLIENT1_SECRET")) {
            environment.put(secret, SECRET);
        }
        environment.put("AUTHENTICATOR_KEY", publicKey(9));
        environment.put("CLIENT01_KEY", publicKey(1));
        environment.put("CLIENT02_KEY", publicKey(2));
        environment.put("CLIENT02_OTHER_KEY", publicKey(3));
        KeyFiles.Pem files = SERVER.files();
        environment.put("SERVER_CERTIFICATE", files.certificate().toString());
        environment.put("SERVER_KEY", files.key().toString());
        environment.put("TRUST", AUTHORITY.file().toString());
        environment.put(
                "CLIENT0_FINGERPRINT", PeerCertificate.of(CLIENT0.certificate()).fingerprint());
        return environment;
    }

    URI uri() {
        String scheme = isEncrypted ? "wss" : "ws";
        int port = server.listeners().getFirst().port();
        return URI.create(scheme + "://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH);
    }

    Session join(Authentication proof) {
        return join("realm1", proof, null);
    }

    Session join(String realm, Authentication proof, @Nullable SSLContext tls) {
        Client.Builder client = Client.builder(uri().toString()).realm(realm).authentication(proof);
        if (isEncrypted) {
            client.tls(tls == null ? TestCertificate.trusting(SERVER) : tls);
        }
        Session session = client.build().join();
        sessions.add(session);
        return session;
    }

    /** Joins as the authenticator, and answers with {@code handler}. */
    void authenticate(String realm, Authentication proof, InvocationHandler handler) {
        join(realm, proof, null).register(PROCEDURE, handler);
    }

    @Override
    public void close() {
        sessions.forEach(Session::close);
        server.close();
        router.close();
    }
}
