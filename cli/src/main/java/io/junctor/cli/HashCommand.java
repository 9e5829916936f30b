package io.junctor.cli;

import io.junctor.router.authentication.CredentialFormat;
import io.junctor.router.spi.AuthMethod;
import io.junctor.router.spi.Credential;
import io.junctor.router.spi.Credential.Kdf;
import io.junctor.wamp.auth.Base64Text;
import io.junctor.wamp.auth.Cra;
import io.junctor.wamp.auth.Pbkdf2;
import io.junctor.wamp.auth.SaslPrep;
import io.junctor.wamp.auth.ScramExchange;
import io.junctor.wamp.auth.ScramHeader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the keys of a user that replace a secret in the configuration. */
@Command(
        name = "hash",
        description =
                "Reads a ticket, secret or password from standard input and prints the keys of a user in realms.yaml"
                        + " that replace it.")
final class HashCommand implements Callable<Integer> {
    private static final Set<AuthMethod> HASHED =
            EnumSet.of(AuthMethod.TICKET, AuthMethod.WAMPCRA, AuthMethod.SCRAM, AuthMethod.AUTOBAHN_SCRAM);
    private static final int SALT_BYTES = 16;
    private static final int TICKET_ITERATIONS = 600_000;
    private static final int CRA_ITERATIONS = 1_000;
    private static final int PBKDF2_ITERATIONS = 100_000;
    private static final int ARGON2_ITERATIONS = 3;

    @Parameters(paramLabel = "METHOD", description = "ticket, wampcra, wamp-scram or scram.")
    private String method = "";

    @Option(
            names = "--argon2",
            description = "For wamp-scram: argon2id13 instead of pbkdf2. Some client libraries do not support it.")
    private boolean argon2;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description =
                    "The number of iterations that a client (for a ticket: the router) computes. Default: ticket 600000, wampcra"
                            + " 1000, wamp-scram 100000, with argon2 3, scram 3.")
    private @Nullable Integer iterations;

    @Option(
            names = "--memory-kib",
            paramLabel = "KIB",
            defaultValue = "65536",
            description = "For argon2 and scram: the memory that a client uses for the computation. Default: 65536.")
    private int memoryKib;

    @Option(
            names = "--one-line",
            description = "Print one value that begins with 'hash:', for an environment variable or a file.")
    private boolean oneLine;

    @Override
    public Integer call() throws IOException {
        AuthMethod known = AuthMethod.of(method);
        if (known == null || !HASHED.contains(known)) {
            return FailurePrinter.onRefusal(
                    "'" + method + "' has no secret to hash: it is ticket, wampcra, wamp-scram or scram.");
        }
        if (iterations != null && (iterations < 1 || iterations > 9_999_999)) {
            return FailurePrinter.onRefusal("--iterations must be from 1 to 9999999.");
        }
        if (memoryKib < 8 || memoryKib > 9_999_999) {
            return FailurePrinter.onRefusal("--memory-kib must be from 8 to 9999999.");
        }
        String secret = read();
        if (secret == null || secret.isEmpty()) {
            return FailurePrinter.onRefusal("there is no secret on standard input.");
        }
        System.out.println(
                switch (known) {
                    case TICKET -> ticket(secret);
                    case WAMPCRA -> text(cra(secret));
                    case AUTOBAHN_SCRAM -> text(autobahn(secret));
                    default -> text(argon2 ? argon2(secret) : pbkdf2(secret));
                });
        return ExitCode.OK;
    }

    private String text(Credential.SaltedSecret salted) {
        return oneLine
                ? CredentialFormat.of(salted)
                : """
                secret: "%s"
                salt: "%s"
                iterations: %d
                keylen: %d""".formatted(salted.key(), salted.salt(), salted.iterations(), salted.keyBytes());
    }

    private String text(Credential.ScramSecret scram) {
        Kdf kdf = scram.kdf();
        return oneLine
                ? CredentialFormat.of(scram)
                : """
                kdf: %s
                salt: "%s"
                iterations: %d
                %sstored_key: "%s"
                server_key: "%s\"""".formatted(
                                kdf.name(),
                                scram.salt(),
                                kdf.iterations(),
                                kdf.memoryKib() == null ? "" : "memory: " + kdf.memoryKib() + "\n",
                                scram.storedKey(),
                                scram.serverKey());
    }

    private static @Nullable String read() throws IOException {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    }

    private String ticket(String secret) {
        byte[] salt = salt();
        int cost = cost(TICKET_ITERATIONS);
        String key = Base64Text.of(Pbkdf2.derive(secret, salt, cost, ScramExchange.KEY_BYTES));
        String line = CredentialFormat.of(new Credential.HashedSecret(key, Base64Text.of(salt), cost));
        return oneLine ? line : "ticket: \"" + line + "\"";
    }

    /** Makes a salt of printable characters, because CHALLENGE contains it as text. */
    private Credential.SaltedSecret cra(String secret) {
        String salt = HexFormat.of().formatHex(salt());
        int cost = cost(CRA_ITERATIONS);
        String key = Cra.derivedKey(secret, salt, cost, Cra.DEFAULT_KEY_BYTES);
        return new Credential.SaltedSecret(key, salt, cost, Cra.DEFAULT_KEY_BYTES);
    }

    private Credential.ScramSecret pbkdf2(String secret) {
        byte[] salt = salt();
        int cost = cost(PBKDF2_ITERATIONS);
        byte[] salted = ScramExchange.pbkdf2(SaslPrep.normalise(secret), salt, cost);
        return scram(new Kdf("pbkdf2", cost, null), salt, salted);
    }

    private Credential.ScramSecret argon2(String secret) {
        byte[] salt = salt();
        int cost = cost(ARGON2_ITERATIONS);
        return scram(new Kdf("argon2id13", cost, memoryKib), salt, argon2(SaslPrep.normalise(secret), salt, cost));
    }

    /** Hashes without SASLprep, as Autobahn does. */
    private Credential.ScramSecret autobahn(String secret) {
        byte[] salt = salt();
        int cost = cost(ARGON2_ITERATIONS);
        byte[] salted = ScramHeader.autobahnSalted(argon2(secret, salt, cost));
        return scram(new Kdf("argon2id-13", cost, memoryKib), salt, salted);
    }

    private byte[] argon2(String secret, byte[] salt, int cost) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withSalt(salt)
                .withParallelism(1)
                .withIterations(cost)
                .withMemoryAsKB(memoryKib)
                .build());
        byte[] derived = new byte[ScramExchange.KEY_BYTES];
        generator.generateBytes(secret.getBytes(StandardCharsets.UTF_8), derived);
        return derived;
    }

    private static Credential.ScramSecret scram(Kdf kdf, byte[] salt, byte[] salted) {
        return new Credential.ScramSecret(
                kdf,
                Base64Text.of(salt),
                Base64Text.of(ScramExchange.storedKey(salted)),
                Base64Text.of(ScramExchange.serverKey(salted)));
    }

    private int cost(int otherwise) {
        return iterations == null ? otherwise : iterations;
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return salt;
    }
}
