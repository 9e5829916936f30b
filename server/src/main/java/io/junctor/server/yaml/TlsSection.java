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
    private static final String EXPECTED = "a map such as { certificate: cert.pem, key: key.pem }";
    private static final ScalarType<Path> FILE =
            ScalarType.text("the path of a file, relative to this one", TextFile::path);
    private static final Key<Path> CERTIFICATE = Key.optional("certificate", FILE);
    private static final Key<Path> KEY = Key.optional("key", FILE);
    private static final Key<Path> KEYSTORE = Key.optional("keystore", FILE);
    private static final Key<String> PASSWORD = Key.optional("password", SecretType.TEXT);
    private static final Key<List<KeyFiles>> MORE = Key.list(
            "more",
            Section.of(EXPECTED, List.of(CERTIFICATE, KEY, KEYSTORE, PASSWORD), TlsSection::keyFiles)
                    .checkedBy(TlsSection::checkKeyFiles),
            "a list of certificates such as [{ certificate: cert.pem, key: key.pem }]");
    private static final Key<ClientCertificates> CLIENT_CERTIFICATES =
            Key.oneOf("client_certificates", ClientCertificates.NONE);
    private static final Key<Path> TRUST = Key.optional("trust", FILE);
    private static final Key<List<Path>> CRL =
            Key.list("crl", FILE.onRead(TlsSection::checkList), "a list of files such as [revoked.crl]");
    private static final Key<OcspPolicy> OCSP = Key.oneOf("ocsp", OcspPolicy.NONE);
    private static final Key<CertificateRevocation> REVOCATION = Key.optional(
            "revocation",
            Section.of("a map such as { crl: [revoked.crl] }", List.of(CRL, OCSP), TlsSection::revocation));

    private static final Key<Unencrypted> UNENCRYPTED = Key.oneOf("unencrypted", Unencrypted.REFUSE);

    static final Section<Tls> SECTION = Section.of(
                    EXPECTED,
                    List.of(
                            CERTIFICATE,
                            KEY,
                            KEYSTORE,
                            PASSWORD,
                            MORE,
                            CLIENT_CERTIFICATES,
                            TRUST,
                            REVOCATION,
                            UNENCRYPTED),
                    TlsSection::build)
            .checkedBy(TlsSection::check);

    /** Whether connections without TLS are accepted. */
    private enum Unencrypted {
        REFUSE,
        ALLOW
    }

    /**
     * The TLS of a listener.
     *
     * @param config certificates and keys
     * @param isUnencryptedAllowed whether the listener also accepts connections without TLS
     */
    record Tls(TlsConfig config, boolean isUnencryptedAllowed) {}

    private TlsSection() {}

    private static void checkKeyFiles(SectionValues values) {
        boolean pem = values.has(CERTIFICATE) || values.has(KEY);
        boolean completePem = values.has(CERTIFICATE) && values.has(KEY);
        if (values.has(KEYSTORE) ? pem : !completePem) {
            values.error("TLS needs either 'certificate' and 'key', or 'keystore'");
        } else if (values.has(KEYSTORE) && !values.has(PASSWORD)) {
            values.error("'keystore' needs a 'password'");
        }
    }

    private static void check(SectionValues values) {
        checkKeyFiles(values);
        ClientCertificates clients = values.find(CLIENT_CERTIFICATES);
        if (clients == ClientCertificates.NONE && values.has(TRUST)) {
            values.error("'trust' needs client_certificates: optional or required");
        } else if (clients != null && clients != ClientCertificates.NONE && !values.has(TRUST)) {
            values.error("'client_certificates' needs 'trust', a PEM file of the authorities that issue them");
        }
        if (values.has(REVOCATION) && !values.has(TRUST)) {
            values.error("'revocation' needs 'client_certificates' and 'trust'");
        }
    }

    private static Tls build(SectionValues values) {
        List<KeyFiles> keys = new ArrayList<>(List.of(keyFiles(values)));
        keys.addAll(values.get(MORE));
        Path trust = path(values, TRUST);
        if (trust != null) {
            read(values.node(TRUST), () -> TlsKeys.authorities(trust));
        }
        CertificateRevocation revocation =
                Objects.requireNonNullElse(values.find(REVOCATION), CertificateRevocation.NONE);
        TlsConfig config = new TlsConfig(keys, values.get(CLIENT_CERTIFICATES), trust, revocation);
        return new Tls(config, values.get(UNENCRYPTED) == Unencrypted.ALLOW);
    }

    private static KeyFiles keyFiles(SectionValues values) {
        Path certificate = path(values, CERTIFICATE);
        Path key = path(values, KEY);
        String password = values.find(PASSWORD);
        KeyFiles files = certificate == null || key == null
                ? new KeyFiles.Pkcs12(values.document().resolve(values.get(KEYSTORE)), values.get(PASSWORD))
                : new KeyFiles.Pem(certificate, key, password);
        read(values.node(certificate == null ? KEYSTORE : CERTIFICATE), () -> ServerKey.read(files));
        return files;
    }

    private static CertificateRevocation revocation(SectionValues values) {
        List<Path> lists =
                values.get(CRL).stream().map(values.document()::resolve).toList();
        return new CertificateRevocation(lists, values.get(OCSP));
    }

    private static void checkList(YamlNode node, Path file) {
        read(node, () -> RevocationLists.read(node.document().resolve(file)));
    }

    private static @Nullable Path path(SectionValues values, Key<Path> key) {
        Path path = values.find(key);
        return path == null ? null : values.document().resolve(path);
    }

    /** Reads files and reports at {@code node} if they are not valid. */
    private static void read(YamlNode node, FileReader reader) {
        try {
            Object ignored = reader.read();
        } catch (TlsFault fault) {
            node.error(String.valueOf(fault.getMessage()));
        }
    }

    private interface FileReader {
        Object read() throws TlsFault;
    }
}
