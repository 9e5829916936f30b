package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one certificate with its key. Passwords are not part of {@code toString}. */
public sealed interface KeyFiles permits KeyFiles.Pem, KeyFiles.Pkcs12 {

    /** The files. */
    List<Path> paths();

    /**
     * Two PEM files, which may be one and the same.
     *
     * @param certificate the certificate, then those that lead from it to the authority
     * @param key the private key of the first of them
     * @param password of the key where it is encrypted, else null
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
     * @param password of the file and of the key in it
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
