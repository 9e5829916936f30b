package io.junctor.router.config.listener;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TLS settings of a listener.
 *
 * @param keys its certificates, at least one: the client gets the certificate of the host name that it requests, or otherwise the first
 *     certificate
 * @param clientCertificates whether clients must or may send certificates
 * @param trust a PEM file of the authorities whose client certificates are accepted; null only where no client certificate is requested
 * @param revocation the checks that detect revoked client certificates
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

    /** Creates settings that do not check whether client certificates were revoked. */
    public TlsConfig(List<KeyFiles> keys, ClientCertificates clientCertificates, @Nullable Path trust) {
        this(keys, clientCertificates, trust, CertificateRevocation.NONE);
    }

    /** Settings with one certificate, which request no client certificates. */
    public static TlsConfig of(KeyFiles key) {
        return new TlsConfig(List.of(key), ClientCertificates.NONE, null);
    }

    /** All files that these settings name. */
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
