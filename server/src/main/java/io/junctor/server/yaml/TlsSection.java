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
import org.jspecify.annotations.Nullable;

/** The TLS settings of a listener. Its files are read here, so that errors in them have a position. */
final class TlsSection {
    private static final String EXPECTED = "a map such as { certificate: cert.pem, key: key.pem }";

    static final ScalarType<Path> FILE = ScalarType.text("the path of a file, relative to this one", TextFile::path);

    private static final KeyTable KEY_FILES = new KeyTable(EXPECTED)
            .optional("certificate", FILE)
            .optional("key", FILE)
            .optional("keystore", FILE)
            .optional("password", SecretType.TEXT)
            .check(TlsSection::checkKeyFiles);

    private static final Section<CertificateRevocation> REVOCATION = new KeyTable(
                    "a map such as { crl: [revoked.crl] }")
            .list("crl", FILE.onRead(TlsSection::checkList), "a list of files such as [revoked.crl]")
            .oneOf("ocsp", OcspPolicy.NONE)
            .build(TlsSection::revocation);

    static final Section<Tls> SECTION = new KeyTable(EXPECTED)
            .all(KEY_FILES)
            .list(
                    "more",
                    KEY_FILES.build(TlsSection::keyFiles),
                    "a list of certificates such as [{ certificate: cert.pem, key: key.pem }]")
            .oneOf("client_certificates", ClientCertificates.NONE)
            .optional("trust", FILE)
            .optional("revocation", REVOCATION)
            .oneOf("unencrypted", Unencrypted.REFUSE)
            .check(TlsSection::check)
            .build(TlsSection::build);

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
        boolean completePem = values.has("certificate") && values.has("key");
        if (values.has("keystore") ? values.has("certificate", "key") : !completePem) {
            values.error("TLS needs either 'certificate' and 'key', or 'keystore'");
        } else if (values.has("keystore") && !values.has("password")) {
            values.error("'keystore' needs a 'password'");
        }
    }

    private static void check(SectionValues values) {
        ClientCertificates clients = values.find("client_certificates");
        if (clients == ClientCertificates.NONE && values.has("trust")) {
            values.error("'trust' needs client_certificates: optional or required");
        } else if (clients != null && clients != ClientCertificates.NONE && !values.has("trust")) {
            values.error("'client_certificates' needs 'trust', a PEM file of the authorities that issue them");
        }
        if (values.has("revocation") && !values.has("trust")) {
            values.error("'revocation' needs 'client_certificates' and 'trust'");
        }
    }

    private static Tls build(SectionValues values) {
        List<KeyFiles> keys = new ArrayList<>(List.of(keyFiles(values)));
        keys.addAll(values.get("more"));
        Path trust = values.path("trust");
        if (trust != null) {
            read(values.node("trust"), () -> TlsKeys.authorities(trust));
        }
        CertificateRevocation revocation = values.get("revocation", CertificateRevocation.NONE);
        TlsConfig config = new TlsConfig(keys, values.get("client_certificates"), trust, revocation);
        return new Tls(config, values.get("unencrypted") == Unencrypted.ALLOW);
    }

    private static KeyFiles keyFiles(SectionValues values) {
        KeyFiles files = values.has("keystore")
                ? new KeyFiles.Pkcs12(values.document().resolve(values.get("keystore")), values.get("password"))
                : new KeyFiles.Pem(
                        values.document().resolve(values.get("certificate")),
                        values.document().resolve(values.get("key")),
                        values.find("password"));
        read(values.node(values.has("keystore") ? "keystore" : "certificate"), () -> ServerKey.read(files));
        return files;
    }

    private static CertificateRevocation revocation(SectionValues values) {
        List<Path> lists = values.<List<Path>>get("crl").stream()
                .map(values.document()::resolve)
                .toList();
        return new CertificateRevocation(lists, values.get("ocsp"));
    }

    private static void checkList(YamlNode node, Path file) {
        read(node, () -> RevocationLists.read(node.document().resolve(file)));
    }

    /** Returns what {@code reader} reads; reports at {@code node} if files are not valid, and returns null. */
    static <T> @Nullable T read(YamlNode node, FileReader<T> reader) {
        try {
            return reader.read();
        } catch (TlsFault fault) {
            node.error(String.valueOf(fault.getMessage()));
            return null;
        }
    }

    /** Reads files of certificates or keys. */
    interface FileReader<T> {
        T read() throws TlsFault;
    }
}
