package io.junctor.wamp.auth;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Computes the channel binding of a TLS connection, which makes a proof valid on that connection or for that server only (section "Channel
 * Binding"). Thread-safe.
 */
public final class ChannelBinding {
    /** The type that binds a proof to the TLS connection (RFC 9266). Requires TLS 1.3, and Java 25 or newer on both sides. */
    public static final String EXPORTER = "tls-exporter";

    /** The type that binds a proof to the server's certificate (RFC 5929, section 4). */
    public static final String SERVER_END_POINT = "tls-server-end-point";

    private static final String LABEL = "EXPORTER-Channel-Binding";
    private static final int EXPORTED_BYTES = 32;

    /**
     * The hash functions of the channel binding, by the hash function in the name of the signature algorithm. MD5 and SHA-1 are replaced by
     * SHA-256 (RFC 5929, section 4.1).
     */
    private static final Map<String, String> HASHES = Map.of(
            "MD5", "SHA-256",
            "SHA1", "SHA-256",
            "SHA256", "SHA-256",
            "SHA384", "SHA-384",
            "SHA512", "SHA-512");

    private static final @Nullable MethodHandle EXPORT = export();

    private ChannelBinding() {}

    /** Returns the binding of {@code type} on the client's side, or null if the connection has none. */
    public static byte @Nullable [] ofClient(String type, @Nullable SSLSession session) {
        return session == null ? null : binding(type, session, type.equals(SERVER_END_POINT) ? peer(session) : null);
    }

    /** Returns the binding of {@code type} on the server's side, or null if the connection has none. */
    public static byte @Nullable [] ofServer(String type, @Nullable SSLSession session) {
        return session == null ? null : binding(type, session, first(session.getLocalCertificates()));
    }

    private static byte @Nullable [] binding(String type, SSLSession session, @Nullable Certificate server) {
        return switch (type) {
            case EXPORTER -> exported(session);
            case SERVER_END_POINT -> server instanceof X509Certificate certificate ? hash(certificate) : null;
            default -> null;
        };
    }

    private static byte @Nullable [] exported(SSLSession session) {
        MethodHandle export = EXPORT;
        // With TLS 1.2 the exported key is unique only with an extended master secret. The JDK does not tell whether
        // the connection has one.
        if (export == null
                || !(session instanceof ExtendedSSLSession own)
                || !"TLSv1.3".equals(session.getProtocol())) {
            return null;
        }
        try {
            return (byte[]) export.invokeExact(own, LABEL, new byte[0], EXPORTED_BYTES);
        } catch (RuntimeException | GeneralSecurityException | java.io.IOException noSuchThing) {
            // Another TLS provider may not support the export.
            return null;
        } catch (Throwable fault) {
            throw new IllegalStateException("the JVM cannot export TLS keying material", fault);
        }
    }

    private static byte @Nullable [] hash(X509Certificate certificate) {
        String signature = certificate.getSigAlgName();
        int end = signature.indexOf("with");
        String hash = end < 0 ? null : HASHES.get(signature.substring(0, end).replace("-", ""));
        if (hash == null) {
            return null;
        }
        try {
            return MessageDigest.getInstance(hash).digest(certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw Digests.missing(e);
        }
    }

    private static @Nullable Certificate peer(SSLSession session) {
        try {
            return first(session.getPeerCertificates());
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static @Nullable Certificate first(Certificate @Nullable [] chain) {
        return chain == null || chain.length == 0 ? null : chain[0];
    }

    private static @Nullable MethodHandle export() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            ExtendedSSLSession.class,
                            "exportKeyingMaterialData",
                            MethodType.methodType(byte[].class, String.class, byte[].class, int.class));
        } catch (ReflectiveOperationException olderJvm) {
            return null;
        }
    }
}
