package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.cli.client.process.CommandEnvironment;
import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.config.auth.AuthSource;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.server.yaml.ConfigFile;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretsTest {
    private final InputStream in = System.in;
    private final PrintStream out = System.out;

    @AfterEach
    void giveStreamsBack() {
        System.setIn(in);
        System.setOut(out);
    }

    @Test
    void keygenPrintsAPairThatBelongsTogether() {
        List<String> lines = run("", "keygen").lines().toList();

        byte[] privateKey = Objects.requireNonNull(Cryptosign.parse(lines.get(0).replace("private key: ", "")));
        assertThat(lines.get(1)).isEqualTo("public key:  " + Cryptosign.hex(Cryptosign.publicKey(privateKey)));
    }

    @Test
    void hashesAreReadByTheConfiguration() {
        for (String[] command : List.of(
                new String[] {"hash", "ticket", "--iterations", "10"},
                new String[] {"hash", "wampcra"},
                new String[] {"hash", "wamp-scram", "--iterations", "4096"},
                new String[] {"hash", "scram", "--iterations", "1", "--memory-kib", "64"},
                new String[] {"hash", "wamp-scram", "--argon2", "--iterations", "1", "--memory-kib", "64"})) {
            String text = run(
                    "pencil\n",
                    Stream.concat(Stream.of(command), Stream.of("--one-line")).toArray(String[]::new));
            assertThat(CredentialFormat.parse(Objects.requireNonNull(AuthMethod.of(command[1])), text.strip()))
                    .as(text)
                    .isNotNull()
                    .isNotInstanceOf(Credential.Secret.class);
            assertThat(text).doesNotContain("pencil");
        }
    }

    @Test
    void printedKeysAreThoseOfAUser() {
        for (List<String> command : List.of(
                List.of("hash", "ticket", "--iterations", "10"),
                List.of("hash", "wampcra"),
                List.of("hash", "wamp-scram", "--iterations", "4096"),
                List.of("hash", "scram", "--iterations", "1", "--memory-kib", "64"),
                List.of("hash", "wamp-scram", "--argon2", "--iterations", "1", "--memory-kib", "64"))) {
            String keys = run("pencil\n", command.toArray(String[]::new));
            String file = """
                    realms:
                      realm1:
                        auth:
                          %s:
                            users:
                              anna:
                                role: user
                    %s
                        roles: { user: }
                    """.formatted(command.get(1), keys.indent(12));
            AuthSource source = ConfigFile.parse("f.yaml", file, Map.of())
                    .orThrow()
                    .realms()
                    .getFirst()
                    .auth()
                    .offers()
                    .getFirst()
                    .source();
            Credential credential =
                    ((AuthSource.Users) source).byAuthid().get("anna").credential();
            assertThat(credential).as(keys).isNotInstanceOf(Credential.Secret.class);
            assertThat(keys).doesNotContain("pencil");
        }
    }

    @Test
    void hashOfASecretIsTheKeyThatAClientDerives() {
        Credential.SaltedSecret salted = (Credential.SaltedSecret) Objects.requireNonNull(CredentialFormat.parse(
                AuthMethod.WAMPCRA,
                run("pencil", "hash", "wampcra", "--one-line").strip()));

        assertThat(salted.key()).isEqualTo(Cra.derivedKey("pencil", salted.salt(), salted.iterations(), 32));
    }

    private static String run(String input, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        assertThat(Commands.of(CommandEnvironment.ofProcess(), command).execute(command))
                .isZero();
        return output.toString(StandardCharsets.UTF_8);
    }
}
