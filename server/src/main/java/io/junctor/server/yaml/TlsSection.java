package io.junctor.server.yaml;

import io.junctor.router.config.CertificateRevocation;
import io.junctor.router.config.ClientCertificates;
import io.junctor.router.config.KeyFiles;
import io.junctor.router.config.OcspPolicy;
import io.junctor.router.config.TlsConfig;
import io.junctor.server.tls.RevocationLists;
import io.junctor.server.tls.ServerKey;
import io.junctor.server.tls.TlsFault;
import io.junctor.server.tls.TlsKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The TLS settings of a listener. Its files are read here, so that errors in them have a position. */
final class TlsSection {
    private static final ScalarType<String> FILE = ScalarType.nonBlank("the path of a file, relative to this one");
    private static final Key<String> CERTIFICATE = Key.optional("certificate", FILE);
    private static final Key<String> KEY = Key.optional("key", FILE);
    private static final Key<String> KEYSTORE = Key.optional("keystore", FILE);
    private static final Key<String> PASSWORD = Key.optional("password", SecretType.TEXT);
    private static final String EXPECTED = "a map such as { certificate: cert.pem, key: key.pem }";
    private static final Key<List<KeyFiles>> MORE = Key.withDefault(
            "more",
            new ListType<>(
                    Section.of(EXPECTED, List.of(CERTIFICATE, KEY, KEYSTORE, PASSWORD), TlsSection::keyFiles)
                            .checkedBy(TlsSection::checkKeyFiles),
                    "a list of certificates such as [{ certificate: cert.pem, key: key.pem }]",
                    0),
            List.of());
    private static final Key<ClientCertificates> CLIENT_CERTIFICATES =
            Key.withDefault("client_certificates", EnumType.of(ClientCertificates.class), ClientCertificates.NONE);
    private static final Key<String> TRUST = Key.optional("trust", FILE);
    private static final Key<List<String>> CRL = Key.withDefault(
            "crl",
            new ListType<>(FILE.onRead(TlsSection::checkLists), "a list of files such as [revoked.crl]", 0),
            List.of());
    private static final Key<OcspPolicy> OCSP = Key.withDefault("ocsp", EnumType.of(OcspPolicy.class), OcspPolicy.NONE);
    private static final Key<CertificateRevocation> REVOCATION = Key.optional(
            "revocation",
            Section.of("a map such as { crl: [revoked.crl] }", List.of(CRL, OCSP), TlsSection::revocation));

    static final Section<TlsConfig> SECTION = Section.of(
                    EXPECTED,
                    List.of(CERTIFICATE, KEY, KEYSTORE, PASSWORD, MORE, CLIENT_CERTIFICATES, TRUST, REVOCATION),
                    TlsSection::build)
            .checkedBy(TlsSection::check);

    private TlsSection() {}

    private static void checkKeyFiles(SectionValues values) {
        boolean pem = values.has(CERTIFICATE) || values.has(KEY);
        boolean completePem = values.has(CERTIFICATE) && values.has(KEY);
        if (values.has(KEYSTORE) ? pem : !completePem) {
            values.node().error("TLS needs either 'certificate' and 'key', or 'keystore'");
        } else if (values.has(KEYSTORE) && !values.has(PASSWORD)) {
            values.node().error("'keystore' needs a 'password'");
        }
    }

    private static void check(SectionValues values) {
        checkKeyFiles(values);
        ClientCertificates clients = values.find(CLIENT_CERTIFICATES);
        if (clients == ClientCertificates.NONE && values.has(TRUST)) {
            values.node().error("'trust' is about client certificates: say client_certificates: optional or required");
        } else if (clients != null && clients != ClientCertificates.NONE && !values.has(TRUST)) {
            values.node().error("'client_certificates' needs 'trust', a PEM file of the authorities that issue them");
        }
        if (values.has(REVOCATION) && !values.has(TRUST)) {
            values.node()
                    .error("'revocation' is about client certificates and needs 'client_certificates' and 'trust'");
        }
    }

    private static @Nullable KeyFiles keyFiles(SectionValues values) {
        Path certificate = path(values, CERTIFICATE);
        Path key = path(values, KEY);
        String password = values.find(PASSWORD);
        KeyFiles files = certificate == null || key == null
                ? new KeyFiles.Pkcs12(values.node().document().resolve(values.get(KEYSTORE)), values.get(PASSWORD))
                : new KeyFiles.Pem(certificate, key, password);
        return isReadable(values.node(certificate == null ? KEYSTORE : CERTIFICATE), () -> ServerKey.read(files))
                ? files
                : null;
    }

    private static @Nullable TlsConfig build(SectionValues values) {
        KeyFiles first = keyFiles(values);
        Path trust = path(values, TRUST);
        if (first == null || (trust != null && !isReadable(values.node(TRUST), () -> TlsKeys.authorities(trust)))) {
            return null;
        }
        List<KeyFiles> keys = new ArrayList<>(List.of(first));
        keys.addAll(values.get(MORE));
        CertificateRevocation revocation =
                Objects.requireNonNullElse(values.find(REVOCATION), CertificateRevocation.NONE);
        return new TlsConfig(keys, values.get(CLIENT_CERTIFICATES), trust, revocation);
    }

    private static CertificateRevocation revocation(SectionValues values) {
        List<Path> lists =
                values.get(CRL).stream().map(values.node().document()::resolve).toList();
        return new CertificateRevocation(lists, values.get(OCSP));
    }

    private static void checkLists(YamlNode node, String file) {
        boolean ignored =
                isReadable(node, () -> RevocationLists.read(node.document().resolve(file)));
    }

    private static @Nullable Path path(SectionValues values, Key<String> key) {
        String path = values.find(key);
        return path == null ? null : values.node().document().resolve(path);
    }

    private static boolean isReadable(YamlNode node, FileReader reader) {
        try {
            reader.read();
            return true;
        } catch (TlsFault fault) {
            node.error(String.valueOf(fault.getMessage()));
            return false;
        }
    }

    private interface FileReader {
        Object read() throws TlsFault;
    }
}
