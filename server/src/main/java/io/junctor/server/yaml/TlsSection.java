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
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The TLS settings of a listener. Its files are read here, so that errors in them have a position. */
final class TlsSection {
    private static final String EXPECTED = "a map such as { certificate: cert.pem, key: key.pem }";

    static final ValueType<Path> FILE = ScalarType.text("the path of a file, relative to this one", TextFile::path)
            .map((node, path) -> node.document().resolve(path));

    private static final ValueType<Path> REVOCATION_LIST =
            FILE.onRead((node, file) -> read(node, () -> RevocationLists.read(file)));

    /** Whether clients may send secrets without TLS. */
    static final KeyTable UNENCRYPTED = new KeyTable()
            .key("unencrypted", ScalarType.oneOf(List.of(false, true), allowed -> allowed ? "allow" : "refuse"), false);

    private static final KeyTable KEY_FILES = new KeyTable(EXPECTED)
            .optional("certificate", FILE)
            .optional("key", FILE)
            .optional("keystore", FILE)
            .optional("password", SecretType.TEXT)
            .refuse(
                    values -> values.has("keystore")
                            ? values.has("certificate", "key")
                            : !(values.has("certificate") && values.has("key")),
                    "TLS needs either 'certificate' and 'key', or 'keystore'")
            .refuse(
                    values -> values.has("keystore") && !values.has("certificate", "key", "password"),
                    "'keystore' needs a 'password'");

    private static final Section<CertificateRevocation> REVOCATION = new KeyTable(
                    "a map such as { crl: [revoked.crl] }")
            .list("crl", REVOCATION_LIST, "a list of files such as [revoked.crl]")
            .oneOf("ocsp", OcspPolicy.NONE)
            .build(values -> values.record(CertificateRevocation.class, "crls=crl"));

    static final Section<Tls> SECTION = new KeyTable(EXPECTED)
            .all(KEY_FILES)
            .list(
                    "more",
                    KEY_FILES.build(TlsSection::keyFiles),
                    "a list of certificates such as [{ certificate: cert.pem, key: key.pem }]")
            .oneOf("client_certificates", ClientCertificates.NONE)
            .optional("trust", FILE)
            .optional("revocation", REVOCATION)
            .all(UNENCRYPTED)
            .refuse(
                    values -> values.has("trust") && values.find("client_certificates") == ClientCertificates.NONE,
                    "'trust' needs client_certificates: optional or required")
            .refuse(
                    values -> !values.has("trust")
                            && values.areValid("client_certificates")
                            && values.find("client_certificates") != ClientCertificates.NONE,
                    "'client_certificates' needs 'trust', a PEM file of the authorities that issue them")
            .refuse(
                    values -> values.has("revocation") && !values.has("trust"),
                    "'revocation' needs 'client_certificates' and 'trust'")
            .build(TlsSection::build);

    /** The TLS of a listener, and whether it also accepts connections without TLS. */
    record Tls(TlsConfig config, boolean isUnencryptedAllowed) {}

    private TlsSection() {}

    private static Tls build(SectionValues values) {
        List<KeyFiles> keys = Stream.concat(Stream.of(keyFiles(values)), values.<List<KeyFiles>>get("more").stream())
                .toList();
        Path trust = values.find("trust");
        if (trust != null) {
            read(values.node("trust"), () -> TlsKeys.authorities(trust));
        }
        CertificateRevocation revocation = values.get("revocation", CertificateRevocation.NONE);
        TlsConfig config = new TlsConfig(keys, values.get("client_certificates"), trust, revocation);
        return new Tls(config, values.isTrue("unencrypted"));
    }

    private static KeyFiles keyFiles(SectionValues values) {
        boolean isKeystore = values.has("keystore");
        KeyFiles files = isKeystore
                ? new KeyFiles.Pkcs12(values.get("keystore"), values.get("password"))
                : values.record(KeyFiles.Pem.class);
        read(values.node(isKeystore ? "keystore" : "certificate"), () -> ServerKey.read(files));
        return files;
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
