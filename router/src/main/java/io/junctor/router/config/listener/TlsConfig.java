package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of a listener.
 *
 * @param keys its certificates, at least one: the client gets the one of the host name it asks for, or the first
 * @param clientCertificates whether clients show certificates
 * @param trust a PEM file of the authorities whose client certificates are accepted; null only where no client certificate is requested
 * @param revocation how revoked client certificates are found
 */
public record TlsConfig(
        List<KeyFiles> keys,
        ClientCertificates clientCertificates,
        @Nullable Path trust,
        CertificateRevocation revocation) {
    /** Copies the list. */
    public TlsConfig {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate");
        }
        if (clientCertificates != ClientCertificates.NONE && trust == null) {
            throw new IllegalArgumentException("client certificates need authorities to trust");
        }
    }

    /** Does not look for revoked certificates. */
    public TlsConfig(List<KeyFiles> keys, ClientCertificates clientCertificates, @Nullable Path trust) {
        this(keys, clientCertificates, trust, CertificateRevocation.NONE);
    }

    /** One certificate, and none asked of clients. */
    public static TlsConfig of(KeyFiles key) {
        return new TlsConfig(List.of(key), ClientCertificates.NONE, null);
    }

    /** All its files. */
    public List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        keys.forEach(key -> paths.addAll(key.paths()));
        if (trust != null) {
            paths.add(trust);
        }
        paths.addAll(revocation.crls());
        return List.copyOf(paths);
    }
}
