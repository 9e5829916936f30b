package io.junctor.testkit.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate authority for tests, which issues certificates with any names. Thread-safe. */
public final class TestAuthority {
    /** The begin of validity: early enough for the clock of tests, which starts at the epoch, and for the clock of the JDK. */
    private static final Instant FROM = Instant.EPOCH.minus(Duration.ofDays(2));

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final X500Name name;
    private final KeyPair keys = newKeys();
    private final Path file;

    /** The contents of a certificate. */
    private record Contents(
            X500Name subject,
            PublicKey key,
            Instant from,
            Instant until,
            boolean authority,
            @Nullable URI ocsp) {
        Contents(X500Name subject, PublicKey key, Instant from, Instant until, boolean authority) {
            this(subject, key, from, until, authority, null);
        }
    }

    /** Creates an authority with a name such as {@code CN=Devices}. */
    public TestAuthority(String name) {
        this.name = parse(name);
        Contents own = new Contents(this.name, keys.getPublic(), FROM, inTwoDays(), true);
        try {
            this.file = Files.createTempFile("junctor-test", ".pem");
            Files.writeString(file, TestCertificate.pem(sign(this.name, keys, own)));
            file.toFile().deleteOnExit();
        } catch (IOException e) {
            throw new AssertionError("cannot write a certificate", e);
        }
    }

    /** Returns a self-signed certificate for these host names and addresses. */
    static TestCertificate selfSigned(List<String> hosts, Instant from, Instant until) {
        KeyPair pair = newKeys();
        X500Name subject = parse("CN=" + hosts.getFirst());
        GeneralName[] alternatives =
                hosts.stream().map(TestAuthority::alternative).toArray(GeneralName[]::new);
        Contents contents = new Contents(subject, pair.getPublic(), from, until, false);
        return TestCertificate.of(sign(subject, pair, contents, alternatives), pair.getPrivate());
    }

    private static GeneralName alternative(String host) {
        return new GeneralName(ADDRESS.matcher(host).matches() ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    /** Returns the PEM file of the authority's certificate. */
    public Path file() {
        return file;
    }

    /** Issues a certificate for a client. */
    public TestCertificate issue(String subject, GeneralName... alternatives) {
        return issue(parse(subject), alternatives);
    }

    /** Issues a certificate for a client with a name that has no text form. */
    public TestCertificate issue(X500Name subject, GeneralName... alternatives) {
        return issue(subject, inTwoDays(), alternatives);
    }

    /** Issues a certificate for a client that is valid until {@code until}. */
    public TestCertificate issue(X500Name subject, Instant until, GeneralName... alternatives) {
        KeyPair pair = newKeys();
        Contents contents = new Contents(subject, pair.getPublic(), FROM, until, false);
        return TestCertificate.of(sign(name, keys, contents, alternatives), pair.getPrivate());
    }

    /** Issues a certificate for a client whose status the responder at {@code ocsp} knows (RFC 6960). */
    public TestCertificate issue(String subject, URI ocsp) {
        KeyPair pair = newKeys();
        Contents contents = new Contents(parse(subject), pair.getPublic(), FROM, inTwoDays(), false, ocsp);
        return TestCertificate.of(sign(name, keys, contents), pair.getPrivate());
    }

    /** Returns the name of the authority. */
    X500Name name() {
        return name;
    }

    /** Returns a signer that uses the key of the authority. */
    ContentSigner signer() throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
    }

    private static Instant inTwoDays() {
        return Instant.now().plus(Duration.ofDays(2));
    }

    /** Writes a revocation list with these certificates, valid until {@code until}, to {@code target}, in PEM form. */
    public void revoke(Path target, Instant until, TestCertificate... revoked) {
        X509v2CRLBuilder builder = new X509v2CRLBuilder(name, Date.from(FROM));
        builder.setNextUpdate(Date.from(until));
        for (TestCertificate one : revoked) {
            builder.addCRLEntry(one.certificate().getSerialNumber(), Date.from(FROM), CRLReason.keyCompromise);
        }
        try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(target))) {
            writer.writeObject(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        } catch (OperatorCreationException | IOException e) {
            throw new AssertionError("no revocation list", e);
        }
    }

    /** Parses the text form of a name (RFC 2253). */
    private static X500Name parse(String text) {
        return X500Name.getInstance(new X500Principal(text).getEncoded());
    }

    private static X509Certificate sign(
            X500Name issuer, KeyPair signer, Contents contents, GeneralName... alternatives) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    new BigInteger(120, new SecureRandom()),
                    Date.from(contents.from()),
                    Date.from(contents.until()),
                    contents.subject(),
                    contents.key());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(contents.authority()));
            if (contents.ocsp() != null) {
                GeneralName responder = new GeneralName(
                        GeneralName.uniformResourceIdentifier, contents.ocsp().toString());
                builder.addExtension(
                        Extension.authorityInfoAccess,
                        false,
                        new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, responder));
            }
            if (alternatives.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError("cannot make a certificate", e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("cannot make a key", e);
        }
    }
}
