package io.junctor.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.junctor.client.InvocationHandler;
import io.junctor.client.auth.Authentication;
import io.junctor.conformance.ForeignClient.Language;
import io.junctor.router.config.listener.KeyFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Clients of other languages log in to the routers of {@code examples/crossbar}, as they do to Crossbar.io. */
@Tag("interop")
class InteropTwinsTest {
    private static final String SECRET = CrossbarTwin.SECRET;
    private static final String DENIED = "wamp.error.authentication_denied";
    /** Its clients send HELLO without a realm. */
    private static final String CHOSEN = "realm-chosen";

    private static final Authentication TICKET = Authentication.ticket("authenticator", SECRET);

    /**
     * A router and what a client does with it.
     *
     * @param name the file
     * @param authenticatorRealm the realm of the authenticator
     * @param authenticator how the authenticator joins, or null without one
     * @param answer what the authenticator answers
     * @param proofs the method, the authid, the secret and the result of each login: the authid or the reason
     */
    private record Twin(
            String name,
            String authenticatorRealm,
            @Nullable Authentication authenticator,
            InvocationHandler answer,
            List<List<String>> proofs) {
        Twin(String name, List<List<String>> proofs) {
            this(name, "", null, invocation -> null, proofs);
        }
    }

    private static List<Twin> twins() {
        return Stream.of(withUsers(), withAuthenticators())
                .flatMap(List::stream)
                .toList();
    }

    /** The configurations that list their users. */
    private static List<Twin> withUsers() {
        String door = CrossbarTwin.CLIENT01;
        String user = "foobar@example.com";
        return List.of(
                new Twin("anonymous-static", List.of(List.of("anonymous", "-", "-", "*"))),
                new Twin(
                        "ticket-static",
                        List.of(
                                List.of("ticket", "client1", SECRET, "client1"),
                                List.of("ticket", "client1", "wrong", DENIED))),
                new Twin(
                        "wampcra-static",
                        List.of(
                                List.of("wampcra", "client1", SECRET, "client1"),
                                List.of("wampcra", "client2", SECRET, "client2"),
                                List.of("wampcra", "client2", "wrong", DENIED))),
                new Twin(
                        "scram-static",
                        List.of(List.of("scram", user, SECRET, user), List.of("scram", user, "wrong", DENIED))),
                new Twin(
                        "cryptosign-static",
                        List.of(
                                List.of("cryptosign", door, CrossbarTwin.key(1), door),
                                List.of("cryptosign", door, CrossbarTwin.key(2), DENIED))),
                new Twin("cryptosign-tls", List.of(List.of("cryptosign", door, CrossbarTwin.key(1), door))),
                new Twin("tls-static", List.of(List.of("tls", "-", "-", "client_0"))));
    }

    /** The configurations that ask a procedure, which the test registers. */
    private static List<Twin> withAuthenticators() {
        return List.of(
                new Twin(
                        "anonymous-dynamic",
                        "realm1",
                        TICKET,
                        invocation -> Map.of("role", "public", "authid", "guest-7"),
                        List.of(List.of("anonymous", "-", "-", "guest-7"))),
                new Twin(
                        "ticket-dynamic",
                        "realm1",
                        TICKET,
                        invocation -> "frontend",
                        List.of(
                                List.of("ticket", "joe", "any", "joe"),
                                List.of("ticket", "backend", SECRET, "backend"))),
                new Twin(
                        "wampcra-dynamic",
                        "realm1",
                        Authentication.wampcra("authenticator", SECRET),
                        invocation -> Map.of("role", "frontend", "secret", SECRET),
                        List.of(List.of("wampcra", "joe", SECRET, "joe"))),
                new Twin(
                        "cryptosign-dynamic",
                        "realm-auth",
                        Authentication.cryptosign("authenticator", CrossbarTwin.key(9)),
                        invocation -> Map.of("role", "device", "pubkey", CrossbarTwin.publicKey(1)),
                        List.of(List.of("cryptosign", "door", CrossbarTwin.key(1), "door"))),
                new Twin(
                        CHOSEN,
                        "realm-auth",
                        TICKET,
                        invocation -> Map.of("role", "user", "realm", "realm-user1"),
                        List.of(List.of("ticket", "user1", "any", "user1"))),
                new Twin(
                        "tls-dynamic",
                        "realm1",
                        TICKET,
                        invocation -> Map.of("role", "backend", "authid", "client_0"),
                        List.of(List.of("tls", "-", "-", "client_0"))));
    }

    @TestFactory
    Stream<DynamicTest> clientsLogInAsToCrossbar() throws Exception {
        Map<Language, String> lacking = ForeignPackages.install();
        List<DynamicTest> tests = new ArrayList<>();
        lacking.forEach((language, why) -> tests.add(dynamicTest(language + " clients", () -> assumeTrue(false, why))));
        for (Twin twin : twins()) {
            tests.add(dynamicTest(twin.name(), () -> logIn(twin, lacking)));
        }
        return tests.stream();
    }

    private static void logIn(Twin twin, Map<Language, String> lacking) throws Exception {
        try (CrossbarTwin router = CrossbarTwin.open(twin.name())) {
            if (twin.authenticator() != null) {
                router.authenticate(twin.authenticatorRealm(), twin.authenticator(), twin.answer());
            }
            for (ForeignClient client : ForeignClient.values()) {
                for (List<String> proof : twin.proofs()) {
                    if (!lacking.containsKey(client.language()) && has(client, twin, proof)) {
                        logIn(client, router, twin.name().equals(CHOSEN) ? "-" : "realm1", proof);
                    }
                }
            }
        }
    }

    /** Only the script of Autobahn for Python can do without a secret or a realm, connect by TLS and use {@code scram}. */
    private static boolean has(ForeignClient client, Twin twin, List<String> proof) {
        boolean isCommon = List.of("ticket", "wampcra", "cryptosign").contains(proof.getFirst());
        return client.language() == Language.PYTHON
                || (isCommon && !twin.name().contains("tls") && !twin.name().equals(CHOSEN));
    }

    private static void logIn(ForeignClient client, CrossbarTwin router, String realm, List<String> proof)
            throws Exception {
        List<String> arguments = new ArrayList<>(proof);
        arguments.add(realm);
        if (router.uri().getScheme().equals("wss")) {
            KeyFiles.Pem own = CrossbarTwin.CLIENT0.files();
            arguments.add(CrossbarTwin.SERVER.files().certificate().toString());
            arguments.add(own.certificate().toString());
            arguments.add(own.key().toString());
        }
        String serializer = client.name().toLowerCase(Locale.ROOT).contains("python") ? "cbor" : "json";
        try (ForeignClientProcess part = client.startLogin(router.uri().toString(), serializer, arguments)) {
            part.awaitDone();
        }
    }
}
