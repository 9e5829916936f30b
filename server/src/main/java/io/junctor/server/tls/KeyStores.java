package io.junctor.server.tls;

import io.junctor.router.config.listener.KeyFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads PKCS#12 files and makes key stores in memory. */
final class KeyStores {
    private static final int MOST_BYTES = 1 << 20;

    private KeyStores() {}

    /** Reads the only key of a PKCS#12 file. */
    static ServerKey serverKey(KeyFiles.Pkcs12 files) throws TlsException {
        Path file = files.file();
        char[] password = files.password().toCharArray();
        KeyStore store = load(file, password);
        try {
            List<String> keys = Collections.list(store.aliases()).stream()
                    .filter(alias -> isKey(store, alias))
                    .toList();
            if (keys.size() != 1) {
                throw new TlsException(file + " must have one private key, not " + keys.size());
            }
            List<X509Certificate> chain = Optional.ofNullable(store.getCertificateChain(keys.getFirst())).stream()
                    .flatMap(Arrays::stream)
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty() || !(store.getKey(keys.getFirst(), password) instanceof PrivateKey key)) {
                throw new TlsException(file + " has no certificate for its key");
            }
            return new ServerKey(chain, key);
        } catch (UnrecoverableKeyException e) {
            throw new TlsException("the key in " + file + " cannot be opened with this password");
        } catch (GeneralSecurityException e) {
            throw new TlsException("the key in " + file + " cannot be read");
        }
    }

    private static KeyStore load(Path file, char[] password) throws TlsException {
        byte[] bytes = bytes(file);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes), password);
            return store;
        } catch (IOException e) {
            throw new TlsException(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? file + " cannot be opened: the password is wrong"
                            : file + " is not a PKCS#12 file, or is damaged");
        } catch (GeneralSecurityException e) {
            throw new TlsException(file + " cannot be read");
        }
    }

    private static boolean isKey(KeyStore store, String alias) {
        try {
            return store.isKeyEntry(alias);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Makes an empty key store in memory. */
    static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /** Reads a file of certificates or keys. */
    static byte[] bytes(Path file) throws TlsException {
        return bytes(file, MOST_BYTES);
    }

    /** Reads a file of at most {@code maxBytes}. */
    static byte[] bytes(Path file, int maxBytes) throws TlsException {
        try {
            String problem = RegularFile.problem(file, maxBytes);
            if (problem != null) {
                throw new TlsException(file + " " + problem);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new TlsException("there is no file " + file);
        } catch (AccessDeniedException e) {
            throw new TlsException(file + " may not be read: permission denied");
        } catch (IOException e) {
            throw new TlsException(file + " cannot be read");
        }
    }
}
