package io.junctor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Cryptosign;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

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
            String text = run("pencil\n", command);
            assertThat(CredentialFormat.parse(Objects.requireNonNull(AuthMethod.of(command[1])), text.strip()))
                    .as(text)
                    .isNotNull()
                    .isNotInstanceOf(Credential.Secret.class);
            assertThat(text).doesNotContain("pencil");
        }
    }

    @Test
    void hashOfASecretIsTheKeyThatAClientDerives() {
        Credential.SaltedSecret salted = (Credential.SaltedSecret) Objects.requireNonNull(CredentialFormat.parse(
                AuthMethod.WAMPCRA, run("pencil", "hash", "wampcra").strip()));

        assertThat(salted.key()).isEqualTo(Cra.derivedKey("pencil", salted.salt(), salted.iterations(), 32));
    }

    private static String run(String input, String... command) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        assertThat(new CommandLine(new Junctor())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(command))
                .isZero();
        return output.toString(StandardCharsets.UTF_8);
    }
}
