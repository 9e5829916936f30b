package io.junctor.router.server;

import io.junctor.router.tls.TlsConfig;
import io.junctor.router.tls.TlsFault;
import io.junctor.router.tls.TlsKeys;
import java.security.KeyStore;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.jspecify.annotations.Nullable;

/** Safe for use by many threads. The TLS of one listener: versions 1.2 and 1.3, and the certificates that new connections are shown. */
final class TlsContext {
    private final TlsConfig config;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();

    private TlsContext(TlsConfig config) {
        this.config = config;
    }

    /** Reads the certificates. */
    static TlsContext open(TlsConfig config) throws TlsFault {
        TlsContext context = new TlsContext(config);
        context.show(TlsKeys.read(config), context.factory);
        context.factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        context.factory.setRenegotiationAllowed(false);
        context.factory.setSNISelector((keyType, issuers, session, host, known) -> choose(keyType, host, known));
        switch (config.clientCertificates()) {
            case NONE -> {}
            case OPTIONAL -> context.factory.setWantClientAuth(true);
            case REQUIRED -> context.factory.setNeedClientAuth(true);
        }
        return context;
    }

    /** What makes TLS of what was accepted. */
    SslConnectionFactory factory() {
        SslConnectionFactory made = new SslConnectionFactory(factory, HttpVersion.HTTP_1_1.asString()) {
            @Override
            protected SslConnection newSslConnection(Connector door, EndPoint socket, SSLEngine engine) {
                return new TlsConnection(door, getSslContextFactory(), socket, engine);
            }
        };
        // It would refuse whom no certificate names, such as who connects by address; the client judges that.
        made.setEnsureSecureRequestCustomizer(false);
        return made;
    }

    private void show(TlsKeys keys, SslContextFactory target) {
        target.setKeyStore(keys.keyStore());
        target.setKeyStorePassword(TlsKeys.password());
        KeyStore trust = keys.trustStore();
        if (trust != null) {
            target.setTrustStore(trust);
        }
    }

    /** The certificate of the host name that the client asks for; else the first of the configuration, where its key is of the kind. */
    private static @Nullable String choose(String keyType, @Nullable String host, Collection<X509> ofKind) {
        if (host != null) {
            for (X509 one : ofKind) {
                if (one.matches(host)) {
                    return one.getAlias();
                }
            }
        }
        return ofKind.stream().map(X509::getAlias).sorted().findFirst().orElse(null);
    }
}
