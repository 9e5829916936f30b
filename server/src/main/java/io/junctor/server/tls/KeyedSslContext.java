package io.junctor.server.tls;

import io.junctor.router.config.listener.OcspPolicy;
import java.security.KeyStore;
import java.security.cert.CRL;
import java.util.Arrays;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Jetty's SSL context of one listener, with keys and authorities that can be replaced, and with a check for revoked
 * certificates. Thread-safe.
 */
final class KeyedSslContext extends SslContextFactory.Server {
    /** The lifetime of TLS sessions if OCSP is used: short, because the certificate of a resumed session is not checked again. */
    private static final int OCSP_SESSION_SECONDS = 300;

    private final OcspPolicy ocsp;
    private final RevokedCertificateLog events;
    private volatile TlsKeys keys;

    KeyedSslContext(OcspPolicy ocsp, RevokedCertificateLog events, TlsKeys keys) {
        this.ocsp = ocsp;
        this.events = events;
        this.keys = keys;
        if (ocsp != OcspPolicy.NONE) {
            setSslSessionTimeout(OCSP_SESSION_SECONDS);
        }
        use(keys);
    }

    /** Sets the keys and authorities that are used from the next start or reload on. */
    void use(TlsKeys others) {
        keys = others;
        setKeyStore(others.keyStore());
        setKeyStorePassword(TlsKeys.password());
        KeyStore trust = others.trustStore();
        if (trust != null) {
            setTrustStore(trust);
        }
    }

    @Override
    protected TrustManager @Nullable [] getTrustManagers(
            @Nullable KeyStore trustStore, @Nullable Collection<? extends CRL> lists) throws Exception {
        TrustManager[] managers = super.getTrustManagers(trustStore, lists);
        if (managers == null || (keys.crls().isEmpty() && ocsp == OcspPolicy.NONE)) {
            return managers;
        }
        RevocationCheck check = new RevocationCheck(keys.authorities(), keys.crls(), ocsp, events);
        return Arrays.stream(managers)
                .map(manager ->
                        manager instanceof X509ExtendedTrustManager trust ? new RevocationTrust(trust, check) : manager)
                .toArray(TrustManager[]::new);
    }
}
