package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one certificate with its key. {@code toString} shows no passwords. */
public sealed interface KeyFiles permits KeyFiles.Pem, KeyFiles.Pkcs12 {

    /** The files. */
    List<Path> paths();

    /**
     * A PEM file with the certificates and a PEM file with the key; both may be the same file.
     *
     * @param certificate the file of the certificate chain: the certificate, then the certificates that lead to the authority
     * @param key the file of the private key of the first certificate
     * @param password the password of the key, or null if the key is not encrypted
     */
    record Pem(Path certificate, Path key, @Nullable String password) implements KeyFiles {
        @Override
        public List<Path> paths() {
            return List.of(certificate, key);
        }

        @Override
        public String toString() {
            return certificate + " with " + key;
        }
    }

    /**
     * A PKCS#12 file with one certificate chain and its key.
     *
     * @param file the file
     * @param password the password of the file and of the key in it
     */
    record Pkcs12(Path file, String password) implements KeyFiles {
        @Override
        public List<Path> paths() {
            return List.of(file);
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
