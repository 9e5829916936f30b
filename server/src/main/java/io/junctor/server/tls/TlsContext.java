package io.junctor.server.tls;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.junctor.router.audit.AuditLog;
import io.junctor.router.config.listener.TlsConfig;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS settings of one listener, for versions 1.2 and 1.3. Reloads certificates, keys and revocation lists when their files
 * change; existing connections keep the old ones. Thread-safe.
 */
public final class TlsContext {
    /**
     * The time between two checks of the files. A change must be the same in two checks, so that a file is not read while it is being
     * written.
     */
    public static final Duration WATCH_PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(TlsContext.class);

    private final TlsConfig config;
    private final RevokedCertificateLog events;
    private final KeyedSslContext shown;

    /** The state of the files when they were last read or refused. */
    @GuardedBy("this")
    private List<String> known;

    /** The state of the files at the last check. */
    @GuardedBy("this")
    private List<String> seen;

    private TlsContext(TlsConfig config, RevokedCertificateLog events, TlsKeys keys, List<String> known) {
        this.config = config;
        this.events = events;
        this.shown = showing(config, events, keys);
        this.known = known;
        this.seen = known;
    }

    /** Reads the certificates; {@code events} is notified of revoked client certificates. */
    public static TlsContext open(TlsConfig config, RevokedCertificateLog events) throws TlsException {
        List<String> known = state(config);
        return new TlsContext(config, events, TlsKeys.read(config), known);
    }

    private static KeyedSslContext showing(TlsConfig config, RevokedCertificateLog events, TlsKeys keys) {
        KeyedSslContext factory = new KeyedSslContext(config.revocation().ocsp(), events, keys);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        factory.setRenegotiationAllowed(false);
        factory.setSNISelector((keyType, issuers, session, host, ofKind) -> choose(host, ofKind));
        switch (config.clientCertificates()) {
            case NONE -> {}
            case OPTIONAL -> factory.setWantClientAuth(true);
            case REQUIRED -> factory.setNeedClientAuth(true);
        }
        return factory;
    }

    /** Returns the alias of the certificate for the host name that the client asks for, or of the first certificate. */
    private static @Nullable String choose(@Nullable String host, Collection<X509> ofKind) {
        return ofKind.stream()
                .filter(one -> host != null && one.matches(host))
                .map(X509::getAlias)
                .sorted()
                .findFirst()
                .or(() -> ofKind.stream().map(X509::getAlias).sorted().findFirst())
                .orElse(null);
    }

    /**
     * Returns the connection factory for accepted sockets.
     *
     * @param next the protocol inside TLS
     * @param offered the protocol names for ALPN (RFC 7301), the preferred one first. A client that supports none of
     *     them is served too, because RawSocket has no name in ALPN
     */
    public SslConnectionFactory factory(String next, List<String> offered) {
        SslConnectionFactory made = new SslConnectionFactory(shown, next) {
            @Override
            protected SslConnection newSslConnection(Connector door, EndPoint socket, SSLEngine engine) {
                engine.setHandshakeApplicationProtocolSelector((same, names) ->
                        offered.stream().filter(names::contains).findFirst().orElse(""));
                return new TlsConnection(door, getSslContextFactory(), socket, engine);
            }
        };
        // Jetty would refuse a host name for which no certificate exists, such as an IP address; the client checks the
        // name itself.
        made.setEnsureSecureRequestCustomizer(false);
        return made;
    }

    /** Uses the content of changed files for new connections if it is valid; blocks while it reads. */
    public synchronized void refresh() {
        events.sweep();
        List<String> now = state(config);
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(known)) {
            known = now;
            replace();
        }
    }

    private void replace() {
        try {
            TlsKeys keys = TlsKeys.read(config);
            SslContextFactory.Server trial = showing(config, events, keys);
            trial.start();
            trial.stop();
            shown.reload(factory -> shown.use(keys));
            keys.keys().forEach(TlsContext::tell);
        } catch (TlsException fault) {
            LOG.error("the new certificate is not used and the one before stays: {}", fault.getMessage());
            AuditLog.write("configuration", Collections.singletonMap("certificate_refused", fault.getMessage()));
        } catch (Exception fault) {
            LOG.error("the new certificate is not used and the one before stays", fault);
            AuditLog.write("configuration", Map.of("certificate_refused", "it does not work"));
        }
    }

    private static void tell(ServerKey key) {
        String subject = key.certificate().getSubjectX500Principal().getName();
        String until = key.certificate().getNotAfter().toInstant().toString();
        LOG.info("new connections are shown the new certificate of {}, valid until {}", subject, until);
        SequencedMap<String, String> line = new LinkedHashMap<>();
        line.put("certificate", subject);
        line.put("valid_until", until);
        AuditLog.write("configuration", line);
    }

    private static List<String> state(TlsConfig config) {
        return config.paths().stream().map(FileState::of).toList();
    }
}
