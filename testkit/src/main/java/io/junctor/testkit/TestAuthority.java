package io.junctor.testkit;

import io.junctor.server.tls.SelfSigned;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Immutable, but for its file. An authority for tests, which issues certificates with any names. */
public final class TestAuthority {
    /** Valid by the clock of tests, and by that of the platform. */
    private static final Instant FROM = Instant.EPOCH.minus(Duration.ofDays(2));

    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final Path file;

    /** An authority with a name such as {@code CN=Devices}. */
    public TestAuthority(String name) {
        this.name = named(name);
        SelfSigned own = new SelfSigned(
                sign(this.name, keys.getPublic(), Instant.now().plus(Duration.ofDays(2)), true), keys.getPrivate());
        try {
            this.file = Files.createTempFile("junctor-test", ".pem");
            Files.writeString(file, own.certificatePem());
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new AssertionError("cannot write a certificate", e);
        }
    }

    /** Its certificate as a PEM file. */
    public Path file() {
        return file;
    }

    /** A certificate of a client. */
    public TestCertificate issue(String subject, GeneralName... alternatives) {
        return issue(named(subject), alternatives);
    }

    /** A certificate of a client with a name that text cannot say. */
    public TestCertificate issue(X500Name subject, GeneralName... alternatives) {
        return issue(subject, Instant.now().plus(Duration.ofDays(2)), alternatives);
    }

    /** A certificate of a client that is valid until then. */
    public TestCertificate issue(X500Name subject, Instant until, GeneralName... alternatives) {
        KeyPair pair = newKeys();
        X509Certificate certificate = sign(subject, pair.getPublic(), until, false, alternatives);
        return TestCertificate.of(new SelfSigned(certificate, pair.getPrivate()));
    }

    /** The name that a text is by RFC 2253. */
    private static X500Name named(String text) {
        return X500Name.getInstance(new X500Principal(text).getEncoded());
    }

    private X509Certificate sign(
            X500Name subject, PublicKey key, Instant until, boolean authority, GeneralName... alternatives) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    name, new BigInteger(120, new SecureRandom()), Date.from(FROM), Date.from(until), subject, key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (alternatives.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError("no certificate", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("no keys", e);
        }
    }
}
