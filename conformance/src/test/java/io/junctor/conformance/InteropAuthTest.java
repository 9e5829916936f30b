package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.Router;
import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.config.RouterConfig;
import io.junctor.router.config.auth.AuthMethodConfig;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.config.listener.ListenerConfig;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Principal;
import io.junctor.server.RouterServer;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import io.junctor.wamp.value.Serializer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Clients of other languages authenticate by each method that they implement as specified. */
@Tag("interop")
class InteropAuthTest {
    private static final String BERTA = "berta";
    private static final String SALT = "salt123";
    private static final String KEY = "07".repeat(32);
    private static final String WRONG_KEY = "08".repeat(32);
    /** What {@code bin/junctor hash scram --memory-kib 1024} printed for {@link UserRealms#SECRET}. */
    private static final String SCRAM_HASH = "hash:argon2id-13:3,1024:2j5OVX7yp+Z0BBRAe9b+Yw==:"
            + "2a1TNvaOXI2I3xbAB5cokfWL88r0WC1V5LeIFk15Tac=:iJvkTCY7oy5QlS3xOe47n/TP3q1sWzBLKf+jrQQ7DL8=";

    private static final String DENIED = "wamp.error.authentication_denied";

    /** A method, an authid, a secret and the expected result: the authid, or the reason of the refusal. */
    private static final List<List<String>> ACCEPTED = List.of(
            List.of("ticket", UserRealms.ANNA, UserRealms.SECRET, UserRealms.ANNA),
            List.of("wampcra", UserRealms.ANNA, UserRealms.SECRET, UserRealms.ANNA),
            List.of("wampcra", BERTA, UserRealms.SECRET, BERTA),
            List.of("cryptosign", UserRealms.ANNA, KEY, UserRealms.ANNA));

    private static final List<List<String>> REFUSED = List.of(
            List.of("ticket", UserRealms.ANNA, "wrong", DENIED),
            List.of("wampcra", UserRealms.ANNA, "wrong", DENIED),
            List.of("wampcra", BERTA, "wrong", DENIED),
            List.of("cryptosign", UserRealms.ANNA, WRONG_KEY, DENIED));

    /** Only Autobahn for Python has it; it does not have {@code wamp-scram}. */
    private static final List<List<String>> ACCEPTED_OF_PYTHON =
            List.of(List.of("scram", UserRealms.ANNA, UserRealms.SECRET, UserRealms.ANNA));

    private static final List<List<String>> REFUSED_OF_PYTHON = List.of(
            List.of("scram", UserRealms.ANNA, "wrong", DENIED), List.of("scram", BERTA, UserRealms.SECRET, DENIED));

    private final List<InteropClient> parts = new ArrayList<>();
    private @Nullable RouterServer server;
    private final Router router = Router.open(RouterConfig.builder()
            .listener(ListenerConfig.of("127.0.0.1", 0))
            .realm(UserRealms.realm(ticket(), wampcra(), scram(), cryptosign()))
            .build());

    private static AuthMethodConfig ticket() {
        return UserRealms.offer(
                AuthMethod.TICKET, Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET)));
    }

    private static AuthMethodConfig wampcra() {
        String key = Cra.derivedKey(UserRealms.SECRET, SALT, Cra.DEFAULT_ITERATIONS, Cra.DEFAULT_KEY_BYTES);
        Credential salted = new Credential.SaltedSecret(key, SALT, Cra.DEFAULT_ITERATIONS, Cra.DEFAULT_KEY_BYTES);
        AuthSource users = new AuthSource.Users(Map.of(
                UserRealms.ANNA,
                Principal.of(UserRealms.ROLE, new Credential.Secret(UserRealms.SECRET)),
                BERTA,
                Principal.of(UserRealms.ROLE, salted)));
        return AuthMethodConfig.of(AuthMethod.WAMPCRA, users);
    }

    private static AuthMethodConfig scram() {
        Credential hash = Objects.requireNonNull(CredentialFormat.parse(AuthMethod.AUTOBAHN_SCRAM, SCRAM_HASH));
        return UserRealms.offer(AuthMethod.AUTOBAHN_SCRAM, Principal.of(UserRealms.ROLE, hash));
    }

    private static AuthMethodConfig cryptosign() {
        String publicKey = Cryptosign.hex(Cryptosign.publicKey(HexFormat.of().parseHex(KEY)));
        return UserRealms.offer(
                AuthMethod.CRYPTOSIGN, Principal.of(UserRealms.ROLE, new Credential.PublicKeys(Set.of(publicKey))));
    }

    @AfterEach
    void endWhatIsLeft() {
        parts.forEach(InteropClient::close);
        if (server != null) {
            server.close();
        }
        router.close();
    }

    @TestFactory
    Stream<DynamicTest> clientsProveWhoTheyAre() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        server = RouterServer.serve(router);
        int port = server.listeners().getFirst().port();
        String url = "ws://127.0.0.1:" + port + ListenerConfig.DEFAULT_PATH;
        List<DynamicTest> tests = new ArrayList<>();
        lacking.forEach((language, why) -> tests.add(dynamicTest(language + " clients", () -> assumeTrue(false, why))));
        for (ForeignClient client : ForeignClient.values()) {
            if (!lacking.containsKey(client.language())) {
                proofs(client, ACCEPTED, ACCEPTED_OF_PYTHON)
                        .forEach(proof -> Stream.of(Serializer.values())
                                .forEach(serializer -> tests.add(login(client, url, serializer, proof))));
                proofs(client, REFUSED, REFUSED_OF_PYTHON)
                        .forEach(proof -> tests.add(login(client, url, Serializer.JSON, proof)));
            }
        }
        return tests.stream();
    }

    private static Stream<List<String>> proofs(
            ForeignClient client, List<List<String>> all, List<List<String>> ofPython) {
        return client.language() == Language.PYTHON ? Stream.concat(all.stream(), ofPython.stream()) : all.stream();
    }

    private DynamicTest login(ForeignClient client, String url, Serializer serializer, List<String> proof) {
        String wireName = serializer.name().toLowerCase(Locale.ROOT);
        String name = "%s with %s by %s as %s: %s"
                .formatted(client, wireName, proof.getFirst(), proof.get(1), proof.getLast());
        return dynamicTest(name, () -> {
            ForeignClientProcess part = client.startLogin(url, wireName, proof);
            parts.add(part);
            part.awaitDone();
        });
    }
}
