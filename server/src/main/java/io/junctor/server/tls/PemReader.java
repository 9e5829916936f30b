package io.junctor.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

/** Reads PEM files (RFC 7468 and the older forms of OpenSSL). */
final class PemReader {
    /** The provider for decryption only; it is not registered with the JVM. */
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private PemReader() {}

    /** Reads all certificates of a file, at least one. */
    static List<X509Certificate> certificates(Path file) throws TlsException {
        String text = text(file);
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(
                            new ByteArrayInputStream(onlyCertificates(text).getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (certificates.isEmpty()) {
                throw new TlsException(file + " has no certificate in PEM form (-----BEGIN CERTIFICATE-----)");
            }
            return certificates;
        } catch (CertificateException e) {
            throw new TlsException(file + " has a certificate that cannot be read");
        }
    }

    private static String onlyCertificates(String text) {
        StringBuilder found = new StringBuilder();
        String end = "-----END CERTIFICATE-----";
        int from = text.indexOf("-----BEGIN CERTIFICATE-----");
        while (from >= 0) {
            int to = text.indexOf(end, from);
            if (to < 0) {
                return found.append(text, from, text.length()).toString();
            }
            found.append(text, from, to + end.length()).append('\n');
            from = text.indexOf("-----BEGIN CERTIFICATE-----", to);
        }
        return found.toString();
    }

    /** Reads the first private key of a file. */
    static PrivateKey key(Path file, @Nullable String password) throws TlsException {
        String text = text(file);
        try (PEMParser parser = new PEMParser(new StringReader(text))) {
            for (Object part = parser.readObject(); part != null; part = parser.readObject()) {
                PrivateKeyInfo key = key(file, part, password);
                if (key != null) {
                    return new JcaPEMKeyConverter().getPrivateKey(key);
                }
            }
        } catch (PKCSException | OperatorCreationException e) {
            throw new TlsException("the key in " + file + " cannot be decrypted: the password is wrong");
        } catch (PEMException e) {
            throw new TlsException("the key in " + file + " cannot be read or decrypted");
        } catch (IOException | RuntimeException e) {
            throw new TlsException(file + " has a key that cannot be read");
        }
        throw new TlsException(file + " has no private key in PEM form (-----BEGIN PRIVATE KEY-----)");
    }

    private static @Nullable PrivateKeyInfo key(Path file, Object part, @Nullable String password)
            throws TlsException, IOException, PKCSException, OperatorCreationException {
        return switch (part) {
            case PrivateKeyInfo plain -> plain;
            case PEMKeyPair plain -> plain.getPrivateKeyInfo();
            case PKCS8EncryptedPrivateKeyInfo encrypted ->
                encrypted.decryptPrivateKeyInfo(new JceOpenSSLPKCS8DecryptorProviderBuilder()
                        .setProvider(PROVIDER)
                        .build(needed(file, password)));
            case PEMEncryptedKeyPair encrypted ->
                encrypted
                        .decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(PROVIDER)
                                .build(needed(file, password)))
                        .getPrivateKeyInfo();
            default -> null;
        };
    }

    private static char[] needed(Path file, @Nullable String password) throws TlsException {
        if (password == null) {
            throw new TlsException("the key in " + file + " is encrypted and needs a 'password'");
        }
        return password.toCharArray();
    }

    private static String text(Path file) throws TlsException {
        return new String(KeyStores.bytes(file), StandardCharsets.ISO_8859_1);
    }
}
