package io.junctor.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.config.listener.ProxyConfig;
import io.junctor.router.config.listener.UnixSocket;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.testkit.Peer;
import io.junctor.testkit.RawSocketTransport;
import io.junctor.testkit.SocketPaths;
import io.junctor.testkit.WebSocketTransport;
import io.junctor.wamp.message.Invocation;
import io.junctor.wamp.message.Welcome;
import io.junctor.wamp.options.Identity;
import io.junctor.wamp.value.Dict;
import io.junctor.wamp.value.Serializer;
import io.junctor.wamp.value.Uri;
import io.junctor.wamp.value.WampError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The method {@code unix}: clients on a Unix domain socket are known by their user or group. */
@Timeout(120)
class UnixAccountTest {
    private static final String USER = System.getProperty("user.name");
    private static final String OTHER_USER = "nobody";
    private static final Set<PosixFilePermission> FOR_ALL = PosixFilePermissions.fromString("rw-rw-rw-");

    @TempDir
    private Path directory;

    private final Path path = SocketPaths.next();
    private @Nullable TestRouter router;

    @AfterEach
    void closeRouter() {
        if (router != null) {
            router.expectIdle();
            router.close();
            router = null;
        }
    }

    private void open(ListenerConfig.Builder listener, AuthConfig auth) {
        router = TestRouter.open(RouterConfig.builder()
                .listener(listener.build())
                .realms(List.of(UserRealms.realm(auth)))
                .build());
    }

    private void open(AuthSource source) {
        open(socket(UnixSocket.DEFAULT_MODE), offering(null, source));
    }

    private ListenerConfig.Builder socket(Set<PosixFilePermission> mode) {
        return ListenerConfig.builder().unixSocket(new UnixSocket(path, mode, null));
    }

    private static AuthConfig offering(@Nullable String anonymousRole, AuthSource source) {
        return new AuthConfig(anonymousRole, List.of(AuthMethodConfig.of(AuthMethod.UNIX, source)));
    }

    private static Principal account(@Nullable String authid, String... roles) {
        return new Principal(authid, List.of(roles), null, Dict.EMPTY, new Credential.Proven());
    }

    private static AuthSource user(String name, Principal principal) {
        return new AuthSource.Accounts(Map.of(name, principal), Map.of(), null);
    }

    private URI uri() {
        return Objects.requireNonNull(router).uri();
    }

    private Peer connect() {
        return new Peer(WebSocketTransport.open(uri(), Serializer.CBOR));
    }

    private Peer hello(Map<String, Object> details) {
        return UserRealms.hello(connect(), List.of("unix"), details);
    }

    /** A client that sends nothing but its roles. */
    private Peer helloWithoutMethods() {
        Peer peer = connect();
        peer.sendList(1, Testbed.REALM, Map.of("roles", Map.of("caller", Map.of())));
        return peer;
    }

    private static Identity welcomed(Peer peer) {
        Welcome welcome = peer.expectWelcome();
        peer.close();
        return welcome.details().identity();
    }

    private static void expectDenied(Peer peer) {
        assertThat(peer.expectAbort(WampError.AUTHENTICATION_DENIED).details().message())
                .isEqualTo("the credentials are not accepted");
        peer.expectClosed();
        peer.close();
    }

    private static void expectRefused(Peer peer, WampError error, String text) {
        assertThat(peer.expectAbort(error).details().message()).isEqualTo(text);
        peer.expectClosed();
        peer.close();
    }

    @Test
    void aUserOfTheOperatingSystemJoinsWithoutLoginData() {
        open(user(USER, account(null, UserRealms.ROLE)));

        Identity identity = welcomed(hello(Map.of()));
        assertThat(identity.authid()).isEqualTo(USER);
        assertThat(identity.authrole()).isEqualTo(UserRealms.ROLE);
        assertThat(identity.authmethod()).isEqualTo("unix");
        assertThat(identity.authprovider()).isEqualTo("static");
        Peer rawSocket = new Peer(RawSocketTransport.open(uri(), Serializer.JSON));
        assertThat(welcomed(UserRealms.hello(rawSocket, List.of("cryptosign", "unix"), Map.of()))
                        .authid())
                .isEqualTo(USER);
    }

    @Test
    void aClientThatNamesNoMethodIsAnonymousOrKnownByItsUser() {
        open(user(USER, account(null, UserRealms.ROLE)));
        assertThat(welcomed(helloWithoutMethods()).authmethod()).isEqualTo("unix");
        closeRouter();
        open(
                socket(UnixSocket.DEFAULT_MODE),
                offering(UserRealms.OTHER_ROLE, user(USER, account(null, UserRealms.ROLE))));
        assertThat(welcomed(helloWithoutMethods()).authmethod()).isEqualTo("anonymous");
        assertThat(welcomed(hello(Map.of())).authmethod()).isEqualTo("unix");
    }

    @Test
    void theUserDecidesThenTheGroupThenTheRoleOfAllOthers() throws IOException {
        String group = Files.readAttributes(Files.createFile(directory.resolve("file")), PosixFileAttributes.class)
                .group()
                .getName();
        Map<String, Principal> groups = Map.of(group, account("by group", UserRealms.ROLE));
        open(new AuthSource.Accounts(Map.of(USER, account("by user", UserRealms.ROLE)), groups, null));
        assertThat(welcomed(hello(Map.of())).authid()).isEqualTo("by user");
        closeRouter();
        open(new AuthSource.Accounts(Map.of("other", account("by user", UserRealms.ROLE)), groups, null));
        assertThat(welcomed(hello(Map.of())).authid()).isEqualTo("by group");
        closeRouter();
        open(new AuthSource.Accounts(Map.of(), Map.of(), account(null, UserRealms.OTHER_ROLE, UserRealms.ROLE)));
        assertThat(welcomed(hello(Map.of())).authrole()).isEqualTo(UserRealms.OTHER_ROLE);
        assertThat(welcomed(hello(Map.of("authrole", UserRealms.ROLE))).authrole())
                .isEqualTo(UserRealms.ROLE);
    }

    @Test
    void aUserThatIsNotListedIsDeniedAndSoIsAnotherAuthid() {
        open(user("other", account(null, UserRealms.ROLE)));
        expectDenied(hello(Map.of()));
        expectDenied(hello(Map.of("authid", "other")));
        closeRouter();
        open(user(USER, account("service", UserRealms.ROLE)));
        expectDenied(hello(Map.of("authid", USER)));
        assertThat(welcomed(hello(Map.of("authid", "service"))).authid()).isEqualTo("service");
    }

    @Test
    void onlyUnixDomainSocketsOfferTheMethod() {
        AuthConfig auth = offering(UserRealms.OTHER_ROLE, user(USER, account(null, UserRealms.ROLE)));
        String problem = "authmethod unix needs a connection by a Unix domain socket of the router, without a proxy";
        open(ListenerConfig.builder().port(0), auth);
        expectRefused(hello(Map.of()), WampError.NO_MATCHING_AUTH_METHOD, problem);
        assertThat(welcomed(UserRealms.hello(connect(), List.of("unix", "anonymous"), Map.of()))
                        .authmethod())
                .isEqualTo("anonymous");
        closeRouter();
        open(socket(UnixSocket.DEFAULT_MODE).proxies(new ProxyConfig(List.of(), true, false)), auth);
        expectRefused(hello(Map.of()), WampError.NO_MATCHING_AUTH_METHOD, problem);
    }

    @Test
    void anAuthenticatorProcedureGetsUserAndGroup() {
        AuthSource procedure = new AuthSource.Procedure(new Uri("com.example.authenticate"), null);
        open(socket(UnixSocket.DEFAULT_MODE), offering(UserRealms.OTHER_ROLE, procedure));
        Peer authenticator = connect();
        authenticator.join(Testbed.REALM);
        authenticator.register("com.example.authenticate");

        Peer peer = hello(Map.of());
        Invocation invocation = authenticator.expect(Invocation.class);
        Map<?, ?> details = (Map<?, ?>) Objects.requireNonNull(
                authenticator.arguments(invocation.payload()).positional().get(2));
        Map<?, ?> transport = (Map<?, ?>) Objects.requireNonNull(details.get("transport"));
        assertThat(transport.get("peer")).isEqualTo("unix:" + USER);
        Map<?, ?> unix = (Map<?, ?>) ((Map<?, ?>) Objects.requireNonNull(transport.get("auth"))).get("unix");
        assertThat(Objects.requireNonNull(unix).get("user")).isEqualTo(USER);
        assertThat(unix.get("group")).isInstanceOf(String.class);
        authenticator.answer(invocation, UserRealms.ROLE);
        assertThat(welcomed(peer).authid()).isEqualTo(USER);
        authenticator.close();
    }

    /** Only root can start a program of another user. */
    @Test
    void aProgramOfAnotherUserNeedsTheModeAndHasItsOwnAuthid() throws Exception {
        assumeThat(USER).isEqualTo("root");
        assumeThat(asOther("true")).as("setpriv starts programs of other users").isZero();
        open(socket(UnixSocket.DEFAULT_MODE), offering(null, user(OTHER_USER, account(null, UserRealms.ROLE))));
        assertThat(joinAsOther()).contains("Permission denied");
        closeRouter();
        open(socket(FOR_ALL), offering(null, user(OTHER_USER, account(null, UserRealms.ROLE))));
        assertThat(joinAsOther()).contains("\"authid\":\"" + OTHER_USER + "\"");
    }

    /** What a program of another user gets that joins by RawSocket, or why it cannot connect. */
    private String joinAsOther() throws IOException, InterruptedException {
        assertThat(uri()).as("the router listens").hasScheme("ws+unix");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        String file = UnixJoin.class.getName().replace('.', '/') + ".class";
        Path program = directory.resolve(file);
        Files.createDirectories(program.getParent());
        try (InputStream code = UnixJoin.class.getResourceAsStream("/" + file)) {
            Files.copy(Objects.requireNonNull(code), program, StandardCopyOption.REPLACE_EXISTING);
        }
        Path output = directory.resolve("output.txt");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(asOther(
                        output,
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        directory.toString(),
                        UnixJoin.class.getName(),
                        path.toString()))
                .isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private int asOther(String... command) throws IOException, InterruptedException {
        return asOther(directory.resolve("discarded.txt"), command);
    }

    private static int asOther(Path output, String... command) throws IOException, InterruptedException {
        List<String> setpriv =
                new ArrayList<>(List.of("setpriv", "--reuid", OTHER_USER, "--regid", "nogroup", "--clear-groups"));
        setpriv.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(setpriv)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return process.waitFor();
        } catch (IOException missing) {
            return -1;
        }
    }
}
