package io.junctor.cli;

import io.junctor.wamp.auth.Cryptosign;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Generates a key pair. */
@Command(
        name = "keygen",
        description = "Makes an Ed25519 key pair for the method cryptosign: the private key stays with the client,"
                + " the public one goes into 'keys' of a user.")
final class KeygenCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        byte[] privateKey = new byte[Cryptosign.KEY_BYTES];
        new SecureRandom().nextBytes(privateKey);
        System.out.println("private key: " + Cryptosign.hex(privateKey));
        System.out.println("public key:  " + Cryptosign.hex(Cryptosign.publicKey(privateKey)));
        return ExitCode.OK;
    }
}
