package io.junctor.server.yaml;

import io.junctor.router.config.listener.CertificateRevocation;
import io.junctor.router.config.listener.ClientCertificates;
import io.junctor.router.config.listener.KeyFiles;
import io.junctor.router.config.listener.OcspPolicy;
import io.junctor.router.config.listener.TlsConfig;
import io.junctor.server.tls.RevocationLists;
import io.junctor.server.tls.ServerKey;
import io.junctor.server.tls.TlsKeys;
import io.junctor.server.yaml.ValueType.ListOf;
import java.nio.file.Path;
import java.util.List;

/** The section of a listener's TLS settings. It reads the files, so that errors in them are reported with a position. */
final class TlsSection {
    private static final String EXPECTED = "a map such as { certificate: cert.pem, key: key.pem }";

    static final ValueType<Path> FILE = ScalarType.text("the path of a file, relative to this one", TextFile::path)
            .map((node, path) -> node.diagnostics().resolve(path));

    /** The file of the certificates of authorities. */
    static final ValueType<Path> TRUST = FILE.onRead((node, file) -> node.make(() -> TlsKeys.authorities(file)));

    private static final ValueType<Path> REVOCATION_LIST =
            FILE.onRead((node, file) -> node.make(() -> RevocationLists.read(file)));

    /** Whether clients may send secrets without TLS. */
    static final SectionType<SectionValues> UNENCRYPTED = SectionType.of("")
            .key("unencrypted", ScalarType.oneOf(List.of(false, true), allowed -> allowed ? "allow" : "refuse"), false);

    private static final SectionType<SectionValues> KEY_FILES = SectionType.of(EXPECTED)
            .optional("certificate", FILE)
            .optional("key", FILE)
            .optional("keystore", FILE)
            .optional("password", SecretType.TEXT)
            .refuse(
                    values -> values.count("certificate", "key") != (values.has("keystore") ? 0 : 2),
                    "TLS needs either 'certificate' and 'key', or 'keystore'")
            .refuse(
                    values -> values.has("keystore") && !values.has("certificate", "key", "password"),
                    "'keystore' needs a 'password'");

    private static final SectionType<CertificateRevocation> REVOCATION = SectionType.of(
                    CertificateRevocation.class, "a map such as { crl: [revoked.crl] }")
            .key("crl", "crls", new ListOf<>(REVOCATION_LIST, 0), List.of())
            .key("ocsp", OcspPolicy.NONE);

    /** The section; its values are those of a {@link TlsConfig}, and whether the listener also accepts connections without TLS. */
    static final SectionType<SectionValues> SECTION = SectionType.of(EXPECTED)
            .all(KEY_FILES)
            .list("more", KEY_FILES.build(TlsSection::keyFiles))
            .key("client_certificates", ClientCertificates.NONE)
            .optional("trust", TRUST)
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
            .derive("keys", values -> values.with("own", keyFiles(values)).join("own", "more"))
            .derive("revocation", values -> values.get("revocation", CertificateRevocation.NONE));

    private TlsSection() {}

    private static KeyFiles keyFiles(SectionValues values) {
        boolean isKeystore = values.has("keystore");
        KeyFiles files = isKeystore
                ? new KeyFiles.Pkcs12(values.get("keystore"), values.get("password"))
                : values.record(KeyFiles.Pem.class);
        values.node(isKeystore ? "keystore" : "certificate").make(() -> ServerKey.read(files));
        return files;
    }
}
